import Shared

/// Gives deposits back: first what demands were lowered by, then what is held, oldest first.
struct DepositRefund {
  let store: DepositStore
  /// How much; nil: all of it.
  let asked: Money?
  /// Whether it goes back before the contract has ended.
  let isEarly: Bool
  var method: String?
  var reference: String?
  let reason: String

  /// What of one deposit, or of one credit note, went back.
  struct Row {
    var refundNo: String
    var companyNo: String
    var tenantNo: String
    var contractNo: String
    var item: String?
    var kind: String
    var documentNo: String
    var amount: Money
    var refundedOn: CivilDate
    var bookedOn: CivilDate
    var reason: String

    func write(to writer: RecordWriter) throws {
      for text in [refundNo, companyNo, tenantNo, contractNo, item ?? "", kind, documentNo] {
        writer.text(text)
      }
      writer.integer(amount.fen)
      writer.date(refundedOn)
      writer.date(bookedOn)
      writer.text(reason)
      try writer.endRow()
    }
  }

  static let fields: [Field] = [
    .code("refund_no", "退款单号"), .code("company_no", "收款主体"), .code("tenant_no", "租户编号"),
    .code("contract_no", "合同编号"), .code("item", "项目代码"),
    .choice(
      "kind", "类别",
      [Choice("deposit", "押金"), Choice("opening", "期初押金"), Choice("credit_note", "冲减单")]),
    .code("document_no", "原单号"), .money("amount", "退款金额"), .date("refunded_on", "退款日期"),
    .date("booked_on", "记账日"), .text("reason", "原因"),
  ]

  struct Outcome {
    var rows: [Row] = []
    var amount = Money.zero
    /// What the contract holds afterwards, with what is still owed back.
    var held = Money.zero
    var warnings: [Phrase] = []
  }

  func apply() throws -> Outcome {
    let owed = try store.owedBack()
    let funds = try owed + store.held()
    let whole = try sum(funds)
    if funds.isEmpty { throw DepositRefusal.nothingHeld(store) }
    if let asked, asked > whole { throw DepositRefusal.exceeds(asked, whole, DepositRefusal.held) }
    let warnings = try requireSettled(funds)
    try requireSetOff(owed)
    let amount = try requireEnded(whole: whole, owed: try sum(owed))

    var taken = try DepositUse(owed.map(\.law)).taken(amount)
    let rest = try taken.reduce(amount) { try $0 - $1.amount }
    taken += try DepositUse(funds.dropFirst(owed.count).map(\.law)).taken(rest)
    var outcome = Outcome(amount: amount, warnings: warnings)
    let refunds = try RefundLedgerStore(store.db)
    for companyNo in Set(funds.map(\.companyNo)).sorted() {
      let parts = taken.compactMap { part in
        funds.first { $0.law.source == part.fund.source && $0.companyNo == companyNo }
          .map { (fund: $0, amount: part.amount) }
      }
      if parts.isEmpty { continue }
      outcome.rows += try append(parts, companyNo, refunds)
    }
    outcome.held = try whole - amount
    return outcome
  }

  private func append(
    _ parts: [(fund: DepositStore.Fund, amount: Money)], _ companyNo: String,
    _ refunds: RefundLedgerStore
  ) throws -> [Row] {
    let header = RefundLedgerStore.Header(
      companyNo: companyNo, propertyNo: store.propertyNo, tenantNo: store.tenantNo,
      refundedOn: store.day,
      moneyBookedOn: parts.map(\.fund.bookedOn).max() ?? store.day, method: method,
      reference: reference, reason: reason)
    let refund = try refunds.append(
      header, parts.map { .init(source: $0.fund.law.source, amount: $0.amount) })
    return parts.map { fund, amount in
      let kind =
        switch fund.law.source {
        case .creditNote: "credit_note"
        case .prepaid: "opening"
        default: "deposit"
        }
      return Row(
        refundNo: refund.refundNo, companyNo: companyNo, tenantNo: store.tenantNo,
        contractNo: store.contractNo, item: fund.item, kind: kind, documentNo: fund.documentNo,
        amount: amount, refundedOn: store.day, bookedOn: refund.bookedOn, reason: reason)
    }
  }

