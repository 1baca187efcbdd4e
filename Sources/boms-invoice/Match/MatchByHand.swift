import Shared

/// What somebody says an invoice is for, or is not for.
struct MatchByHand {
  var number: String
  var asOf: CivilDate

  // MARK: Match

  /// - Throws: `Failure` 66 for a number that is not known, `ValueError` if it cannot be for that.
  func match(to target: MatchTarget, reason: String?, _ db: BooksConnection) throws -> MatchRun.Row
  {
    let store = try MatchStore(db)
    let side: MatchDirection = target.kind == .purchase ? .in : .out
    let invoice = try invoice(on: side, store, db)
    if let known = try store.target(invoice.no, side) {
      if known == target { return MatchRun.Row(invoice: invoice, result: .kept, target: known) }
      throw ValueError(
        "invoice.matched-already",
        Phrase(
          "invoice '\(invoice.no)' is matched to '\(known)'",
          "发票“\(invoice.no)”已匹配“\(known)”"),
        hint: Phrase(
          "if that is wrong: 'boms-invoice unmatch \(invoice.no) --reason …', then again",
          "如有误，请先 'boms-invoice unmatch \(invoice.no) --reason …'，再重新匹配"))
    }
    let ledger = try MatchLedgerStore(db, asOf: asOf)
    switch target.kind {
    case .request: try toRequest(invoice, target, reason, store, ledger, db)
    case .purchase: try toPurchase(invoice, target, reason, store, ledger, db)
    case .bill, .charge, .invoice: try toCharges(invoice, target, reason, store, ledger, db)
    }
    try ledger.save()
    return MatchRun.Row(invoice: invoice, result: .matched, target: target)
  }

  private func invoice(
    on side: MatchDirection, _ store: MatchStore, _ db: BooksConnection
  ) throws -> OpenInvoice {
    let number = try KnownInvoiceStore.require(number, db).number
    guard let invoice = try store.invoice(number, side) else {
      throw ValueError(
        "match.not-ours",
        side == .out
          ? Phrase(
            "invoice '\(number)' is not issued by a company of ours, or its sums are not known yet",
            "发票“\(number)”不是本方开具，或尚缺金额")
          : Phrase(
            "invoice '\(number)' is not issued to a company of ours, or its sums are not known yet",
            "发票“\(number)”的购买方不是本方，或尚缺金额"),
        hint: Phrase(
          "'boms-invoice show \(number)' shows it; companies are known by 'credit_code'",
          "可用 'boms-invoice show \(number)' 查看；本方主体按“统一社会信用代码”识别"))
    }
    if invoice.issuedOn > asOf {
      throw ValueError(
        "match.future",
        Phrase(
          "invoice '\(number)' is issued on \(invoice.issuedOn), after \(asOf)",
          "发票“\(number)”开具于 \(invoice.issuedOn)，晚于 \(asOf)"))
    }
    return invoice
  }

  private func toRequest(
    _ invoice: OpenInvoice, _ target: MatchTarget, _ reason: String?, _ store: MatchStore,
    _ ledger: MatchLedgerStore, _ db: BooksConnection
  ) throws {
    guard let request = try store.request(target.no) else {
      throw Failure(
        .noInput,
        Phrase(
          "there is no request '\(target.no)' that waits for its invoice",
          "没有待开的开票申请“\(target.no)”"),
        hint: Phrase("'boms-invoice request list' lists them", "可用 'boms-invoice request list' 查看"))
    }
    guard request.companyNo == invoice.companyNo, request.isRed == invoice.isRed,
      invoice.isWorth(gross: request.gross, tax: request.tax)
    else {
      throw differs(invoice, target, request.gross)
    }
    try ledger.match(
      invoice, to: target, request: request.id, try store.parts(ofRequest: request.id),
      reason: reason)
  }

  private func toPurchase(
    _ invoice: OpenInvoice, _ target: MatchTarget, _ reason: String?, _ store: MatchStore,
    _ ledger: MatchLedgerStore, _ db: BooksConnection
  ) throws {
    try KnownNumber.require("purchase", target.no, "采购单", db)
    guard let purchase = try store.purchase(target.no) else { return }
    // Parts of it may come, each with its invoice, but not more than it.
    let left = try purchase.missing - invoice.gross
    guard purchase.companyNo == invoice.companyNo,
      invoice.isRed || left.fen == 0 || (left.fen > -2) == (purchase.missing.fen > 0)
    else { throw differs(invoice, target, purchase.missing) }
    try ledger.match(invoice, to: target, [], use: purchase.use, reason: reason)
  }

