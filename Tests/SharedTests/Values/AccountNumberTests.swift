import Testing

@testable import Shared

struct AccountNumberTests {
  @Test func onlyTheDigitsCount() {
    #expect(AccountNumber.digits("3558 0000 0000 1001") == "3558000000001001")
    #expect(AccountNumber.digits("33-44") == "3344")
    #expect(AccountNumber.digits("FTE1234") == "1234")
  }

  @Test func whatIsMaskedOrNoAccountTellsNothing() {
    for text in [nil, "", "****1234", "a1@example.com", "现金"] {
      #expect(AccountNumber.digits(text) == nil)
    }
  }
}
