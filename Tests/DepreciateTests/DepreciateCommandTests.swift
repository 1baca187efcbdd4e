import Testing

@testable import boms_depreciate

struct DepreciateCommandTests {
  @Test func itHasAName() {
    #expect(DepreciateCommand.configuration.commandName == "boms-depreciate")
  }
}
