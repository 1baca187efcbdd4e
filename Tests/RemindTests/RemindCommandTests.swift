import Testing

@testable import boms_remind

struct RemindCommandTests {
  @Test func itHasAName() {
    #expect(RemindCommand.configuration.commandName == "boms-remind")
  }
}
