import Shared

/// Gives money back of what is left.
struct RefundRun {
  let subject: RefundStore.Subject
  let amount: Money
  var method: String?
  var reference: String?
  let asOf: CivilDate
  let reason: String

  struct Outcome {
    var records: [[Cell]] = []
    /// What is left in that place after it.
    var left = Money.zero
    /// What the tenant has to pay in the property all the same.
    var owed: (tenantNo: String, propertyNo: String, bills: Int, amount: Money)?
  }

  /// - Throws: `Failure` 66 for a number that is not known, 65 for money that is not there.
  func run(_ db: BooksConnection) throws -> Outcome {
    let store = try RefundStore(db)
    try store.requireKnown(subject)
    if case .payment(let no) = subject { try EntryStore(db).enter(no) }
    let funds = try store.funds(subject, on: asOf)
    let places = Dictionary(grouping: funds, by: \.place)
    if places.count > 1 { throw severalPlaces(try places.mapValues(sum)) }
    let left = try sum(funds)
    guard let place = places.keys.first, amount <= left else { throw tooMuch(left) }
    let parts = try InOrder.parts(of: amount, from: funds.map(\.left))
    let tenantNo = funds.first?.tenantNo
    let lines = zip(funds, parts).filter { $1 > .zero }
      .map { RefundLedgerStore.Line(source: $0.source, amount: $1) }
    let appended = try RefundLedgerStore(db).append(
      RefundLedgerStore.Header(
        companyNo: place.companyNo, propertyNo: place.propertyNo, tenantNo: tenantNo,
        refundedOn: asOf, moneyBookedOn: asOf, method: method, reference: reference,
        reason: reason), lines)
    var outcome = Outcome(records: try store.records(of: appended.id), left: try left - amount)
    if let tenantNo {
      let open = try store.open(tenantNo, place.propertyNo)
      if open.bills > 0 {
        outcome.owed = (tenantNo, place.propertyNo, open.bills, open.amount)
      }
    }
    return outcome
  }

  private func sum(_ funds: [RefundStore.Fund]) throws(ValueError) -> Money {
    var sum = Money.zero
    for fund in funds { sum = try sum + fund.left }
    return sum
  }

  // MARK: Refusals

  private var subjectName: Phrase {
    switch subject {
    case .tenant(let no, _, _): Phrase("tenant '\(no)'", "租户“\(no)”")
    case .payment(let no): Phrase("payment '\(no)'", "收款单“\(no)”")
    case .creditNote(let no): Phrase("credit note '\(no)'", "冲减单“\(no)”")
    }
  }

  private func tooMuch(_ left: Money) -> ValueError {
    ValueError(
      "refund.exceeds-money",
      Phrase(
        "of \(subjectName.en) \(left.grouped) is left on \(asOf) and ever since, less than "
          + amount.grouped,
        "\(subjectName.zh)自 \(asOf) 起始终未用的余款为 \(left.grouped)，少于 \(amount.grouped)"),
      hint: Phrase(
        "'boms-export credits' shows what is left; deposits go back by 'boms-collect deposit'",
        "可用 'boms-export credits' 查看余款；押金请用 'boms-collect deposit' 退还"))
  }

  private func severalPlaces(_ places: [RefundPlace: Money]) -> ValueError {
    let sorted = places.sorted { $0.key < $1.key }
    let list = sorted.map { "\($0.propertyNo) \($0.companyNo) \($1.grouped)" }
    return ValueError(
      "refund.place",
      Phrase(
        "money of \(subjectName.en) is left in several places: \(list.joined(separator: ", "))",
        "\(subjectName.zh)在多处有余款：\(list.joined(separator: "，"))"),
      hint: Phrase(
        "say which with --property and --company: each company makes its own transfer",
        "请用 --property 和 --company 指明，各收款主体分别退款"))
  }
}
