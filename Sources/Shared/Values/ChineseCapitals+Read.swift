// Amounts in Chinese capitals as others write them.

extension ChineseCapitals {
  /// The amount in fen of a text in capitals; nil if it is none, or too large.
  ///
  /// Taken as they occur on invoices: 元, 圆 and 圓; 整 and 正, or neither; zeros left out or
  /// written; `（负数）`, 负 and `-` before it; 人民币 and the sign ⊗ that fills the space before it.
  static func fen(_ text: String) -> Int64? {
    var scalars = Array(
      text.unicodeScalars.lazy.filter { $0.value > 0x20 && $0 != "\u{3000}" && $0 != "\u{A0}" })[
        ...]
    let isNegative = dropSigns(&scalars)
    guard let yuan = integer(&scalars), let rest = fraction(&scalars), yuan.isGiven || rest != nil
    else { return nil }
    if scalars.first == "整" || scalars.first == "正" { scalars.removeFirst() }
    guard scalars.isEmpty else { return nil }
    let (whole, overflow) = yuan.value.multipliedReportingOverflow(by: 100)
    let (sum, tooLarge) = whole.addingReportingOverflow(rest ?? 0)
    guard !overflow, !tooLarge, sum <= Int64.max.magnitude + (isNegative ? 1 : 0) else {
      return nil
    }
    return isNegative ? Int64(truncatingIfNeeded: 0 &- sum) : Int64(sum)
  }

  private typealias Scalars = ArraySlice<Unicode.Scalar>

  /// What stands before the digits; whether it says that the amount is below zero.
  private static func dropSigns(_ scalars: inout Scalars) -> Bool {
    var isNegative = false
    while let first = scalars.first {
      switch first {
      case "负", "負", "-", "−", "－": isNegative = true
      case "人", "民", "币", "幣", "⊗", "ⓧ", "Ⓧ", "¥", "￥", "(", ")", "（", "）", ":", "：", "数", "數":
        break
      default: return isNegative
      }
      scalars.removeFirst()
    }
    return isNegative
  }

  /// The digits up to 元. Without 元 there are none, and what is there is left to `fraction`.
  private static func integer(_ scalars: inout Scalars) -> (value: UInt64, isGiven: Bool)? {
    guard let end = scalars.firstIndex(where: { $0 == "元" || $0 == "圆" || $0 == "圓" }) else {
      return (0, false)
    }
    let digits = scalars[..<end]
    scalars = scalars[(end + 1)...]
    var number = Number()
    for scalar in digits { guard number.take(scalar) else { return nil } }
    guard !digits.isEmpty, let value = number.value else { return nil }
    return (value, true)
  }

  /// 角 and 分, as fen; nil inside if there are none of them, nil outside if it is wrong.
  private static func fraction(_ scalars: inout Scalars) -> UInt64?? {
    var value: UInt64?
    for (unit, fen) in [("角", 10), ("分", 1)] as [(Unicode.Scalar, UInt64)] {
      var rest = scalars
      // A zero before the digit fills the place of 元 or 角 that has none.
      while rest.count > 2, rest.first == "零" || rest.first == "〇",
        rest.dropFirst().first != unit
      {
        rest.removeFirst()
      }
      guard let first = rest.first, let digit = Number.digit(first),
        rest.dropFirst().first == unit
      else { continue }
      value = (value ?? 0) + digit * fen
      scalars = rest.dropFirst(2)
    }
    return .some(value)
  }

  /// A whole number, read from its largest unit down.
  private struct Number {
    /// What is complete: everything up to the last 亿, and up to the last 万 after it.
    private var high: UInt64 = 0
    private var middle: UInt64 = 0
    private var section: UInt64 = 0
    private var digit: UInt64?
    /// The last unit of the section; the next must be smaller.
    private var last: UInt64 = 10_000

    static func digit(_ scalar: Unicode.Scalar) -> UInt64? {
      switch scalar {
      case "零", "〇": 0
      case "壹", "壱", "一": 1
      case "贰", "貳", "弍", "二", "两": 2
      case "叁", "參", "叄", "三": 3
      case "肆", "四": 4
      case "伍", "五": 5
      case "陆", "陸", "六": 6
      case "柒", "七": 7
      case "捌", "八": 8
      case "玖", "九": 9
      default: nil
      }
    }

    private static func unit(_ scalar: Unicode.Scalar) -> UInt64? {
      switch scalar {
      case "拾", "十": 10
      case "佰", "百": 100
      case "仟", "千": 1000
      case "万", "萬": 10_000
      case "亿", "億": 100_000_000
      default: nil
      }
    }

    /// - Returns: whether the sign may stand there.
    mutating func take(_ scalar: Unicode.Scalar) -> Bool {
      if let value = Number.digit(scalar) {
        guard digit == nil || digit == 0 else { return false }
        digit = value
        return true
      }
      guard let unit = Number.unit(scalar) else { return false }
      if unit < 10_000 {
        guard unit < last else { return false }
        // 拾元 for 壹拾元.
        if unit == 10, digit == nil || digit == 0 { digit = 1 }
        guard let digit, digit > 0 else { return false }
        section += digit * unit
        (self.digit, last) = (nil, unit)
        return true
      }
      close()
      if unit == 10_000 {
        guard middle == 0, section > 0 else { return false }
        (middle, section) = (section * unit, 0)
        return true
      }
      let (sum, tooLarge) = high.addingReportingOverflow(middle + section)
      let (product, overflow) = sum.multipliedReportingOverflow(by: unit)
      guard !tooLarge, !overflow, sum > 0 else { return false }
      (high, middle, section) = (product, 0, 0)
      return true
    }

    private mutating func close() {
      section += digit ?? 0
      (digit, last) = (nil, 10_000)
    }

    var value: UInt64? {
      let (sum, overflow) = high.addingReportingOverflow(middle + section + (digit ?? 0))
      return overflow ? nil : sum
    }
  }
}

extension Money {
  /// The amount of a text in Chinese capitals, as others write them; nil if it is none.
  package init?(capitals: String) {
    guard let fen = ChineseCapitals.fen(capitals) else { return nil }
    self.init(fen: fen)
  }
}
