/// Amounts in Chinese capitals (人民币大写), which cannot be altered with a stroke of the pen.
///
/// Source: 中国人民银行《支付结算办法》附一《正确填写票据和结算凭证的基本规定》, articles 1 to 4. Where these
/// leave a choice (零 after 万 and 元, 整 after 角), the form that they name first is taken, and 整
/// is written after 角.
enum ChineseCapitals {
  private static let digits: [Character] = [
    "零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖",
  ]
  private static let wan: UInt64 = 10_000
  private static let yi: UInt64 = 100_000_000

  static func text(fen: Int64) -> String {
    let magnitude = fen.magnitude
    let (yuan, rest) = magnitude.quotientAndRemainder(dividingBy: 100)
    let (jiao, last) = (rest / 10, rest % 10)
    var text = fen < 0 ? "负" : ""
    if yuan > 0 || magnitude == 0 { text += integer(yuan) + "元" }
    if rest == 0 { return text + "整" }
    // A zero before what follows: 元 without a digit of its own, or 角 left out between 元 and 分.
    if yuan > 0, yuan % 10 == 0 || jiao == 0 { text += "零" }
    if jiao > 0 { text += "\(digit(jiao))角" }
    return text + (last > 0 ? "\(digit(last))分" : "整")
  }

  /// Above 亿 the digits are read as a number of its own: 1e12 is 壹万亿.
  private static func integer(_ number: UInt64) -> String {
    if number >= yi { return joined(number, yi, "亿") }
    if number >= wan { return joined(number, wan, "万") }
    return group(number)
  }

  /// What stands above a unit, the unit, and what stands below it; 零 where that has fewer digits.
  private static func joined(_ number: UInt64, _ unit: UInt64, _ name: String) -> String {
    let (above, below) = number.quotientAndRemainder(dividingBy: unit)
    let text = integer(above) + name
    if below == 0 { return text }
    return text + (below < unit / 10 ? "零" : "") + integer(below)
  }

  /// Up to four digits; zeros between them are one 零, zeros at the end are none.
  private static func group(_ number: UInt64) -> String {
    if number == 0 { return String(digit(0)) }
    var text = ""
    var isZeroDue = false
    for (unit, name) in [(1000, "仟"), (100, "佰"), (10, "拾"), (1, "")] as [(UInt64, String)] {
      let value = number / unit % 10
      if value == 0 {
        isZeroDue = !text.isEmpty
        continue
      }
      if isZeroDue { text.append(digit(0)) }
      isZeroDue = false
      text.append(digit(value))
      text += name
    }
    return text
  }

  private static func digit(_ value: UInt64) -> Character { digits[Int(value)] }
}

extension Money {
  /// In Chinese capitals, without 人民币 before them: `壹拾万柒仟元零伍角叁分`; below zero with 负.
  package var capitals: String {
    ChineseCapitals.text(fen: fen)
  }
}
