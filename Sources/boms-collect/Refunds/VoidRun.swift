import Shared

/// Takes back a payment with all that it paid, or a refund.
struct VoidRun {
  let number: String
  let asOf: CivilDate
  let reason: String

  struct Outcome {
    /// False: it was void before.
    var isNew = false
    var records: [[Cell]] = []
    /// The payment's or the refund's.
    var amount = Money.zero
    /// The payment's receipt, which is void with it.
    var receiptNo: String?
  }

  static let fields: [Field] = [
    .code("number", "作废单号"), .choice("paid_by", "款项来源", RefundLines.moneyKinds),
    .code("paid_by_no", "来源单号"), .code("bill_no", "账单号"), .code("contract_no", "合同编号"),
    .code("tenant_no", "租户编号"), .code("company_no", "收款主体"), .code("item", "项目代码"),
    .money("amount", "冲回金额"), .date("effective_on", "生效日"), .date("booked_on", "记账日"),
  ]

  /// - Throws: `Failure` 66 for a number that is neither, 65 for a payment that is in use.
  func run(_ db: BooksConnection) throws -> Outcome {
    let store = try VoidStore(db)
    if try store.isPayment(number) { return try void(store, db) }
    if try store.isRefund(number) { return try takeBack(store, db) }
    throw Failure(
      .noInput,
      Phrase("there is no payment and no refund '\(number)'", "没有编号为“\(number)”的收款或退款"),
      hint: Phrase(
        "'boms-export payment' and 'boms-export refunds' list them",
        "可用 'boms-export payment'、'boms-export refunds' 查看"))
  }

  // MARK: A payment

  private func void(_ store: VoidStore, _ db: BooksConnection) throws -> Outcome {
    // One that is not in the books yet is entered first: then both stand there, and cancel out.
    try EntryStore(db).enter(number)
    guard let payment = try store.payment(number) else {
      throw ValueError(
        "payment_void.not-entered",
        Phrase(
          "payment '\(number)' is below zero, from an older version: it is in no books",
          "收款单“\(number)”为旧版本的负数收款，未入账，无需作废"))
    }
    if payment.isVoid { return Outcome() }
    if let refundNo = payment.refundNo {
      throw ValueError(
        "payment_void.in-use",
        Phrase(
          "of payment '\(number)' \(payment.refunded.grouped) went back by refund '\(refundNo)'",
          "收款单“\(number)”已由退款“\(refundNo)”退回 \(payment.refunded.grouped)"),
        hint: Phrase(
          "if that money came back: 'boms-collect void \(refundNo)' first",
          "如退款已被退回，请先执行 'boms-collect void \(refundNo)'"))
    }
    let rows = try store.void(payment, on: asOf, reason: reason) { deposit in
      ValueError(
        "allocation.deposit-used",
        Phrase(
          "payment '\(number)' paid the deposit of contract '\(deposit.contractNo)' on bill "
            + "'\(deposit.billNo)', and that deposit has been used",
          "收款单“\(number)”支付了合同“\(deposit.contractNo)”的押金（账单“\(deposit.billNo)”），"
            + "该押金已被使用"),
        hint: Phrase(
          "'boms-collect deposit take-back' takes back what it paid, 'void' a refund",
          "请先用 'boms-collect deposit take-back' 撤销抵扣、转移，或用 'void' 作废退款"))
    }
    return Outcome(
      isNew: true, records: rows, amount: payment.amount, receiptNo: payment.receiptNo)
  }

  // MARK: A refund

  private func takeBack(_ store: VoidStore, _ db: BooksConnection) throws -> Outcome {
    switch try RefundStore(db).takeBack(number, on: asOf, reason: reason) {
    case .before: return Outcome()
    case .isReversal(let refundNo):
      throw ValueError(
        "refund.is-reversal",
        Phrase(
          "'\(number)' takes refund '\(refundNo)' back itself",
          "“\(number)”本身即为对退款“\(refundNo)”的冲回"),
        hint: Phrase("to pay it out again, refund again", "如需再次退出，请重新登记退款"))
    case .now(let id, let amount):
      return Outcome(
        isNew: true, records: try store.records(ofRefund: id, number),
        amount: try .zero - amount)
    }
  }
}