  private func toCharges(
    _ invoice: OpenInvoice, _ target: MatchTarget, _ reason: String?, _ store: MatchStore,
    _ ledger: MatchLedgerStore, _ db: BooksConnection
  ) throws {
    if invoice.isRed {
      let parts = try invoice.blueNo.map { try store.parts(ofBlue: $0) } ?? []
      guard target.kind == .charge,
        let part = parts.first(where: { "\($0.chargeID)" == target.no }),
        part.gross.fen >= -invoice.gross.fen
      else {
        throw ValueError(
          "match.red",
          Phrase(
            "red invoice '\(invoice.no)' takes back no more than is left of a charge of its blue one",
            "红字发票“\(invoice.no)”只能冲减其蓝字发票中尚有余额的费用"),
          hint: Phrase("name it with --to charge:ID", "请用 --to charge:ID 指定费用"))
      }
      return try ledger.match(invoice, to: target, [whole(invoice, part.chargeID)], reason: reason)
    }
    if target.kind == .charge {
      guard let id = Int64(target.no), let charge = try store.billed(charge: id) else {
        throw Failure(
          .noInput, Phrase("there is no charge '\(target.no)'", "费用“\(target.no)”不存在"),
          hint: Phrase("'boms-export charges' lists them", "可用 'boms-export charges' 查看"))
      }
      guard charge.companyNo == invoice.companyNo, charge.uninvoiced >= invoice.gross else {
        throw differs(invoice, target, charge.uninvoiced)
      }
      return try ledger.match(invoice, to: target, [whole(invoice, id)], reason: reason)
    }
    try KnownNumber.require("bill", target.no, "账单", db, listedBy: "bills")
    let charges = try store.billed(bill: target.no).filter { $0.uninvoiced > .zero }
    let left = try charges.reduce(Money.zero) { try $0 + $1.uninvoiced }
    guard charges.allSatisfy({ $0.companyNo == invoice.companyNo }), left == invoice.gross,
      charges.allSatisfy({ $0.uninvoiced == $0.part.gross })
    else { throw differs(invoice, target, left) }
    try ledger.match(invoice, to: target, charges.map(\.part), reason: reason)
  }

  private func whole(_ invoice: OpenInvoice, _ chargeID: Int64) -> ChargePart {
    ChargePart(chargeID: chargeID, net: invoice.net, tax: invoice.tax, gross: invoice.gross)
  }

  private func differs(
    _ invoice: OpenInvoice, _ target: MatchTarget, _ amount: Money
  ) -> ValueError {
    ValueError(
      "match.differs",
      Phrase(
        "invoice '\(invoice.no)' of \(invoice.gross.grouped) does not fit '\(target)': another company, "
          + "or what is left of it is \(amount.grouped)",
        "发票“\(invoice.no)”（\(invoice.gross.grouped)）与“\(target)”不符：主体不同，或其未开票金额为 "
          + "\(amount.grouped)"),
      hint: Phrase(
        "a part of a bill is matched charge by charge: --to charge:ID",
        "只开账单的一部分时，请逐笔费用匹配：--to charge:ID"))
  }

  // MARK: Unmatch

  /// - Returns: what it was matched to.
  func unmatch(reason: String, _ db: BooksConnection) throws -> [MatchRun.Row] {
    let store = try MatchStore(db)
    let number = try KnownInvoiceStore.require(number, db).number
    let ledger = try MatchLedgerStore(db, asOf: asOf)
    var rows: [MatchRun.Row] = []
    for side in MatchDirection.allCases {
      guard let target = try store.target(number, side),
        let invoice = try store.invoice(number, side)
      else { continue }
      if let red = try store.matchedReds(of: number, side).first {
        throw ValueError(
          "match.has-red",
          Phrase(
            "red invoice '\(red)' took back something of '\(number)'",
            "红字发票“\(red)”已冲减“\(number)”"),
          hint: Phrase(
            "unmatch the red one first: 'boms-invoice unmatch \(red) --reason …'",
            "请先取消红字发票的匹配：'boms-invoice unmatch \(red) --reason …'"))
      }
      try ledger.unmatch(invoice, from: target, reason: reason)
      rows.append(MatchRun.Row(invoice: invoice, result: .none, target: target))
    }
    return rows
  }
}
