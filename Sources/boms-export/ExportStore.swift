import GRDB
import Shared

/// Writes rows of SQL straight into the writer, without a value made of a cell.
enum ExportStore {
  static func write(
    _ register: Register, _ db: Database, _ selection: Selection, _ writer: RecordWriter
  ) throws {
    let keys = register.keys.map { "\"\($0.column)\"" }
    let newest =
      register.change == .revise
      ? """
      NOT EXISTS (SELECT 1 FROM "\(register.table)" n WHERE n.revision > x.revision
        AND \(keys.map { "n.\($0) = x.\($0)" }.joined(separator: " AND ")))
      """ : "1"
    try write(
      db, from: "\"\(register.table)\" x WHERE \(newest)", order: keys.joined(separator: ", "),
      register.fields, selection, writer)
  }

  /// A view of the schema, in the order of its columns named.
  static func write(
    view: String, order: [String], _ db: Database, _ fields: [Field], _ selection: Selection,
    _ writer: RecordWriter
  ) throws {
    try write(
      db, from: "\(view) WHERE 1", order: order.joined(separator: ", "), fields, selection, writer)
  }

  /// - Parameters:
  ///   - source: what stands after FROM, with a WHERE.
  ///   - day: what the source has at ?1; nil: it has none.
  static func write(
    _ db: Database, from source: String, on day: CivilDate? = nil, order: String,
    _ fields: [Field], _ selection: Selection, _ writer: RecordWriter
  ) throws {
    let columns = selection.positions.map { "\"\(fields[$0].column)\"" }.joined(separator: ", ")
    let conditions = selection.conditions.map {
      " AND \"\(fields[$0.index].column)\" IS ?"
    }.joined()
    let rows = try SQLStatement(
      db, "SELECT \(columns) FROM \(source)\(conditions) ORDER BY \(order)")
    var position: Int32 = 0
    if let day {
      position += 1
      rows.bind(position, day)
    }
    for condition in selection.conditions {
      position += 1
      switch condition.value {
      case .integer(let value): rows.bind(position, value)
      case .text(let value): rows.bind(position, value)
      case nil: rows.bind(position, null: ())
      }
    }
    let count = selection.positions.count
    while try rows.step() {
      for column in 0..<count { rows.write(column, to: writer) }
      try writer.endRow()
    }
  }
}
