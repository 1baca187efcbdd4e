import Foundation
import Shared
import TestSupport
import Testing

@testable import boms_invoice

/// The workbook for the tax bureau, read by a reader that is not ours.
struct BatchWorkbookTests {
  private static let template =
    Repository.path("../shared/samples/einvoice/batch_issue_template_V260401.xlsx")
  static let hasTemplate = FileManager.default.fileExists(atPath: template)
  static let hasReader =
    (try? Workspace().run("/usr/bin/python3", "-c", "import openpyxl").status) == 0

  /// Sheets as `name`, `state`, `cells` by `ROW,COLUMN` from 0, `lists` by column, and what is no text.
  private static let reader = """
    import json, sys, warnings
    import openpyxl
    warnings.simplefilter("ignore")
    book = openpyxl.load_workbook(sys.argv[1])
    sheets = []
    for sheet in book:
        cells, other = {}, []
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is None:
                    continue
                cells[f"{cell.row - 1},{cell.column - 1}"] = str(cell.value)
                if cell.row > 3 and (cell.data_type != "s" or cell.number_format != "@"):
                    other.append(cell.coordinate)
        lists = {}
        for rule in sheet.data_validations.dataValidation:
            if rule.type == "list" and rule.formula1.startswith('"'):
                lists[str(rule.sqref)] = rule.formula1.strip('"')
        merged = sorted(str(r) for r in sheet.merged_cells.ranges if r.min_row > 1)
        sheets.append({"name": sheet.title, "state": sheet.sheet_state, "cells": cells,
                       "lists": lists, "other": other, "merged": merged})
    print(json.dumps(sheets))
    """

  private struct Sheet: Decodable {
    var name: String
    var state: String
    var cells: [String: String]
    var lists: [String: String]
    var other: [String]
    var merged: [String]

    /// The rows from the fourth on, each by column.
    var data: [[String: String]] {
      var rows: [Int: [String: String]] = [:]
      for (place, text) in cells {
        let parts = place.split(separator: ",").compactMap { Int($0) }
        if parts[0] >= 3 { rows[parts[0], default: [:]]["\(parts[1])"] = text }
      }
      return rows.sorted { $0.key < $1.key }.map(\.value)
    }
  }

  private func read(_ path: String) throws -> [String: Sheet] {
    let run = try Workspace().run("/usr/bin/python3", "-c", Self.reader, path)
    try #require(run.status == 0, "\(run)")
    let sheets = try JSONDecoder().decode([Sheet].self, from: Data(run.out.utf8))
    return Dictionary(uniqueKeysWithValues: sheets.map { ($0.name, $0) })
  }

  private func written() throws -> (IssuePlace, [String: Sheet]) {
    let place = try IssuePlace()
    try place.bill("2026-01-10")
    try place.request("2026-01-10")
    try place.succeed(
      "boms-invoice", "request", "export", "--xlsx", "issue.xlsx", "--company", "A", "--as-of",
      "2026-01-10")
    return (place, try read(place.workspace.file("issue.xlsx")))
  }

