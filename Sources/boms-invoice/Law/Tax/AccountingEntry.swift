import Shared

/// One line of the voucher in which an invoice was posted (会计分录).
struct AccountingEntry: Equatable, Sendable {
  enum Side: String, Sendable, CaseIterable {
    case debit, credit

    var zh: String { self == .debit ? "借方" : "贷方" }
  }

  var side: Side
  /// 总账科目.
  var account: String
  /// 明细科目.
  var detail: String?
  /// Below zero in red ink.
  var amount: Money

  /// Parses `debit:管理费用:500.00`, `贷:应付账款:杭州示例:500`: side, account, detail, amount.
  /// - Parameter money: how an amount is read.
  static func parse(
    _ text: String, money: (String) throws -> Money
  ) throws -> AccountingEntry {
    let parts = text.replacingWide.split(separator: ":", omittingEmptySubsequences: false)
      .map { AccountingEntry.trimmed($0) }
    guard (3...4).contains(parts.count), let side = Side(written: parts[0]), !parts[1].isEmpty,
      parts.count == 3 || !parts[2].isEmpty
    else {
      throw ValueError(
        "post.entry",
        Phrase("'\(text)' is no entry of a voucher", "“\(text)”不是会计分录"),
        hint: Phrase(
          "write side:account:amount or side:account:detail:amount, such as "
            + "'debit:管理费用:500.00' or 'credit:应付账款:供应商:500.00'",
          "请写作 方向:总账科目:金额 或 方向:总账科目:明细科目:金额，如“借:管理费用:500.00”"))
    }
    return AccountingEntry(
      side: side, account: parts[1], detail: parts.count == 4 ? parts[2] : nil,
      amount: try money(parts[parts.count - 1]))
  }

  /// - Throws: unless debits and credits are both what is posted.
  static func check(
    _ entries: [AccountingEntry], balanceWith gross: Money
  ) throws(ValueError) {
    var sums: [Side: Money] = [.debit: .zero, .credit: .zero]
    for entry in entries { sums[entry.side] = try (sums[entry.side] ?? .zero) + entry.amount }
    let (debit, credit) = (sums[.debit] ?? .zero, sums[.credit] ?? .zero)
    guard debit == credit, debit == gross else {
      throw ValueError(
        "post.balance",
        Phrase(
          "the entries do not balance with the invoice: debit \(debit.grouped), credit "
            + "\(credit.grouped), posted \(gross.grouped)",
          "分录与发票不平：借方 \(debit.grouped)，贷方 \(credit.grouped)，入账 \(gross.grouped)"),
        hint: Phrase(
          "debits and credits must each sum to what is posted", "借方合计、贷方合计都应等于入账金额"))
    }
  }

  private static func trimmed(_ text: Substring) -> String {
    String(text.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
  }
}

extension AccountingEntry.Side {
  fileprivate init?(written text: String) {
    switch text.lowercased() {
    case "debit", "借", "借方": self = .debit
    case "credit", "贷", "贷方": self = .credit
    default: return nil
    }
  }
}

extension String {
  /// With the colon of a Chinese keyboard as the ASCII one.
  fileprivate var replacingWide: String {
    String(map { $0 == "：" ? ":" : $0 })
  }
}
