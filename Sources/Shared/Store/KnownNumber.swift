import GRDB

/// Refuses numbers on the command line that the books do not know.
package enum KnownNumber {
  /// - Parameters:
  ///   - table: a register with its key in `<table>_no`.
  ///   - list: what `boms-export` calls it, where that is not the table's name.
  /// - Throws: `Failure` 66 if there is no such row.
  package static func require(
    _ table: String, _ number: String, _ zh: String, _ db: Database,
    listedBy list: String? = nil
  ) throws {
    let known = try SQLStatement(db, "SELECT 1 FROM \(table) WHERE \(table)_no = ?")
    known.bind(1, number)
    if try known.hasRow() { return }
    throw Failure(
      .noInput, Phrase("there is no \(table) '\(number)'", "\(zh)“\(number)”不存在"),
      hint: Phrase(
        "'boms-export \(list ?? table)' lists them", "可用 'boms-export \(list ?? table)' 查看"))
  }
}
