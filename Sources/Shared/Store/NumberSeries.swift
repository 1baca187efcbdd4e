import GRDB

/// Numbers without gaps, per owner and month, taken inside the transaction of the rows that bear
/// them: what is rolled back leaves no hole.
package final class NumberSeries {
  private struct Key: Hashable {
    var owner: String
    var month: CivilMonth
  }

  private let name: String
  private let read: SQLStatement
  private let write: SQLStatement
  private var taken: [Key: Int64] = [:]

  package init(_ db: Database, _ name: String) throws {
    self.name = name
    read = try SQLStatement(
      db, "SELECT last FROM main.number_series WHERE series = ? AND period = ?")
    write = try SQLStatement(
      db,
      """
      INSERT INTO main.number_series (series, period, last) VALUES (?1, ?2, ?3)
      ON CONFLICT (series, period) DO UPDATE SET last = excluded.last
      """)
  }

  /// The next number, from 1.
  package func next(_ owner: String, month: CivilMonth) throws -> Int64 {
    let key = Key(owner: owner, month: month)
    let last: Int64
    if let known = taken[key] {
      last = known
    } else {
      read.bind(1, "\(name)/\(owner)")
      read.bind(2, month.description)
      last = try read.step() ? read.integer(0) : 0
      read.reset()
    }
    taken[key] = last + 1
    return last + 1
  }

  /// Writes the last numbers taken back; before the transaction ends.
  package func save() throws {
    for (key, last) in taken {
      write.bind(1, "\(name)/\(key.owner)")
      write.bind(2, key.month.description)
      write.bind(3, last)
      try write.run()
    }
  }
}
