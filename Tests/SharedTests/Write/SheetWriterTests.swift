import Foundation
import TestSupport
import Testing

@testable import Shared

/// Workbooks as somebody else's program reads them.
@Suite struct SheetWriterTests {
  static let hasReader =
    (try? Workspace().run("/usr/bin/python3", "-c", "import openpyxl").status) == 0

  private static let columns = [
    Column("unit_no", "铺位号", .code), Column("name", "铺位名称", .text),
    Column("usage", "用途", .choice([Choice("shop", "商铺")])),
    Column("area_m2", "建筑面积", .decimal(.any, unit: "m²")), Column("rent", "月租金", .money(.any)),
    Column("days", "天数", .integer(0...366)), Column("opened_on", "开业日期", .date),
    Column("month", "月份", .month), Column("billed", "已出账", .flag),
  ]

  private static let script = """
    import json, sys, openpyxl
    sheet = openpyxl.load_workbook(sys.argv[1]).active
    cells = [[[c.data_type, c.number_format, c.value.isoformat()[:10] if c.is_date else c.value]
      for c in row] for row in sheet]
    look = [sheet.title, sheet.freeze_panes, sheet.auto_filter.ref, sheet['A1'].font.b,
      [sheet.column_dimensions[c].width for c in 'AB'],
      sheet.parent.properties.created.isoformat()[:10]]
    for row in cells + [look]: print(json.dumps(row, ensure_ascii=False))
    """

  private func written(
    headings: Language = .zh, columns: [Column] = SheetWriterTests.columns,
    _ rows: (RecordWriter) throws -> Void
  ) throws -> [String] {
    let output = ByteOutput.memory()
    let writer = RecordWriter(
      .xlsx, columns, headings: headings, title: "租金台账",
      made: CivilMonth(year: 2026, month: 1).day(clamped: 31), to: output)
    try rows(writer)
    try writer.finish()
    let place = try Workspace()
    let file = try place.write("a.xlsx", bytes: Array(output.bytes))
    let run = try place.run("/usr/bin/python3", "-c", Self.script, file)
    try #require(run.status == 0, "\(run)")
    return run.lines
  }

  @Test(.enabled(if: hasReader)) func cellsHaveTheirTypes() throws {
    let lines = try written { writer in
      writer.text("007")
      writer.text("=1+1，一楼\"东\"翼")
      writer.text("shop")
      writer.integer(120_500_000)
      writer.integer(-1_988_250)
      writer.integer(31)
      writer.date(CivilMonth(year: 2026, month: 1).day(clamped: 5))
      writer.text("2026-01")
      writer.integer(1)
      try writer.endRow()
      writer.text("110101199003070018")
      for _ in 1..<Self.columns.count { writer.null() }
      try writer.endRow()
    }
    #expect(lines.count == 4)
    #expect(lines[0].hasPrefix(#"[["s", "@", "铺位号"], ["s", "@", "铺位名称"]"#))
    #expect(
      lines[1]
        == #"[["s", "@", "007"], ["s", "@", "=1+1，一楼\"东\"翼"], ["s", "@", "商铺"], "#
        + ##"["n", "#,##0.######", 120.5], ["n", "#,##0.00", -19882.5], ["n", "0", 31], "##
        + #"["d", "yyyy-mm-dd", "2026-01-05"], ["s", "@", "2026-01"], ["s", "@", "是"]]"#)
    #expect(lines[2].hasPrefix(#"[["s", "@", "110101199003070018"], ["n", "#))
    #expect(
      lines[3].hasPrefix(#"["租金台账", "A2", "A1:I3", true, [19."#), "\(lines[3])")
    #expect(lines[3].hasSuffix(#", "2026-01-31"]"#))
  }

  @Test(.enabled(if: hasReader)) func numbersLookAsTheirFieldMeansThem() throws {
    let kinds: [(kind: FieldKind, stored: [Int64])] = [
      (.rate, [90_000, 55_000, 0, 1_000_000, 123_456, 1, -130_000]),
      (
        .decimal(.any, unit: "㎡"),
        [120_000_000, 120_500_000, 0, 12_345_678_901_234, 1, 123_456, -5_630_000]
      ),
      (.percent, [5_000_000, 12_500_000, 0, 33_333_333, 100_000_000, 1, -1_500_000]),
      (.permille, [500_000, 1_000_000, 0, 50_000, 1, 10_000_000, 3_000_000]),
      (.integer(.min ... .max), [31, 2026, 0, 123_456_789_012, -3, 9999, 1]),
    ]
    let columns = kinds.enumerated().map { Column("c\($0)", "列\($0)", $1.kind) }
    let lines = try written(headings: .en, columns: columns) { writer in
      for row in 0..<7 {
        for (_, stored) in kinds { writer.integer(stored[row]) }
        try writer.endRow()
      }
    }
    #expect(
      lines.dropFirst().dropLast() == [
        ##"[["n", "0%", 0.09], ["n", "#,##0", 120], ["n", "#,##0", 5], ["n", "#,##0.######", 0.5], ["n", "0", 31]]"##,
        ##"[["n", "0.####%", 0.055], ["n", "#,##0.######", 120.5], ["n", "#,##0.######", 12.5], ["n", "#,##0", 1], ["n", "0", 2026]]"##,
        ##"[["n", "0%", 0], ["n", "#,##0", 0], ["n", "#,##0", 0], ["n", "#,##0", 0], ["n", "0", 0]]"##,
        ##"[["n", "0%", 1], ["n", "#,##0.######", 12345678.901234], ["n", "#,##0.######", 33.333333], ["n", "#,##0.######", 0.05], ["n", "0", 123456789012]]"##,
        ##"[["n", "0.####%", 0.123456], ["n", "#,##0.######", 1e-06], ["n", "#,##0", 100], ["n", "#,##0.######", 1e-06], ["n", "0", -3]]"##,
        ##"[["n", "0.####%", 1e-06], ["n", "#,##0.######", 0.123456], ["n", "#,##0.######", 1e-06], ["n", "#,##0", 10], ["n", "0", 9999]]"##,
        ##"[["n", "0%", -0.13], ["n", "#,##0.######", -5.63], ["n", "#,##0.######", -1.5], ["n", "#,##0", 3], ["n", "0", 1]]"##,
      ])
  }

