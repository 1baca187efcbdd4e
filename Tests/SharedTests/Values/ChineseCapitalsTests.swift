import Shared
import TestSupport
import Testing

/// Amounts in capitals, by the rules for filling in cheques and vouchers.
struct ChineseCapitalsTests {
  /// The examples of the rules themselves (正确填写票据和结算凭证的基本规定); of two allowed forms the first.
  static let ofTheRules: [(Int64, String)] = [
    (140_950, "壹仟肆佰零玖元伍角整"),
    (600_714, "陆仟零柒元壹角肆分"),
    (168_032, "壹仟陆佰捌拾元零叁角贰分"),
    (10_700_053, "壹拾万柒仟元零伍角叁分"),
    (1_640_902, "壹万陆仟肆佰零玖元零贰分"),
    (32_504, "叁佰贰拾伍元零肆分"),
  ]

  static let small: [(Int64, String)] = [
    (0, "零元整"), (1, "壹分"), (5, "伍分"), (10, "壹角整"), (15, "壹角伍分"), (50, "伍角整"),
    (99, "玖角玖分"), (100, "壹元整"), (101, "壹元零壹分"), (110, "壹元壹角整"), (111, "壹元壹角壹分"),
    (1000, "壹拾元整"), (1001, "壹拾元零壹分"), (1010, "壹拾元零壹角整"), (1050, "壹拾元零伍角整"),
    (1100, "壹拾壹元整"), (1150, "壹拾壹元伍角整"), (2000, "贰拾元整"), (10_000, "壹佰元整"),
    (10_100, "壹佰零壹元整"), (11_000, "壹佰壹拾元整"), (11_010, "壹佰壹拾元零壹角整"),
    (100_714, "壹仟零柒元壹角肆分"), (100_000, "壹仟元整"), (100_100, "壹仟零壹元整"),
    (101_000, "壹仟零壹拾元整"), (110_000, "壹仟壹佰元整"), (110_100, "壹仟壹佰零壹元整"),
    (123_456, "壹仟贰佰叁拾肆元伍角陆分"), (999_999, "玖仟玖佰玖拾玖元玖角玖分"),
  ]

  static let large: [(Int64, String)] = [
    (1_000_000, "壹万元整"), (1_000_100, "壹万零壹元整"), (1_001_000, "壹万零壹拾元整"),
    (1_010_000, "壹万零壹佰元整"), (1_100_000, "壹万壹仟元整"), (1_100_100, "壹万壹仟零壹元整"),
    (1_000_050, "壹万元零伍角整"), (1_000_005, "壹万元零伍分"), (10_000_000, "壹拾万元整"),
    (10_000_100, "壹拾万零壹元整"), (10_500_000, "壹拾万伍仟元整"), (100_000_000, "壹佰万元整"),
    (101_000_000, "壹佰零壹万元整"), (1_000_000_000, "壹仟万元整"),
    (1_000_100_000, "壹仟万壹仟元整"), (1_001_000_000, "壹仟零壹万元整"),
    (2_000_001_000, "贰仟万零壹拾元整"), (10_000_000_000, "壹亿元整"),
    (10_000_000_100, "壹亿零壹元整"), (10_000_000_110, "壹亿零壹元壹角整"),
    (10_001_000_000, "壹亿零壹万元整"), (10_000_100_000, "壹亿零壹仟元整"),
    (10_100_000_000, "壹亿零壹佰万元整"), (11_000_000_000, "壹亿壹仟万元整"),
    (10_001_000_100, "壹亿零壹万零壹元整"), (101_000_000_000, "壹拾亿壹仟万元整"),
    (3_456_186_829, "叁仟肆佰伍拾陆万壹仟捌佰陆拾捌元贰角玖分"),
    (100_000_000_000_000, "壹万亿元整"), (100_010_000_000_000, "壹万零壹亿元整"),
    (100_000_000_000_100, "壹万亿零壹元整"), (110_000_000_000_000, "壹万壹仟亿元整"),
    (10_000_000_000_000_000, "壹佰万亿元整"), (1_000_000_000_000_000_000, "壹亿亿元整"),
    (.max, "玖亿贰仟贰佰叁拾叁万柒仟贰佰零叁亿陆仟捌佰伍拾肆万柒仟柒佰伍拾捌元零柒分"),
  ]

  @Test(arguments: ofTheRules + small + large)
  func anAmountIsWrittenAsTheRulesSay(fen: Int64, text: String) {
    #expect(Money(fen: fen).capitals == text)
    if fen > 0 { #expect(Money(fen: -fen).capitals == "负" + text) }
  }

  @Test func theSmallestAmountHasCapitalsToo() {
    #expect(Money(fen: .min).capitals.hasSuffix("柒佰伍拾捌元零捌分"))
  }

  /// Read back by other means: digits and units alone give the amount again.
  @Test func everyAmountCanBeReadBack() throws {
    var generator = Seeded(1)
    for _ in 0..<20_000 {
      let bits = Int.random(in: 1...62, using: &generator)
      let fen = Int64.random(in: 0...(1 << bits), using: &generator)
      let text = Money(fen: fen).capitals
      #expect(read(text) == fen, "\(fen): \(text)")
      #expect(!text.contains("零零") && !text.contains("零元零"))
    }
  }

  private func read(_ text: String) -> Int64 {
    let digits = Array("零壹贰叁肆伍陆柒捌玖")
    let small: [Character: Int64] = ["拾": 10, "佰": 100, "仟": 1000]
    var (total, high, section, digit) = (Int64(0), Int64(0), Int64(0), Int64(0))
    for character in text {
      if let value = digits.firstIndex(of: character) {
        digit = Int64(value)
      } else if let unit = small[character] {
        section += digit * unit
        digit = 0
      } else if character == "万" {
        high += (section + digit) * 10_000
        (section, digit) = (0, 0)
      } else if character == "亿" {
        high = (high + section + digit) * 100_000_000
        (section, digit) = (0, 0)
      } else if character == "元" {
        total = (high + section + digit) * 100
        (high, section, digit) = (0, 0, 0)
      } else if character == "角" {
        total += digit * 10
        digit = 0
      } else if character == "分" {
        total += digit
        digit = 0
      }
    }
    return total
  }
}
