// Amounts, decimals, percents and rates: what a number means by its field and its suffix.

extension FieldParser {
  func number(
    _ bytes: UnsafeBufferPointer<UInt8>, _ index: Int, _ rule: String, places: Int
  ) throws(ValueError) -> Int64 {
    let (value, suffix) = try scaled(bytes, index, rule, places: places, takesCurrency: true)
    if suffix != .none { throw numberError(.notANumber, bytes, index, rule, places) }
    try check(value, plans[index].bound, bytes, index)
    return value
  }

  private func check(
    _ value: Int64, _ bound: Bound, _ bytes: UnsafeBufferPointer<UInt8>, _ index: Int
  ) throws(ValueError) {
    switch bound {
    case .any: return
    case .notNegative where value < 0:
      throw ValueError(
        "value.negative",
        Phrase("'\(shown(bytes, index))' is negative", "'\(shown(bytes, index))' 为负数"),
        hint: Phrase("zero or more is wanted", "应为零或正数"))
    case .positive where value <= 0:
      throw ValueError(
        value < 0 ? "value.negative" : "value.positive",
        Phrase("'\(shown(bytes, index))' is not above zero", "'\(shown(bytes, index))' 不大于零"),
        hint: Phrase("more than zero is wanted", "应大于零"))
    default: return
    }
  }

  func integer(
    _ bytes: UnsafeBufferPointer<UInt8>, _ index: Int
  ) throws(ValueError) -> Int64 {
    let rule = "value.integer"
    let (value, suffix) = try scaled(bytes, index, rule, places: 0, takesCurrency: false)
    if suffix != .none { throw numberError(.notANumber, bytes, index, rule, 0) }
    let range = plans[index].range
    guard range.contains(Int(value)) else {
      throw ValueError(
        rule,
        Phrase(
          "'\(shown(bytes, index))' is not between \(range.lowerBound) and \(range.upperBound)",
          "'\(shown(bytes, index))' 不在 \(range.lowerBound) 到 \(range.upperBound) 之间"),
        hint: Phrase("a whole number within these bounds is wanted", "请填写此范围内的整数"))
    }
    return value
  }

  func percent(
    _ bytes: UnsafeBufferPointer<UInt8>, _ index: Int
  ) throws(ValueError) -> Int64 {
    let rule = "value.percent"
    let (value, suffix) = try scaled(bytes, index, rule, places: 6, takesCurrency: false)
    if suffix == .permille { throw numberError(.notANumber, bytes, index, rule, 6) }
    if suffix == .none, value != 0, value.magnitude < 1_000_000 {
      throw ambiguous("value.percent-ambiguous", percent: value, bytes, index)
    }
    return value
  }

  func rate(
    _ bytes: UnsafeBufferPointer<UInt8>, _ index: Int
  ) throws(ValueError) -> Int64 {
    let rule = "value.rate"
    let (value, suffix) = try scaled(bytes, index, rule, places: 6, takesCurrency: false)
    switch suffix {
    case .permille: throw numberError(.notANumber, bytes, index, rule, 6)
    case .percent:
      guard value % 100 == 0 else { throw numberError(.places, bytes, index, rule, 4) }
      return value / 100
    case .none:
      if value.magnitude > 1_000_000 {
        throw ambiguous("value.rate-ambiguous", percent: value, bytes, index)
      }
      return value
    }
  }

  func permille(
    _ bytes: UnsafeBufferPointer<UInt8>, _ index: Int
  ) throws(ValueError) -> Int64 {
    let rule = "value.permille"
    do throws(NumberText.Problem) {
      if let value = try PermilleText.share(bytes) { return value }
    } catch {
      throw numberError(error, bytes, index, rule, 6)
    }
    let (value, suffix) = try scaled(bytes, index, rule, places: 6, takesCurrency: false)
    guard suffix == .percent else { return value }
    let (tenfold, overflow) = value.multipliedReportingOverflow(by: 10)
    if overflow { throw numberError(.overflow, bytes, index, rule, 6) }
    return tenfold
  }

  private func scaled(
    _ bytes: UnsafeBufferPointer<UInt8>, _ index: Int, _ rule: String, places: Int,
    takesCurrency: Bool
  ) throws(ValueError) -> (Int64, NumberText.Suffix) {
    do throws(NumberText.Problem) {
      return try NumberText.scaled(bytes, places: places, takesCurrency: takesCurrency)
    } catch {
      throw numberError(error, bytes, index, rule, places)
    }
  }

  private func ambiguous(
    _ rule: String, percent value: Int64, _ bytes: UnsafeBufferPointer<UInt8>, _ index: Int
  ) -> ValueError {
    let asPercent = Fixed(millionths: value).description + "%"
    let (larger, overflow) = value.multipliedReportingOverflow(by: 100)
    let asShare = overflow ? "" : Fixed(millionths: larger).description + "%"
    return ValueError(
      rule,
      Phrase(
        "'\(shown(bytes, index))' may mean \(asPercent) or \(asShare)",
        "'\(shown(bytes, index))' 可能是 \(asPercent)，也可能是 \(asShare)"),
      hint: Phrase("write '\(asPercent)' or '\(asShare)'", "请写明 '\(asPercent)' 或 '\(asShare)'"))
  }
}