  /// Below the rows and in a template no format must change what somebody means by a number: `9` under
  /// a percent would be 9 %.
  @Test(.enabled(if: hasReader)) func whereNothingStandsYetNumbersHaveNoFormat() throws {
    let output = ByteOutput.memory()
    try RecordWriter(.xlsx, Self.columns + [Column("t", "税率", .rate)], title: "a", to: output)
      .finish()
    let place = try Workspace()
    let file = try place.write("a.xlsx", bytes: Array(output.bytes))
    let formats = try place.run(
      "/usr/bin/python3", "-c",
      """
      import sys, openpyxl
      columns = openpyxl.load_workbook(sys.argv[1]).active.column_dimensions
      print(*(columns[c].number_format for c in 'ABCDEFGHIJ'))
      """, file)
    #expect(
      formats.out == "@ @ @ General #,##0.00 General yyyy-mm-dd @ @ General\n", "\(formats)")
  }

  @Test(.enabled(if: hasReader)) func whatExcelWouldRoundIsText() throws {
    let columns = [Column("a", "金额", .money(.any)), Column("d", "日期", .date)]
    let fen: [Int64] = [999_999_999_999_999, -1_000_000_000_000_000, .max, 1, 0]
    let days = ["1900-03-01", "1900-02-28", "9999-12-31", "unknown", "2026-02-29"]
    let lines = try written(headings: .en, columns: columns) { writer in
      for (fen, day) in zip(fen, days) {
        writer.integer(fen)
        writer.text(day)
        try writer.endRow()
      }
    }
    #expect(
      lines.dropFirst().dropLast() == [
        ##"[["n", "#,##0.00", 9999999999999.99], ["d", "yyyy-mm-dd", "1900-03-01"]]"##,
        ##"[["s", "@", "-10000000000000.00"], ["s", "@", "1900-02-28"]]"##,
        ##"[["s", "@", "92233720368547758.07"], ["d", "yyyy-mm-dd", "9999-12-31"]]"##,
        ##"[["n", "#,##0.00", 0.01], ["s", "@", "unknown"]]"##,
        ##"[["n", "#,##0.00", 0], ["s", "@", "2026-02-29"]]"##,
      ])
  }

  @Test(.enabled(if: hasReader)) func nothingIsASheetWithItsHeadings() throws {
    let lines = try written { _ in }
    #expect(lines[0].contains("铺位号"))
    #expect(lines.last?.hasPrefix(#"["租金台账", "A2", "A1:I2""#) == true)
  }

  @Test func aRowTooManyIsAnErrorAndNothingIsWritten() throws {
    let sheet = SheetWriter(
      [Column("a", "甲", .code)], .en, title: "a", made: CivilDate(number: 0), rowLimit: 3)
    try sheet.endRow()
    try sheet.endRow()
    let failure = #expect(throws: Failure.self) { try sheet.endRow() }
    #expect(failure?.status == .cannotCreate)
    #expect(failure?.message.en.contains("more rows than the 2") == true)
  }

  @Test func aTextTooLongForACellIsAnError() throws {
    let writer = RecordWriter(
      .xlsx, [Column("a", "甲", .text)], title: "a", to: ByteOutput.memory())
    writer.text(String(repeating: "字", count: 32_767))
    try writer.endRow()
    writer.text(String(repeating: "字", count: 32_768))
    let failure = #expect(throws: Failure.self) { try writer.endRow() }
    #expect(failure?.message.en.contains("32,767") == true)
  }
}