  // MARK: What is refused

  /// No deposit goes back while the company that holds it has open bills with the tenant.
  /// - Returns: a warning of what other companies have.
  private func requireSettled(_ funds: [DepositStore.Fund]) throws -> [Phrase] {
    let companies = Set(funds.map(\.companyNo))
    let debts = try store.debts()
    let own = debts.filter { companies.contains($0.law.companyNo) }
    if !own.isEmpty {
      let (list, amount) = try summed(own)
      throw ValueError(
        "deposit.bills-open",
        Phrase(
          "tenant '\(store.tenantNo)' owes \(amount.grouped) on \(list)",
          "租户“\(store.tenantNo)”尚欠 \(amount.grouped)：\(list)"),
        hint: Phrase(
          "'boms-collect deposit deduct \(store.contractNo) --bill …' lets the deposit pay them",
          "可用 'boms-collect deposit deduct \(store.contractNo) --bill …' 以押金抵扣"))
    }
    let others = debts.filter { !companies.contains($0.law.companyNo) }
    if others.isEmpty { return [] }
    let (list, amount) = try summed(others)
    return [
      Phrase(
        "tenant '\(store.tenantNo)' owes other companies \(amount.grouped) on \(list)",
        "租户“\(store.tenantNo)”尚欠其他收款主体 \(amount.grouped)：\(list)")
    ]
  }

  /// Up to ten bills, and the sum of all.
  private func summed(_ debts: [DepositStore.Open]) throws -> (list: String, amount: Money) {
    var bills: [String] = []
    for debt in debts where !bills.contains(debt.law.billNo) { bills.append(debt.law.billNo) }
    let list = bills.prefix(10).joined(separator: ", ") + (bills.count > 10 ? " …" : "")
    return (list, try debts.reduce(Money.zero) { try $0 + $1.law.open })
  }

  /// What a demand was lowered by first pays what is asked for as deposits: the night does that.
  private func requireSetOff(_ owed: [DepositStore.Fund]) throws {
    for fund in owed where try store.isAnyDemandOpen(fund.companyNo) {
      throw ValueError(
        "deposit.not-set-off",
        Phrase(
          "credit note '\(fund.documentNo)' is not set off against what is asked for yet",
          "冲减单“\(fund.documentNo)”尚未与待收押金冲抵"),
        hint: Phrase(
          "run 'boms-collect run --as-of \(store.day)' first",
          "请先运行 'boms-collect run --as-of \(store.day)'"))
    }
  }

  /// - Returns: how much goes back.
  private func requireEnded(whole: Money, owed: Money) throws -> Money {
    let amount = asked ?? whole
    if isEarly || amount <= owed { return amount }
    let next = try store.lastDay < store.day ? store.successor() : nil
    if store.lastDay < store.day, next == nil { return amount }
    if asked == nil, owed > .zero { return owed }
    throw ValueError(
      "deposit.not-ended",
      next.map {
        Phrase(
          "contract '\(store.contractNo)' goes on as '\($0)', and so does its deposit",
          "合同“\(store.contractNo)”已续签为“\($0)”，押金沿用")
      }
        ?? Phrase(
          "contract '\(store.contractNo)' lasts to \(store.lastDay)",
          "合同“\(store.contractNo)”至 \(store.lastDay) 尚未到期"),
      hint: Phrase("if it is to go back all the same, say --early", "如确需提前退还，请加 --early"))
  }

  private func sum(_ funds: [DepositStore.Fund]) throws -> Money {
    try funds.reduce(Money.zero) { try $0 + $1.law.left }
  }
}
