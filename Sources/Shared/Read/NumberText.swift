/// Numbers as people and Excel write them, digit by digit into scaled integers.
package enum NumberText {
  /// What is wrong with a text that should be a number.
  package enum Problem: Error {
    case notANumber, grouping, scientific, places, overflow
  }

  /// What stands behind the number.
  package enum Suffix {
    case none, percent, permille
  }

  /// A number without any ornament, times ten to the power of `places` (0…6): digits, one point, a
  /// leading minus. Nil: not so plain, which does not mean that it is wrong.
  @inline(__always)
  package static func plain(_ bytes: UnsafeBufferPointer<UInt8>, places: Int) -> Int64? {
    var index = 0
    let count = bytes.count
    let isNegative = count > 0 && bytes[0] == 0x2D
    if isNegative { index = 1 }
    // Twelve digits and six zeros fit in any case.
    guard count > index, count - index <= 12 else { return nil }
    var value: Int64 = 0
    let first = index
    while index < count {
      let digit = bytes[index] &- 0x30
      if digit > 9 { break }
      value = value &* 10 &+ Int64(digit)
      index += 1
    }
    if index == first { return nil }
    var missing = places
    if index < count {
      guard bytes[index] == 0x2E, index + 1 < count else { return nil }
      index += 1
      while index < count {
        let digit = bytes[index] &- 0x30
        guard digit <= 9, missing > 0 else { return nil }
        value = value &* 10 &+ Int64(digit)
        missing -= 1
        index += 1
      }
    }
    while missing > 0 {
      value = value &* 10
      missing -= 1
    }
    return isNegative ? -value : value
  }

  /// The number, times ten to the power of `places`, and what stands behind it.
  /// - Parameter takesCurrency: whether `¥` and `元` may stand around it.
  package static func scaled(
    _ bytes: UnsafeBufferPointer<UInt8>, places: Int, takesCurrency: Bool
  ) throws(Problem) -> (value: Int64, suffix: Suffix) {
    if let value = plain(bytes, places: places) { return (value, .none) }
    guard bytes.count <= 200 else { throw .notANumber }
    var text = Substring(FieldText.halfWidth(bytes))
    var isNegative = false
    func skipBlanks() {
      while text.first == " " { text.removeFirst() }
      while text.last == " " { text.removeLast() }
    }
    skipBlanks()
    var isSigned = false
    if text.first == "(", text.last == ")" {
      text = text.dropFirst().dropLast()
      (isNegative, isSigned) = (true, true)
      skipBlanks()
    }
    func takeSign() throws(Problem) {
      guard let first = text.first, "+-−".contains(first) else { return }
      if isSigned { throw .notANumber }
      isSigned = true
      isNegative = first != "+"
      text.removeFirst()
      skipBlanks()
    }
    try takeSign()
    if takesCurrency {
      if let first = text.first, "¥￥".contains(first) {
        text.removeFirst()
        skipBlanks()
        try takeSign()
      }
      if text.last == "元" {
        text.removeLast()
        skipBlanks()
      }
    }
    var suffix = Suffix.none
    if text.last == "%" { suffix = .percent }
    if text.last == "‰" { suffix = .permille }
    if suffix != .none {
      text.removeLast()
      skipBlanks()
    }
    let value = try magnitude(text, places: places)
    return (isNegative ? -value : value, suffix)
  }

  /// Digits in groups of three or none, a point, digits.
  private static func magnitude(_ text: Substring, places: Int) throws(Problem) -> Int64 {
    guard !text.isEmpty, text.utf8.contains(where: { $0 >= 0x30 && $0 <= 0x39 }) else {
      throw .notANumber
    }
    let parts = text.utf8.split(separator: 0x2E, omittingEmptySubsequences: false)
    guard text.utf8.allSatisfy({ ($0 >= 0x30 && $0 <= 0x39) || $0 == 0x2C || $0 == 0x2E }) else {
      throw isScientific(text) ? .scientific : .notANumber
    }
    guard parts.count <= 2 else { throw .notANumber }
    let groups = parts[0].split(separator: 0x2C, omittingEmptySubsequences: false)
    if groups.count > 1 {
      guard (1...3).contains(groups[0].count), groups[0].first != 0x30,
        groups.dropFirst().allSatisfy({ $0.count == 3 })
      else { throw .grouping }
    }
    var value: Int64 = 0
    func take(_ digit: UInt8) throws(Problem) {
      let (product, first) = value.multipliedReportingOverflow(by: 10)
      let (sum, second) = product.addingReportingOverflow(Int64(digit &- 0x30))
      if first || second { throw .overflow }
      value = sum
    }
    for group in groups {
      for digit in group { try take(digit) }
    }
    var missing = places
    if parts.count == 2 {
      if parts[1].contains(0x2C) { throw .grouping }
      for digit in parts[1] {
        if missing > 0 {
          try take(digit)
          missing -= 1
        } else if digit != 0x30 {
          throw .places
        }
      }
    }
    while missing > 0 {
      try take(0x30)
      missing -= 1
    }
    return value
  }

  /// `1.23E+17`, as Excel shows long numbers.
  static func isScientific(_ text: some StringProtocol) -> Bool {
    let parts = text.utf8.split(separator: 0x45, omittingEmptySubsequences: false)
    let lower = text.utf8.split(separator: 0x65, omittingEmptySubsequences: false)
    let both = parts.count == 2 ? parts : lower
    guard both.count == 2, let first = both[0].first, isDigit(first) else { return false }
    let exponent = both[1].drop { $0 == 0x2B || $0 == 0x2D }
    return both[0].allSatisfy { isDigit($0) || $0 == 0x2E } && !exponent.isEmpty
      && exponent.allSatisfy(isDigit)
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    byte >= 0x30 && byte <= 0x39
  }
}
