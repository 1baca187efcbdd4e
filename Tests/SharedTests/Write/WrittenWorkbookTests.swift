import TestSupport
import Testing

@testable import Shared

struct WrittenWorkbookTests {
  @Test func aPartThatIsCutShortAnywhereIsNotWhole() {
    let sheet = Array(
      """
      <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
      <worksheet xmlns="x"><dimension ref="A1"/><sheetData><row r="1"><c r="A1" t="inlineStr"><is>\
      <t>a &lt; b / c</t></is></c></row></sheetData><pageMargins left="0.7"/></worksheet>
      """.utf8)
    func isClosed(_ bytes: ArraySlice<UInt8>) -> Bool {
      var elements = XMLElements()
      for byte in bytes { elements.take(byte) }
      return elements.areClosed
    }
    #expect(isClosed(sheet[...]))
    for end in sheet.indices { #expect(!isClosed(sheet[..<end]), "\(end)") }
  }

  @Test func aWorkbookIsWholeUntilItIsCut() throws {
    let workspace = try Workspace()
    let book = try Workbook(made: "2026-11-29")
    book.sheet("a").text(0, 0, "租金")
    let file = try OutputFile(workspace.file("a.xlsx"))
    try book.finish(to: file.output)
    try file.finish()
    #expect(WrittenWorkbook.isWhole(workspace.file("a.xlsx")))
    #expect(try workspace.shell("head -c 3000 a.xlsx > b.xlsx; : > c.xlsx").status == 0)
    #expect(!WrittenWorkbook.isWhole(workspace.file("b.xlsx")))
    #expect(!WrittenWorkbook.isWhole(workspace.file("c.xlsx")))
  }
}
