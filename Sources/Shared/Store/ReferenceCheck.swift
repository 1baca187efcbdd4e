import GRDB

/// Whether the row that a reference names is there.
package final class ReferenceCheck {
  package let reference: Reference
  private let positions: [Int]
  private let isList: Bool
  private let lookup: SQLStatement

  package var isForeignKey: Bool { reference.isForeignKey }

  package init(_ db: Database, _ reference: Reference, in register: Register) throws {
    self.reference = reference
    positions = reference.fields.compactMap { register.index(of: $0) }
    if let first = positions.first, case .codes = register.fields[first].kind {
      isList = true
    } else {
      isList = false
    }
    let match = reference.targets.enumerated().map { "t.\"\($1)\" = ?\($0 + 1)" }
      .joined(separator: " AND ")
    let table = "\"\(reference.register)\" t WHERE \(match)"
    let free = try Lens.isLimited(db) ? Belonging.free[reference.register] : nil
    lookup = try SQLStatement(
      db,
      """
      SELECT 1 FROM \(table)
      \(free.map { "UNION ALL SELECT 1 FROM main.\(table) AND \($0)" } ?? "") LIMIT 1
      """)
  }

  /// What is named but not there; nil if the row is there, or nothing is named. A `*` stands for
  /// all and names nothing.
  package func unknown(_ record: Record) throws -> String? {
    for position in positions where record.slots[position] == .empty { return nil }
    if isList || positions.count == 1 {
      guard let text = record.text(reference.fields[0]) else { return nil }
      let names = isList ? text.split(separator: ";").map(String.init) : [text]
      for name in names where name != "*" {
        lookup.bind(1, name)
        if try !lookup.hasRow() { return name }
      }
      return nil
    }
    for (index, position) in positions.enumerated() {
      record.bind(position, to: lookup, Int32(index + 1))
    }
    if try lookup.hasRow() { return nil }
    return positions.map { record.display($0) }.joined(separator: " / ")
  }

  /// What to say of a value that is not there.
  package func problem(_ value: String) -> ValueError {
    let target = Catalogue.register(named: reference.register)
    let zh = target?.zh ?? reference.register
    return ValueError(
      "reference.unknown",
      Phrase(
        "\(reference.register) '\(value)' is not known", "\(zh)“\(value)”不存在"),
      hint: target == nil
        ? Phrase(
          "check the number; 'boms-export \(reference.register)s' lists them",
          "请核对编号；可用 'boms-export \(reference.register)s' 查看")
        : Phrase(
          "check the number, or import \(reference.register) first",
          "请核对编号，或先导入\(zh)"))
  }
}
