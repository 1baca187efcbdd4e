import Shared
import Testing

@Suite struct FieldParserTests {
  /// Field, cell, what is stored, or the rule that is broken.
  static let cases: [(String, String, String)] = [
    ("thing_no", "007", "007"),
    ("thing_no", "  A-1 b\u{A0}", "A-1 b"),
    ("thing_no", "\u{3000}\u{200B}\u{FEFF}A1\u{202C}\u{3000}", "A1"),
    ("thing_no", "浙(2019)第07号", "浙(2019)第07号"),
    ("thing_no", "1.23E+17", "value.code!"),
    ("thing_no", "9.13301E+17", "value.code!"),
    ("thing_no", "5e3", "5e3"),
    ("thing_no", "91330106MA2B0CDE1X", "91330106MA2B0CDE1X"),
    ("thing_no", "A;B", "value.code!"),
    ("thing_no", "A\u{200B}B", "value.code!"),
    ("thing_no", "A\tB", "value.code!"),
    ("thing_no", "Ａ１", "value.code!"),
    ("thing_no", String(repeating: "铺", count: 64), String(repeating: "铺", count: 64)),
    ("thing_no", String(repeating: "铺", count: 65), "value.code!"),
    ("register", "", "total"),
    ("name", " 一行\n两行\t三 ", "一行\n两行\t三"),
    ("name", "a\u{7}b", "value.text!"),
    ("name", String(repeating: "店", count: 4000), String(repeating: "店", count: 4000)),
    ("name", String(repeating: "店", count: 4001), "value.text!"),
    ("bought_on", "2026-01-05", "2026-01-05"),
    ("bought_on", "2026/1/5", "2026-01-05"),
    ("bought_on", "2026.1.5", "2026-01-05"),
    ("bought_on", "20260105", "2026-01-05"),
    ("bought_on", "2026年1月5日", "2026-01-05"),
    ("bought_on", "2026 年 1 月 5 日", "value.date!"),
    ("bought_on", "２０２６－０１－０５", "2026-01-05"),
    ("bought_on", "2026/1/5 0:00", "2026-01-05"),
    ("bought_on", "2026-01-05 00:00:00", "2026-01-05"),
    ("bought_on", "2026-01-05T00:00:00", "2026-01-05"),
    ("bought_on", "2026年1月5日 0:00:00", "2026-01-05"),
    ("bought_on", "2026-01-05 12:30", "value.date!"),
    ("bought_on", "2026-01-05T00:00:00Z", "value.date!"),
    ("bought_on", "2024-02-29", "2024-02-29"),
    ("bought_on", "2026-02-29", "value.date!"),
    ("bought_on", "2026/13/1", "value.date!"),
    ("bought_on", "1899-12-31", "value.date!"),
    ("bought_on", "2026/1-5", "value.date!"),
    ("bought_on", "2026年1月5", "value.date!"),
    ("bought_on", "26/1/5", "value.date!"),
    ("bought_on", "1/5/2026", "value.date!"),
    ("bought_on", "46027", "value.date!"),
    ("bought_on", "2026-01-05x", "value.date!"),
    ("bought_on", "202601051", "value.date!"),
    ("bought_on", "明天", "value.date!"),
    ("bought_on", "2026Y1M5D", "value.date!"),
    ("month", "2026-01", "2026-01"),
    ("month", "2026/1", "2026-01"),
    ("month", "202601", "2026-01"),
    ("month", "2026年1月", "2026-01"),
    ("month", "2026-13", "value.month!"),
    ("month", "2026/1/1", "value.month!"),
    ("month", "Jan-26", "value.month!"),
    ("amount", "1234.5", "123450"),
    ("amount", "-0", "0"),
    ("amount", "1,234.50", "123450"),
    ("amount", "1,172,908.52", "117290852"),
    ("amount", "¥1,234.50", "123450"),
    ("amount", "￥ 12 元", "1200"),
    ("amount", "１，２３４．５０", "123450"),
    ("amount", "(1,234.50)", "-123450"),
    ("amount", "（12）", "-1200"),
    ("amount", "－12", "-1200"),
    ("amount", "−12", "-1200"),
    ("amount", "¥-12", "-1200"),
    ("amount", "+12", "1200"),
    ("amount", ".5", "50"),
    ("amount", "1.2000", "120"),
    ("amount", "1.201", "value.money!"),
    ("amount", "1,23", "value.money!"),
    ("amount", "12,34,567", "value.money!"),
    ("amount", "1234,567", "value.money!"),
    ("amount", "0,123", "value.money!"),
    ("amount", "1.234,5", "value.money!"),
    ("amount", "1,234,", "value.money!"),
    ("amount", "--1", "value.money!"),
    ("amount", "(-1)", "value.money!"),
    ("amount", "1.2.3", "value.money!"),
    ("amount", "1 234", "value.money!"),
    ("amount", "1.2E+3", "value.money!"),
    ("amount", "12%", "value.money!"),
    ("amount", "abc", "value.money!"),
    ("amount", "-", "value.money!"),
    ("amount", ".", "value.money!"),
    ("amount", "NaN", "value.money!"),
    ("amount", "92233720368547758.07", "9223372036854775807"),
    ("amount", "92233720368547758.08", "value.overflow!"),
    ("amount", "99999999999999999999999", "value.overflow!"),
    ("area_m2", "120.5", "120500000"),
    ("area_m2", "0.000001", "1"),
    ("area_m2", "0.0000001", "value.number!"),
    ("area_m2", "0", "value.positive!"),
    ("area_m2", "-1", "value.negative!"),
    ("percent", "5", "5000000"),
    ("percent", "5%", "5000000"),
    ("percent", "５％", "5000000"),
    ("percent", "0.5%", "500000"),
    ("percent", "0.5", "value.percent-ambiguous!"),
    ("percent", "0", "0"),
    ("percent", "1", "1000000"),
    ("percent", "五", "value.percent!"),
    ("tax_rate", "0.05", "50000"),
    ("tax_rate", "5%", "50000"),
    ("tax_rate", "1", "1000000"),
    ("tax_rate", "6", "value.rate-ambiguous!"),
    ("tax_rate", "5.00001%", "value.rate!"),
    ("tax_rate", "免税", "value.rate!"),
    ("rate_permille", "0.5", "500000"),
    ("rate_permille", "0.5‰", "500000"),
    ("rate_permille", "0.05%", "500000"),
    ("rate_permille", "万分之五", "500000"),
    ("rate_permille", "万分之5", "500000"),
    ("rate_permille", "万分之０.５", "50000"),
    ("rate_permille", "千分之一", "1000000"),
    ("rate_permille", "千分之半", "500000"),
    ("rate_permille", "百分之十", "100000000"),
    ("rate_permille", "万分之", "value.permille!"),
    ("rate_permille", "万分之五点五", "value.permille!"),
    ("line", "12", "12"),
    ("line", "1.0", "1"),
    ("line", "1.5", "value.integer!"),
    ("line", "0", "value.integer!"),
    ("line", "1000", "value.integer!"),
    ("invoiced", "是", "1"),
    ("invoiced", "YES", "1"),
    ("invoiced", "False", "0"),
    ("invoiced", "", "0"),
    ("invoiced", "maybe", "value.flag!"),
    ("kind", "mall", "mall"),
    ("kind", "MALL", "mall"),
    ("kind", "写字楼", "office"),
    ("kind", "ｏｆｆｉｃｅ", "office"),
    ("kind", "商场", "mall"),
    ("kind", "　商 场", "mall"),
    ("kind", "大商场", "value.choice!"),
    ("kind", "商", "value.choice!"),
    ("kind", "写字间", "value.choice!"),
    ("kind", "", "~"),
    ("days", "90;60；30、 7,7", "90;60;30;7"),
    ("days", "-30;0", "-30;0"),
    ("days", ";；", "~"),
    ("days", "a;1.5E+9", "value.codes!"),
  ]

