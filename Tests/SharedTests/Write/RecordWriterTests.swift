import Testing

@testable import Shared

private let columns = [
  Column("unit_no", "铺位号", .code),
  Column("name", "铺位名称", .text),
  Column("usage", "用途", .choice([Choice("shop", "商铺"), Choice("storage", "仓库")])),
  Column("area_m2", "建筑面积", .decimal(.positive, unit: "m²")),
  Column("rent", "月租金", .money(.any)),
  Column("tax_rate", "税率", .rate),
  Column("days", "天数", .integer(0...366)),
  Column("opened_on", "开业日期", .date),
  Column("billed", "已出账", .flag),
]

/// Two rows: one with everything, one with nothing but the key.
private func written(
  _ format: OutputFormat, headings: Language = .en, bom: Bool = false, width: Int? = nil
) throws -> String {
  let output = ByteOutput.memory()
  let writer = RecordWriter(
    format, columns, headings: headings, bom: bom, width: width, to: output)
  writer.text("007")
  writer.text("一楼，\"东\"翼, 大厅")
  writer.text("shop")
  writer.integer(120_500_000)
  writer.integer(-1_988_250)
  writer.integer(50_000)
  writer.integer(31)
  writer.date(CivilMonth(year: 2026, month: 1).day(clamped: 5))
  writer.integer(1)
  try writer.endRow()
  writer.text("008")
  for _ in 1..<columns.count { writer.null() }
  try writer.endRow()
  try writer.finish()
  #expect(writer.rows == 2)
  return output.text
}

private func one(_ format: OutputFormat, _ kind: FieldKind, _ text: String?) throws -> String {
  let output = ByteOutput.memory()
  let writer = RecordWriter(format, [Column("x", "某", kind)], to: output)
  if let text { writer.text(text) } else { writer.null() }
  try writer.endRow()
  try writer.finish()
  return output.text
}

