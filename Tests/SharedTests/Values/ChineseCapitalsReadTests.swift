import Shared
import TestSupport
import Testing

/// Amounts in capitals as they stand on other people's invoices.
struct ChineseCapitalsReadTests {
  @Test(arguments: [
    ("叁万圆整", 3_000_000), ("贰圆壹角贰分", 212), ("伍元陆角壹分", 561), ("壹万陆仟圆整", 1_600_000),
    ("壹拾叁万零捌佰陆拾肆圆壹角玖分", 13_086_419), ("叁拾玖元伍角肆分", 3954),
    ("（负数）叁万圆整", -3_000_000), ("(负数)壹仟元整", -100_000), ("负伍分", -5), ("⊗伍佰贰拾陆圆整", 52600),
    ("人民币壹佰元正", 10_000), ("￥壹佰零陆圆", 10_600), ("壹佰陆圆整", 10_600), ("拾圆整", 1000),
    ("壹佰壹拾元整", 11_000), ("壹佰拾元整", 11_000), ("零元整", 0), ("零圆陆角", 60), ("陆角整", 60),
    ("壹元零伍分", 105), ("壹圆零角伍分", 105), ("一百零六元整", 10_600), ("貳萬圓整", 2_000_000),
    ("壹万 壹仟 圆整", 1_100_000), ("壹亿零叁拾万元整", 10_030_000_000),
  ])
  func anAmountIsReadAsPeopleWriteIt(text: String, fen: Int) {
    #expect(Money(capitals: text)?.fen == Int64(fen))
  }

  @Test(arguments: [
    "", "元整", "整", "壹贰元整", "壹拾壹佰元整", "壹佰壹佰元整", "万元整", "壹元壹元", "壹佰零柒", "100.00",
    "壹元整整", "壹元整壹角", "壹分壹角", "壹点伍元", "负", "（负数）", "壹万壹万元整", "壹元伍",
  ])
  func whatIsNoAmountIsNotRead(text: String) {
    #expect(Money(capitals: text) == nil)
  }

  @Test func whatIsTooLargeIsNotRead() {
    #expect(Money(capitals: "玖亿贰仟贰佰叁拾叁万柒仟贰佰零叁亿陆仟捌佰伍拾肆万柒仟柒佰伍拾捌元零捌分") == nil)
    #expect(Money(capitals: "玖仟万亿亿亿元整") == nil)
  }

  /// The reader and the writer agree on every amount, from one end of the range to the other.
  @Test func whateverIsWrittenIsReadAgain() {
    var generator = Seeded(5)
    for fen in [Int64.min, .min + 1, -1, 0, 1, .max - 1, .max] {
      #expect(Money(capitals: Money(fen: fen).capitals)?.fen == fen)
    }
    for _ in 0..<20_000 {
      let fen =
        Int64.random(in: .min ... .max, using: &generator)
        >> Int64.random(
          in: 0...62, using: &generator)
      let text = Money(fen: fen).capitals
      #expect(Money(capitals: text)?.fen == fen, "\(fen): \(text)")
      let other = text.replacing("元", with: "圆").replacing("整", with: "正")
      #expect(Money(capitals: other)?.fen == fen, "\(other)")
    }
  }
}
