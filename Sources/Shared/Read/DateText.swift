/// Days and months as people and Excel write them.
package enum DateText {
  package enum Problem: Error {
    case notADate
    /// Of the right form, but there is no such day or month.
    case impossible
    /// With a time of day that is not midnight.
    case time
    /// A bare number that Excel would show as this day.
    case serial(CivilDate)
    /// A day where a month is wanted.
    case day(CivilMonth)
  }

  package static func day(_ bytes: UnsafeBufferPointer<UInt8>) throws(Problem) -> CivilDate {
    if let date = CivilDate(iso: bytes), bytes[0] > 0x31 || (bytes[0] == 0x31 && bytes[1] == 0x39) {
      return date
    }
    return try read(bytes) { (scanner: inout Scanner) throws(Problem) -> CivilDate in
      let start = scanner.index
      let first = scanner.digits()
      if scanner.index - start == 8 {
        let date = try civil(first / 10_000, first / 100 % 100, first % 100)
        try scanner.finishWithMidnight()
        return date
      }
      if scanner.index - start == 5, scanner.isAtEnd, first < 80_000 {
        throw .serial(excelDay(first))
      }
      guard scanner.index - start == 4 else { throw .notADate }
      let month = try scanner.part(scanner.take())
      let separator = scanner.last
      let next = scanner.take()
      guard next == (separator == Scanner.year ? Scanner.month : separator) else {
        throw .notADate
      }
      let day = try scanner.part(next)
      if separator == Scanner.year, scanner.take() != Scanner.day { throw .notADate }
      let date = try civil(first, month, day)
      try scanner.finishWithMidnight()
      return date
    }
  }

  static func month(_ bytes: UnsafeBufferPointer<UInt8>) throws(Problem) -> CivilMonth {
    let month = try read(bytes) { (scanner: inout Scanner) throws(Problem) -> CivilMonth? in
      let start = scanner.index
      let first = scanner.digits()
      if scanner.index - start == 6, scanner.isAtEnd {
        return try civil(first / 100, first % 100, 1).month
      }
      guard scanner.index - start == 4 else { return nil }
      let month = try scanner.part(scanner.take())
      if scanner.last == Scanner.year, scanner.take() != Scanner.month { throw .notADate }
      return scanner.isAtEnd ? try civil(first, month, 1).month : nil
    }
    if let month { return month }
    throw .day(try day(bytes).month)
  }

  /// The day that Excel means by a serial number (the 1900 system).
  static func excelDay(_ serial: Int) -> CivilDate {
    CivilDate(unchecked: 1899, 12, 30).adding(days: serial)
  }

  private static func civil(_ year: Int, _ month: Int, _ day: Int) throws(Problem) -> CivilDate {
    guard (1900...9999).contains(year),
      let date = CivilDate(year: year, month: month, day: day)
    else { throw .impossible }
    return date
  }

  /// Full-width forms to ASCII, 年 月 日 to marks; ASCII as it is.
  private static func read<Result>(
    _ bytes: UnsafeBufferPointer<UInt8>, _ body: (inout Scanner) throws(Problem) -> Result
  ) throws(Problem) -> Result {
    guard bytes.count <= 60 else { throw .notADate }
    if bytes.allSatisfy({ $0 < 0x80 }) {
      var scanner = Scanner(bytes)
      return try body(&scanner)
    }
    var ascii: [UInt8] = []
    for scalar in FieldText.halfWidth(bytes).unicodeScalars {
      switch scalar {
      case "年": ascii.append(Scanner.year)
      case "月": ascii.append(Scanner.month)
      case "日", "号": ascii.append(Scanner.day)
      case " " where ascii.last == Scanner.year || ascii.last == Scanner.month: break
      default:
        guard scalar.isASCII else { throw .notADate }
        ascii.append(UInt8(truncatingIfNeeded: scalar.value))
      }
    }
    let normal = ascii
    return try normal.withUnsafeBufferPointer { (bytes) throws(Problem) -> Result in
      var scanner = Scanner(bytes)
      return try body(&scanner)
    }
  }

  struct Scanner {
    // Marks for 年 月 日, outside ASCII, so that no input can hold them.
    static let year: UInt8 = 0xF1
    static let month: UInt8 = 0xF2
    static let day: UInt8 = 0xF3

    let bytes: UnsafeBufferPointer<UInt8>
    var index = 0
    var last: UInt8 = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
      self.bytes = bytes
    }

    var isAtEnd: Bool { index == bytes.count }

    /// The next byte, 0 at the end.
    mutating func take() -> UInt8 {
      guard index < bytes.count else { return 0 }
      last = bytes[index]
      index += 1
      return last
    }

    /// The digits here, at most eight of them.
    mutating func digits() -> Int {
      var value = 0
      let limit = Swift.min(bytes.count, index + 8)
      while index < limit, bytes[index] >= 0x30, bytes[index] <= 0x39 {
        value = value * 10 + Int(bytes[index] - 0x30)
        index += 1
      }
      return value
    }

    /// One or two digits after a separator: `-`, `/`, `.`, 年 or 月.
    mutating func part(_ separator: UInt8) throws(Problem) -> Int {
      switch separator {
      case 0x2D, 0x2F, 0x2E, Scanner.year, Scanner.month: break
      default: throw .notADate
      }
      let start = index
      let value = digits()
      guard (1...2).contains(index - start) else { throw .notADate }
      return value
    }

    /// Nothing more, or the time of midnight: ` 0:00`, ` 00:00:00`, `T00:00:00`.
    mutating func finishWithMidnight() throws(Problem) {
      if isAtEnd { return }
      let separator = take()
      guard separator == 0x20 || separator == 0x54 else { throw .notADate }
      while index < bytes.count, bytes[index] == 0x20 { index += 1 }
      var isMidnight = true
      for part in 0..<3 {
        let start = index
        let value = digits()
        guard (1...2).contains(index - start) else { throw .notADate }
        if value != 0 { isMidnight = false }
        if isAtEnd, part > 0 { break }
        guard part < 2, take() == 0x3A else { throw .notADate }
      }
      if !isMidnight { throw .time }
    }
  }
}
