import Shared
import Testing

struct IDNumberTests {
  // The first two are the examples of GB 11643-1999.
  @Test(arguments: ["11010519491231002X", "440524188001010014", "330106199003071236"])
  func theCheckCharacterIsComputed(_ number: String) {
    #expect(IDNumber.hasForm(number))
    #expect(IDNumber.expectedCheck(of: number) == number.last)
  }

  @Test(arguments: ["", "E12345678", "110105491231002", "1101051949123100XX"])
  func otherPapersHaveNotItsForm(_ number: String) {
    #expect(!IDNumber.hasForm(number))
    #expect(IDNumber.expectedCheck(of: number) == nil)
  }
}
