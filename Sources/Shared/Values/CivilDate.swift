/// A day of the proleptic Gregorian calendar, without a time or a place. The law knows only these.
package struct CivilDate: Hashable, Comparable, Sendable {
  /// Days since 1970-01-01.
  package let number: Int32

  package init(number: Int32) {
    self.number = number
  }

  /// The day, if there is such a day in years 1 … 9999.
  package init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
      day <= CivilMonth(year: year, month: month).days
    else { return nil }
    self.init(unchecked: year, month, day)
  }

  /// Howard Hinnant's `days_from_civil`.
  init(unchecked year: Int, _ month: Int, _ day: Int) {
    let y = month <= 2 ? year - 1 : year
    let era = (y >= 0 ? y : y - 399) / 400
    let yearOfEra = y - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    number = Int32(truncatingIfNeeded: era * 146_097 + dayOfEra - 719_468)
  }

  /// Howard Hinnant's `civil_from_days`.
  package var parts: (year: Int, month: Int, day: Int) {
    let z = Int(number) + 719_468
    let era = (z >= 0 ? z : z - 146_096) / 146_097
    let dayOfEra = z - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let mp = (5 * dayOfYear + 2) / 153
    let month = mp < 10 ? mp + 3 : mp - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * mp + 2) / 5 + 1)
  }

  package var month: CivilMonth {
    let parts = parts
    return CivilMonth(year: parts.year, month: parts.month)
  }

  package static func < (a: CivilDate, b: CivilDate) -> Bool {
    a.number < b.number
  }

  /// The day so many days later (earlier if negative), within ±2 million days of 1970.
  package func adding(days: Int) -> CivilDate {
    CivilDate(number: number &+ Int32(truncatingIfNeeded: days))
  }

  package var next: CivilDate { adding(days: 1) }

  package var previous: CivilDate { adding(days: -1) }

  /// How many days from `other` to this day; 0 for the same day.
  package func days(since other: CivilDate) -> Int {
    Int(number) - Int(other.number)
  }

  /// The same day of the month so many months later; a day that the month lacks becomes its last.
  package func adding(months: Int) -> CivilDate {
    let parts = parts
    return CivilMonth(year: parts.year, month: parts.month).adding(months).day(clamped: parts.day)
  }
}

extension CivilDate: CustomStringConvertible {
  /// `YYYY-MM-DD`.
  package var description: String {
    String(unsafeUninitializedCapacity: 10) { buffer in
      write(to: buffer)
      return 10
    }
  }

  /// Writes the ten bytes of `YYYY-MM-DD` to the start of `buffer`.
  package func write(to buffer: UnsafeMutableBufferPointer<UInt8>) {
    let (year, month, day) = parts
    func digit(_ value: Int) -> UInt8 { UInt8(truncatingIfNeeded: value % 10) &+ 0x30 }
    buffer[0] = digit(year / 1000)
    buffer[1] = digit(year / 100)
    buffer[2] = digit(year / 10)
    buffer[3] = digit(year)
    buffer[4] = UInt8(ascii: "-")
    buffer[5] = digit(month / 10)
    buffer[6] = digit(month)
    buffer[7] = UInt8(ascii: "-")
    buffer[8] = digit(day / 10)
    buffer[9] = digit(day)
  }

  /// The day of ten bytes `YYYY-MM-DD` exactly as the database and the filter write it.
  package init?(iso bytes: UnsafeBufferPointer<UInt8>) {
    guard bytes.count == 10, bytes[4] == 0x2D, bytes[7] == 0x2D else { return nil }
    @inline(__always) func number(_ from: Int, _ count: Int) -> Int? {
      var value = 0
      for index in from..<from + count {
        let digit = bytes[index] &- 0x30
        guard digit < 10 else { return nil }
        value = value * 10 + Int(digit)
      }
      return value
    }
    guard let year = number(0, 4), let month = number(5, 2), let day = number(8, 2) else {
      return nil
    }
    self.init(year: year, month: month, day: day)
  }

  package init?(iso text: String) {
    var text = text
    let date = text.withUTF8 { CivilDate(iso: $0) }
    guard let date else { return nil }
    self = date
  }
}
