import Shared

/// Charges penalties as one-off lines of a contract, so that they are wanted like any other charge,
/// and bills them at once.
struct Penalties {
  let db: BooksConnection
  let day: CivilDate
  private let contract: ContractStore

  init(_ db: BooksConnection, contractNo: String, on day: CivilDate) throws {
    self.db = db
    self.day = day
    contract = try ContractStore(db, contractNo)
  }

  /// - Parameters:
  ///   - amounts: by company, tax included.
  ///   - item: of kind penalty; nil: the only one there is.
  /// - Returns: the bills' numbers, in their order.
  func bill(_ amounts: [String: Money], item: String?) throws -> [String] {
    let item = try contract.penaltyItem(item, rule: "deposit.penalty-item", option: "--penalty")
    let lease = try contract.entry().lease
    if !lease.isSigned {
      throw ValueError(
        "deposit.not-signed",
        Phrase(
          "contract '\(contract.contractNo)' is not signed, so no penalty is billed",
          "合同“\(contract.contractNo)”状态不是“已签”，不能计收违约金"),
        hint: Phrase(
          "import it with status signed, forfeit, and archive it again",
          "请将合同状态改为“已签”，没收押金后再归档"))
    }
    let once = OnceLines(store: contract, day: day, asOf: day, mayBeThere: false)
    var lines: Set<Int> = []
    for (companyNo, amount) in amounts.sorted(by: { $0.key < $1.key }) {
      lines.insert(
        try once.add(
          item: item, companyNo: companyNo == lease.companyNo ? nil : companyNo, amount: amount))
    }
    return try post(lines)
  }

  /// Bills these lines; what else the contract lacks is the night's.
  private func post(_ lines: Set<Int>) throws -> [String] {
    let entry = try contract.entry()
    let billing = Billing(entry.lease, taxes: try TaxTable(db), billingFrom: entry.billingFrom)
    var subtraction = Subtraction()
    subtraction.new = try billing.plan(asOf: day, recorded: entry.recorded).subtraction.new
      .filter { $0.line.map(lines.contains) ?? false }
    let store = try BillStore(db)
    try store.stage(subtraction, of: entry, asOf: day)
    var refusal: Phrase?
    let posted = try store.post { refusal = Phrase(refused: $1) }
    if refusal != nil || posted.charges != lines.count {
      let why =
        refusal ?? Phrase("nothing is billed on \(day)", "\(day) 不出账")
      throw ValueError(
        "deposit.not-billed",
        Phrase(
          "the penalty cannot be billed to contract '\(contract.contractNo)': \(why.en)",
          "合同“\(contract.contractNo)”的违约金无法出账：\(why.zh)"))
    }
    return try store.billNumbers(of: posted)
  }
}
