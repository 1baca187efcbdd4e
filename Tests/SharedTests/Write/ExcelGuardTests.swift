import Testing

@testable import Shared

struct ExcelGuardTests {
  @Test(arguments: [
    ("26332000000000000101", "\"=\"\"26332000000000000101\"\"\""), ("0571", "\"=\"\"0571\"\"\""),
    ("1E5", "\"=\"\"1E5\"\"\""), ("91330000142942095H", "91330000142942095H"), ("12", "12"),
    ("0", "0"), ("033002000211-83089647", "033002000211-83089647"), ("E5", "E5"), ("5E", "5E"),
  ])
  func aCodeThatExcelWouldChangeIsWrittenAsAFormula(_ code: String, _ cell: String) throws {
    let output = ByteOutput.memory()
    let writer = RecordWriter(
      .csv, [Column(.code("a", "甲")), Column(.text("b", "乙"))], excel: true, to: output)
    writer.text(code)
    writer.text(code)
    try writer.endRow()
    #expect(output.text == "a,b\n\(cell),\(code)\n")
  }
}
