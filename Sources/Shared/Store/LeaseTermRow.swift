import GRDB

extension LeaseTerm {
  /// From a row of `charge_term`, the fields in the register's order from column 1.
  init(row: SQLStatement) throws {
    func word<Word: RawRepresentable>(_ column: Int) throws -> Word where Word.RawValue == String {
      guard let word = Word(rawValue: row.text(column)) else {
        throw DatabaseError(
          resultCode: .SQLITE_CORRUPT, message: "charge_term: '\(row.text(column))' is unknown")
      }
      return word
    }
    self.init(line: Int(row.integer(1)), item: row.text(2), method: try word(3))
    unitNos =
      row.isNull(4) ? [] : row.text(4).split(separator: ";").map(String.init)
    companyNo = row.optionalText(5)
    price = row.optionalFixed(6)
    per = row.isNull(7) ? nil : try word(7)
    cycleMonths = Int(row.integer(8))
    anchor = try word(9)
    timing = try word(10)
    dueDay = row.optionalInt(11)
    dueMonth = row.isNull(12) ? nil : try word(12)
    dueDays = row.optionalInt(13)
    firstDueOn = try row.optionalDate(14)
    leadDays = Int(row.integer(15))
    proration = try word(16)
    escalatePercent = row.optionalFixed(17)
    escalateMonths = row.optionalInt(18)
    pricePlaces = Int(row.integer(19))
    taxRate = row.optionalFixed(20)
    taxIncluded = row.integer(21) != 0
    rounding = try word(22)
    fromOn = try row.optionalDate(23)
    toOn = try row.optionalDate(24)
    on = try row.optionalDate(25)
    isGuaranteePerArea = row.integer(26) != 0
    percent = row.optionalFixed(27)
    settlesYear = row.integer(28) != 0
  }
}