  @Test(.enabled(if: hasReader)) func theSheetsAreAsDescribed() throws {
    let sheets = try written().1
    for layout in BatchLayout.sheets {
      let sheet = try #require(sheets[layout.name])
      #expect(sheet.state == "visible")
      #expect(sheet.other == [])
      #expect(sheet.merged == layout.merged.sorted())
      for (column, described) in layout.columns.enumerated() {
        #expect(sheet.cells["1,\(column)"] == described.limit, "\(layout.name) \(column)")
        #expect(sheet.cells["2,\(column)"] == described.heading, "\(layout.name) \(column)")
      }
      #expect(
        sheet.lists.values.sorted()
          == layout.columns.map { $0.choices.joined(separator: ",") }.filter { !$0.isEmpty }
          .sorted())
    }
    let version = try #require(sheets["excelVersion"])
    #expect(version.state == "hidden")
    #expect(version.cells == ["3,0": "pt:20260401"])
  }

  @Test(.enabled(if: hasReader)) func aRequestStandsUnderTheHeadingsThatItBelongsTo() throws {
    let sheets = try written().1
    let header = try #require(sheets[BatchLayout.header.name])
    func cell(_ row: [String: String], _ layout: BatchLayout.Sheet, _ heading: String) -> String? {
      layout.column(heading).flatMap { row["\($0)"] }
    }
    #expect(header.data.count == 2)
    let first = header.data[0]
    #expect(cell(first, BatchLayout.header, "发票流水号") == "A-KP2601-0001")
    #expect(cell(first, BatchLayout.header, "发票类型") == "增值税专用发票")
    #expect(cell(first, BatchLayout.header, "特定业务类型") == "不动产经营租赁服务")
    #expect(cell(first, BatchLayout.header, "是否含税") == "是")
    #expect(cell(first, BatchLayout.header, "受票方自然人标识") == "否")
    #expect(cell(header.data[1], BatchLayout.header, "受票方自然人标识") == "是")
    #expect(cell(first, BatchLayout.header, "购买方纳税人识别号") == "91110108690017781B")
    let line = try #require(sheets[BatchLayout.lines.name]).data[0]
    #expect(cell(line, BatchLayout.lines, "商品和服务税收编码") == "3040502020400000000")
    #expect(cell(line, BatchLayout.lines, "金额") == "1090.00")
    #expect(cell(line, BatchLayout.lines, "税率") == "0.09")
    let leases = try #require(sheets[BatchLayout.business.name]).data
    #expect(leases.count == 3)
    #expect(
      leases[0].values.sorted()
        == [
          "20260101", "20260131", "A-KP2601-0001", "㎡", "否", "文三路100号", "浙(2020)第1号", "浙江省杭州市西湖区",
        ].sorted())
    // The block of real estate leases, not that of sales: columns V to AB.
    #expect(leases[0].keys.compactMap { Int($0) }.sorted() == [0] + Array(21...27))
  }

  @Test(.enabled(if: hasReader && hasTemplate)) func itIsTheBureausOwnCellByCell() throws {
    let sheets = try written().1
    let official = try read(Self.template)
    for layout in BatchLayout.sheets {
      let ours = try #require(sheets[layout.name])
      let theirs = try #require(official[layout.name])
      for row in 1...2 {
        for column in 0..<60 {
          #expect(
            ours.cells["\(row),\(column)"] == theirs.cells["\(row),\(column)"],
            "\(layout.name) \(row) \(column)")
        }
      }
      #expect(ours.lists == theirs.lists)
      #expect(ours.merged == theirs.merged)
    }
    #expect(sheets["excelVersion"]?.cells["3,0"] == official["excelVersion"]?.cells["3,0"])
  }

  @Test func aFileTakesNoMoreRowsThanTheBureauReads() throws {
    func request(_ number: Int, lines: Int) -> RequestExportStore.Request {
      let line = RequestContent.Line(
        item: "rent", itemName: "租金", taxCode: "3040502020400000000", taxRate: "0.09",
        amounts: .zero, parts: [])
      return RequestExportStore.Request(
        id: Int64(number), number: "A-\(number)", isRed: false, state: .requested, companyNo: "A",
        sellerName: "甲", sellerTaxNo: "1", tenantNo: "T1", requestedOn: "2026-01-01", sums: .zero,
        content: RequestContent(
          buyer: RequestRulesTests.good.buyer, lines: Array(repeating: line, count: lines),
          leases: []))
    }
    let parts = BatchFiles.parts([
      request(1, lines: 1500), request(2, lines: 500), request(3, lines: 1),
      request(4, lines: 2000),
    ])
    #expect(parts.map { $0.map(\.number) } == [["A-1", "A-2"], ["A-3"], ["A-4"]])
  }

  @Test func theSameRequestsAreTheSameBytes() throws {
    let place = try IssuePlace()
    try place.bill("2026-01-10")
    try place.request("2026-01-10")
    for name in ["one.xlsx", "two.xlsx"] {
      try place.succeed(
        "boms-invoice", "request", "export", "--xlsx", name, "--as-of", "2026-01-10", "--dry-run")
    }
    for company in ["A", "B"] {
      let one = try Data(
        contentsOf: URL(fileURLWithPath: place.workspace.file("one-\(company).xlsx")))
      let two = try Data(
        contentsOf: URL(fileURLWithPath: place.workspace.file("two-\(company).xlsx")))
      #expect(one == two)
    }
  }
}
