import Testing

@testable import Shared

@Suite struct FoldingTests {
  @Test func aShortLineStaysAsItIs() {
    #expect(Folding.fold("the database is busy", width: 80) == ["the database is busy"])
  }

  @Test func wordsStayWhole() {
    let line = "unit.csv:2:area_m2: error: '-5' is not above zero [value.negative]"
    #expect(
      Folding.fold(line, width: 40) == [
        "unit.csv:2:area_m2: error: '-5' is not", "    above zero [value.negative]",
      ])
  }

  @Test func chineseIsFoldedBetweenCharactersButNotBeforeAComma() {
    let line = "合同“HT-2026-0001”的租户不存在，请核对编号，或先导入租户登记表后再试一次"
    let pieces = Folding.fold(line, width: 40)
    #expect(pieces.count == 2)
    #expect(pieces.allSatisfy { DisplayWidth.of($0) <= 40 })
    #expect(pieces.dropFirst().allSatisfy { $0.hasPrefix("    ") })
    #expect(pieces.map { $0.drop { $0 == " " } }.joined() == line)
    #expect(!pieces.contains { $0.drop { $0 == " " }.first == "，" })
  }

  @Test func coloursTakeNoColumn() {
    let plain = "boms-bill: warning: the fortieth column is here"
    let coloured = plain.replacing("warning", with: "\u{1B}[1;33mwarning\u{1B}[0m")
    #expect(Folding.fold(plain, width: 47) == [plain])
    #expect(Folding.fold(coloured, width: 47) == [coloured])
  }

  @Test func whatCannotBeBrokenStaysWhole() {
    let path = String(repeating: "x", count: 90)
    #expect(Folding.fold(path, width: 40) == [path])
    #expect(Folding.fold("see \(path)", width: 40) == ["see", "    " + path])
  }
}
