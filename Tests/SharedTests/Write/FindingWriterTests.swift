import Testing

@testable import Shared

private func said(
  _ findings: [Finding], format: FindingWriter.Format = .text, limit: Int = 20,
  language: Language = .en, isColoured: Bool = false
) -> String {
  let output = ByteOutput.memory()
  let console = Console(
    tool: "boms-import", language: language, format: format, isColoured: isColoured, to: output)
  let writer = FindingWriter(console, limit: limit)
  for finding in findings { writer.write(finding) }
  writer.finish()
  return output.text
}

private let checkDigit = Finding(
  rule: "tenant.credit-code", file: "tenants.csv", line: 17, field: "credit_code",
  value: "91330000142942095A",
  message: Phrase("check digit of '91330000142942095A' does not match", "校验位不符"),
  hint: Phrase("the 18th character should be 'H'", "第18位应为 'H'"))

private func finding(_ level: Finding.Level, _ line: Int) -> Finding {
  Finding(level, rule: "r", file: "f", line: line, message: Phrase("m", "消息"))
}

@Suite struct FindingWriterTests {
  @Test func aFindingIsALineWithItsPlaceThenItsHint() {
    #expect(
      said([checkDigit]) == """
        tenants.csv:17:credit_code: error: check digit of '91330000142942095A' does not match \
        [tenant.credit-code]
          hint: the 18th character should be 'H'

        """)
  }

  @Test func inChineseTheSentenceIsChineseAndTheGrammarStays() {
    #expect(
      said([checkDigit], language: .zh) == """
        tenants.csv:17:credit_code: error: 校验位不符 [tenant.credit-code]
          hint: 第18位应为 'H'

        """)
  }

  @Test func onlyTheWordIsColoured() {
    #expect(
      said([finding(.error, 2)], isColoured: true) == "f:2: \u{1B}[1;31merror\u{1B}[0m: m [r]\n")
    #expect(
      said([finding(.warning, 2)], isColoured: true) == "f:2: \u{1B}[1;33mwarning\u{1B}[0m: m [r]\n"
    )
  }

  @Test func asJSONAFindingIsOneObjectWithEveryKey() {
    #expect(
      said([checkDigit, finding(.warning, 0)], format: .json) == #"""
        {"level":"error","rule":"tenant.credit-code","file":"tenants.csv","line":17,"field":"credit_code","value":"91330000142942095A","message":"check digit of '91330000142942095A' does not match","hint":"the 18th character should be 'H'"}
        {"level":"warning","rule":"r","file":"f","line":null,"field":null,"value":null,"message":"m","hint":null}

        """#)
  }

  @Test func warningsNeverCrowdOutErrorsAndTheRestIsCounted() {
    let findings =
      (1...6).map { finding(.warning, $0) } + (7...1240).map { finding(.error, $0) }
    #expect(
      said(findings, limit: 2) == """
        f:1: warning: m [r]
        f:2: warning: m [r]
        f:7: error: m [r]
        f:8: error: m [r]
        … and 1,232 more errors, 4 more warnings

        """)
    #expect(said(findings, limit: 2, language: .zh).hasSuffix("… 另有 1,232 个错误、4 个警告\n"))
    #expect(said((1...3).map { finding(.error, $0) }, limit: 2).hasSuffix("\n… and 1 more error\n"))
  }

  @Test func asJSONTheCountIsAnObjectToo() {
    #expect(
      said((1...3).map { finding(.error, $0) }, format: .json, limit: 2).hasSuffix(
        #"""
        {"level":"note","rule":"more","file":null,"line":null,"field":null,"value":null,"message":"… and 1 more error","hint":null}

        """#))
  }

  @Test func zeroMeansAll() {
    let lines = said((1...50).map { finding(.error, $0) }, limit: 0).split(separator: "\n")
    #expect(lines.count == 50)
  }

  @Test func aValueCannotWriteToTheTerminal() {
    var hostile = finding(.error, 2)
    hostile.message = Phrase("'\u{1B}[2J\n\u{9B}'", "")
    #expect(said([hostile]) == "f:2: error: ' [2J \u{A0}' [r]\n")
  }

  @Test func aFindingAboutNoFileHasNoPlace() {
    var nowhere = finding(.error, 0)
    nowhere.file = ""
    #expect(said([nowhere]) == "error: m [r]\n")
  }

  @Test func countsAreKept() {
    let writer = FindingWriter(Console(tool: "t", to: .memory()), limit: 1)
    for line in 1...3 { writer.write(finding(.error, line)) }
    writer.write(finding(.warning, 4))
    #expect(writer.errors == 3)
    #expect(writer.warnings == 1)
  }
}
