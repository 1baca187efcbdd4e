import Shared
import Testing

struct CreditCodeTests {
  @Test(arguments: [
    "91350100M000100Y43", "91330000142942095H", "91330106MACKX4QG41", "91330106MA2B0CDE1X",
  ])
  func aRightCodeHasNoProblem(_ code: String) {
    #expect(CreditCode.problem(in: code) == nil)
    #expect(CreditCode.expectedCheck(of: code) == code.last)
  }

  @Test func aWrongCheckCharacterIsNamed() {
    #expect(CreditCode.problem(in: "91330000142942095A") == .check(expected: "H"))
  }

  @Test func everyOtherCheckCharacterIsWrong() {
    for character in "0123456789ABCDEFGJKLMNPQRTUWXY" {
      #expect(CreditCode.problem(in: "91330000142942095\(character)") == .check(expected: "H"))
    }
  }

  @Test func lettersThatDoNotStandInACodeAreNamed() {
    #expect(CreditCode.problem(in: "9133010OMA2B0CDE1X") == .character("O", place: 8))
    #expect(CreditCode.problem(in: "91330106ma2B0CDE1X") == .character("m", place: 9))
    #expect(CreditCode.problem(in: "91330106MA2B0CDE1Ｘ") == .character("Ｘ", place: 18))
  }

  @Test(arguments: ["", "9", "91330000142942095", "91330000142942095HH"])
  func theLengthIsEighteen(_ code: String) {
    #expect(CreditCode.problem(in: code) == .length(code.count))
  }

  @Test func theCheckOfSeventeenCharactersIsComputed() {
    #expect(CreditCode.expectedCheck(of: "91330000142942095") == "H")
    #expect(CreditCode.expectedCheck(of: "9133000014294209") == nil)
    #expect(CreditCode.expectedCheck(of: "9133000014294209O") == nil)
  }
}
