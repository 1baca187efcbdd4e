import Shared
import Testing

@testable import boms_remind

struct RemindCommandTests {
  @Test func theKindsOfTheRegisterAreThoseThatThereAre() {
    #expect(Choice.reminderKinds.map(\.code) == ReminderKind.allCases.map(\.rawValue))
    #expect(Choice.reminderChannels.map(\.code) == ReminderChannel.allCases.map(\.rawValue))
  }

  @Test func everyStateOfALedgerIsAStateOfTheList() {
    let codes = ReminderListStore.states.map(\.code)
    #expect(RecordedReminder.State.allCases.allSatisfy { codes.contains($0.rawValue) })
  }
}
