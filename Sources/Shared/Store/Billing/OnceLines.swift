/// One-off amounts that a change adds to its contract as lines of their own, so that they are
/// wanted like any other charge.
package final class OnceLines {
  private let store: ContractStore
  private let day: CivilDate
  private let asOf: CivilDate
  /// Whether the same change may have been made before.
  private let mayBeThere: Bool
  package private(set) var added = 0

  /// - Parameter day: the day of the amounts. One that has passed is due on the day of the change:
  ///   nobody is late with what was never asked for.
  package init(store: ContractStore, day: CivilDate, asOf: CivilDate, mayBeThere: Bool) {
    self.store = store
    self.day = day
    self.asOf = asOf
    self.mayBeThere = mayBeThere
  }

  /// - Returns: the line; the one that is there where the same change was made before.
  /// - Throws: `change.once-exists` if that one has another amount; `value.overflow`.
  package func add(
    item: String, companyNo: String? = nil, taxRate: Fixed? = nil, taxIncluded: Bool = true,
    amount: Money
  ) throws -> Int {
    let (millionths, overflow) = amount.fen.multipliedReportingOverflow(by: Fixed.one / 100)
    if overflow { throw ValueError.overflow(Phrase("the amount", "金额")) }
    let price = Fixed(millionths: millionths)
    if mayBeThere, let line = try existing(item, companyNo, taxIncluded, price) { return line }
    let register = Catalogue.chargeTerm
    let record = Record(register)
    let parser = FieldParser(register)
    for index in register.fields.indices { parser.setDefault(of: record, at: index) }
    let line = try store.nextLine()
    record.set("contract_no", store.contractNo)
    record.set("line", Int64(line))
    record.set("item", item)
    record.set("method", "once")
    record.set("price", price.millionths)
    record.set("on", day)
    if let companyNo { record.set("company_no", companyNo) }
    if let taxRate { record.set("tax_rate", taxRate.millionths) }
    record.set("tax_included", taxIncluded ? 1 : 0)
    if asOf > day { record.set("first_due_on", asOf) }
    try store.insert(record)
    added += 1
    return line
  }

  private func existing(
    _ item: String, _ companyNo: String?, _ taxIncluded: Bool, _ price: Fixed
  ) throws -> Int? {
    let found = try store.entry().lease.terms.first {
      $0.method == .once && $0.on == day && $0.item == item && $0.companyNo == companyNo
        && $0.taxIncluded == taxIncluded
    }
    guard let found else { return nil }
    if found.price == price { return found.line }
    throw ValueError(
      "change.once-exists",
      Phrase(
        "line \(found.line) charges item '\(item)' once on \(day) already, "
          + "\(found.price ?? .zero) and not \(price)",
        "第 \(found.line) 行已于 \(day) 一次性计收项目“\(item)”\(found.price ?? .zero)，而非 \(price)"),
      hint: Phrase(
        "correct that line with boms-import --restate", "请用 boms-import --restate 更正该行"))
  }
}

extension Record {
  package func set(_ field: String, _ text: String) {
    if let index = register.index(of: field) { set(index, text: text) }
  }

  package func set(_ field: String, _ number: Int64) {
    if let index = register.index(of: field) { set(index, number: number) }
  }

  package func set(_ field: String, _ date: CivilDate) {
    if let index = register.index(of: field) { set(index, date: date) }
  }

  package func clear(_ field: String) {
    if let index = register.index(of: field) { setEmpty(index) }
  }
}