  func parse(_ field: String, _ cell: String) throws -> String {
    let index = try #require(thing.index(of: field))
    let record = Record(thing)
    let parser = FieldParser(thing)
    do {
      var cell = cell
      try cell.withUTF8 { try parser.parse($0, into: record, at: index) }
    } catch let error as ValueError {
      #expect(error.hint != nil, "\(field) \(cell)")
      #expect(record.slots[index] == .empty)
      return error.rule + "!"
    }
    return String(stored(record).dropFirst(field.count + 1))
  }

  @Test func aCellIsReadAsItsFieldSays() throws {
    for (field, cell, wanted) in FieldParserTests.cases {
      #expect(try parse(field, cell) == wanted, "\(field) '\(cell)'")
    }
  }

  @Test func aHintSaysWhatToWrite() throws {
    let cases = [
      ("bought_on", "46027", "'2026-01-05'"),
      ("month", "2026/1/1", "'2026-01'"),
      ("percent", "0.5", "'0.5%' or '50%'"),
      ("tax_rate", "6", "'6%' or '600%'"),
      ("kind", "写字间", "did you mean '写字楼'?"),
      ("kind", "xyz", "one of: mall 购物中心 (商场, 百货), office 写字楼"),
      ("kind", "百货店", "did you mean '百货'?"),
      ("thing_no", "Ａ１", "write 'A1'"),
      ("thing_no", "1.23E+17", "format the column as text"),
    ]
    for (field, cell, wanted) in cases {
      let index = try #require(thing.index(of: field))
      let error = #expect(throws: ValueError.self) {
        var cell = cell
        try cell.withUTF8 { try FieldParser(thing).parse($0, into: Record(thing), at: index) }
      }
      #expect(error?.hint?.en.contains(wanted) == true, "\(error?.hint?.en ?? "")")
    }
  }

  @Test func aSensitiveValueIsMasked() throws {
    let index = try #require(thing.index(of: "phone"))
    let error = #expect(throws: ValueError.self) {
      var cell = "138;00000000"
      try cell.withUTF8 { try FieldParser(thing).parse($0, into: Record(thing), at: index) }
    }
    #expect(error?.message.en == "'1***' holds a semicolon")
  }

  @Test func whatIsStoredReadsAsItself() throws {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<2000 {
      let fen = Int64.random(in: -99_999_999_999...99_999_999_999, using: &random)
      for text in [Money(fen: fen).description, Money(fen: fen).grouped] {
        #expect(try parse("amount", text) == String(fen))
      }
      let day = CivilDate(number: Int32.random(in: -25_567...2_932_896, using: &random))
      let (year, month, date) = day.parts
      for text in ["\(day)", "\(year)/\(month)/\(date)", "\(year)年\(month)月\(date)日"] {
        #expect(try parse("bought_on", text) == "\(day)")
      }
    }
  }
}