@Suite struct RecordWriterTests {
  @Test func csvHasUnitsForPeopleAndQuotesOnlyWhereNeeded() throws {
    #expect(
      try written(.csv) == """
        unit_no,name,usage,area_m2,rent,tax_rate,days,opened_on,billed
        007,"一楼，""东""翼, 大厅",shop,120.5,-19882.50,0.05,31,2026-01-05,yes
        008,,,,,,,,

        """)
  }

  @Test func csvWithChineseHeadingsHasChineseWordsForListedValues() throws {
    #expect(
      try written(.csv, headings: .zh, bom: true) == """
        \u{FEFF}铺位号,铺位名称,用途,建筑面积,月租金,税率,天数,开业日期,已出账
        007,"一楼，""东""翼, 大厅",商铺,120.5,-19882.50,0.05,31,2026-01-05,是
        008,,,,,,,,

        """)
  }

  @Test(arguments: [
    ("a,b", "\"a,b\""), ("a\"b", "\"a\"\"b\""), ("a\nb", "\"a\nb\""), ("a\rb", "\"a\rb\""),
    (" a", "\" a\""), ("a ", "\"a \""), ("a b", "a b"), ("'a';b", "'a';b"), ("，", "，"),
  ])
  func csvQuotesWhatAReaderWouldOtherwiseTearApart(_ text: String, _ field: String) throws {
    #expect(try one(.csv, .text, text) == "x\n\(field)\n")
  }

  @Test func csvOfOneColumnKeepsARowOfNothingApartFromAnEmptyLine() throws {
    #expect(try one(.csv, .text, nil) == "x\n\"\"\n")
  }

  @Test func jsonIsOneArrayWithARecordALineAndExactNumbers() throws {
    #expect(
      try written(.json) == #"""
        [
        {"unit_no":"007","name":"一楼，\"东\"翼, 大厅","usage":"shop","area_m2":"120.5","rent":"-19882.50","tax_rate":"0.05","days":31,"opened_on":"2026-01-05","billed":true},
        {"unit_no":"008","name":null,"usage":null,"area_m2":null,"rent":null,"tax_rate":null,"days":null,"opened_on":null,"billed":null}
        ]

        """#)
  }

  @Test func jsonLinesKeepEnglishKeysUnderChineseHeadings() throws {
    #expect(
      try written(.jsonl, headings: .zh) == #"""
        {"unit_no":"007","name":"一楼，\"东\"翼, 大厅","usage":"商铺","area_m2":"120.5","rent":"-19882.50","tax_rate":"0.05","days":31,"opened_on":"2026-01-05","billed":true}
        {"unit_no":"008","name":null,"usage":null,"area_m2":null,"rent":null,"tax_rate":null,"days":null,"opened_on":null,"billed":null}

        """#)
  }

  @Test func jsonEscapesControlCharactersAndNothingElse() throws {
    #expect(
      try one(.jsonl, .text, "\\ \" / \n\r\t\u{8}\u{C}\u{1}\u{1F}\u{7F} 字😀")
        == #"{"x":"\\ \" / \n\r\t\b\f\u0001\u001f"# + "\u{7F} 字😀\"}\n")
  }

  @Test func tableLinesUpWhatIsWideAndRightAlignsNumbers() throws {
    #expect(
      try written(.table) == """
        unit_no  name                usage  area_m2       rent  tax_rate  days  opened_on   billed
        -------  ------------------  -----  -------  ---------  --------  ----  ----------  ------
        007      一楼，"东"翼, 大厅  shop     120.5  -19882.50      0.05    31  2026-01-05  yes
        008

        """)
  }

  @Test func tableWithChineseHeadingsLinesUpToo() throws {
    #expect(
      try written(.table, headings: .zh) == """
        铺位号  铺位名称            用途  建筑面积     月租金  税率  天数  开业日期    已出账
        ------  ------------------  ----  --------  ---------  ----  ----  ----------  ------
        007     一楼，"东"翼, 大厅  商铺     120.5  -19882.50  0.05    31  2026-01-05  是
        008

        """)
  }

  @Test func tableOnANarrowTerminalCutsTheWidestTextAndNeverANumber() throws {
    let lines = try written(.table, width: 84).split(separator: "\n")
    #expect(
      lines[2]
        == "007      一楼，\"东\"…   shop     120.5  -19882.50      0.05    31  2026-01-05  yes")
    #expect(lines.allSatisfy { DisplayWidth.of(String($0)) <= 84 })
  }

  @Test func tooNarrowATerminalGetsABlockForEachRowAndLosesNothing() throws {
    #expect(
      try written(.table, headings: .zh, width: 40) == """
        铺位号    007
        铺位名称  一楼，"东"翼, 大厅
        用途      商铺
        建筑面积  120.5
        月租金    -19882.50
        税率      0.05
        天数      31
        开业日期  2026-01-05
        已出账    是

        铺位号    008


        """)
  }

  @Test(arguments: [
    (20, "甲            乙  丙\n------------  --  --\nHT-2026-0001\n"),
    (19, "甲\n------------\nHT-2026-0001\n"),
  ])
  func columnsOfNothingAreLeftOutWhereThereIsNoRoom(width: Int, wanted: String) throws {
    let output = ByteOutput.memory()
    let writer = RecordWriter(
      .table, ["甲", "乙", "丙"].map { Column($0, $0, .code) }, headings: .zh, width: width,
      to: output)
    writer.text("HT-2026-0001")
    writer.null()
    writer.null()
    try writer.endRow()
    try writer.finish()
    #expect(output.text == wanted)
  }

  @Test func aCodeIsNeverCut() throws {
    let output = ByteOutput.memory()
    let writer = RecordWriter(
      .table, [Column("a", "甲", .code), Column("b", "乙", .text)], width: 28, to: output)
    writer.text("HT-2026-0001-A")
    writer.text("a text that is longer")
    try writer.endRow()
    try writer.finish()
    #expect(output.text.hasSuffix("HT-2026-0001-A  a text that…\n"))
  }

  @Test func nothingIsSaidIfThereAreRowsAndElseOnce() throws {
    var said = 0
    let none = RecordWriter(
      .table, [Column("a", "甲", .code)], noRows: { said += 1 }, to: ByteOutput.memory())
    try none.finish()
    #expect(said == 1)
    let one = RecordWriter(
      .table, [Column("a", "甲", .code)], noRows: { said += 1 }, to: ByteOutput.memory())
    one.text("x")
    try one.endRow()
    try one.finish()
    #expect(said == 1)
  }

  @Test func tableShowsNoControlCharacters() throws {
    #expect(try one(.table, .text, "a\u{1B}[31m\nb\u{9B}c") == "x\n----------\na [31m b\u{A0}c\n")
  }

  @Test func tableStreamsLaterRowsWithTheWidthsOfTheFirstThousand() throws {
    let output = ByteOutput.memory()
    let writer = RecordWriter(
      .table, [Column("a", "甲", .code), Column("b", "乙", .integer(0...9))], to: output)
    for row in 0..<1500 {
      writer.text(row < 1000 ? "x" : "longer")
      writer.integer(7)
      try writer.endRow()
    }
    try writer.finish()
    let lines = output.text.split(separator: "\n")
    #expect(lines.count == 1502)
    #expect(lines[0] == "a  b")
    #expect(lines[1001] == "x  7")
    #expect(lines[1002] == "longer  7")
  }

  @Test(arguments: [
    (OutputFormat.csv, "a,b\n"), (.json, "[]\n"), (.jsonl, ""), (.table, "a  b\n-  -\n"),
  ])
  func noRowsAreStillAWholeOutput(_ format: OutputFormat, _ expected: String) throws {
    let output = ByteOutput.memory()
    let writer = RecordWriter(
      format, [Column("a", "甲", .code), Column("b", "乙", .money(.any))], to: output)
    try writer.finish()
    #expect(output.text == expected)
  }

  @Test func extremeNumbersAreWrittenExactly() throws {
    let output = ByteOutput.memory()
    let writer = RecordWriter(
      .csv, [Column("a", "甲", .money(.any)), Column("b", "乙", .percent)], to: output)
    for value in [Int64.min, -1, 0, 1, .max] {
      writer.integer(value)
      writer.integer(value)
      try writer.endRow()
    }
    try writer.finish()
    #expect(
      output.text == """
        a,b
        -92233720368547758.08,-9223372036854.775808
        -0.01,-0.000001
        0.00,0
        0.01,0.000001
        92233720368547758.07,9223372036854.775807

        """)
  }
}
