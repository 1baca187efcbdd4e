import ArgumentParser
import Shared

/// Everything that is due, for those who should know, once each.
package struct RemindCommand: Tool {
  package static let configuration = CommandConfiguration.boms(
    "boms-remind",
    Phrase("Record what is due as reminders, once each, and deliver them.", "把到期事项登记为提醒，每项一次，并发送。"),
    examples: [
      "boms-remind run --as-of 2026-11-22",
      "boms-remind list --state queued --format table",
      "boms-remind preview --kind overdue",
      "boms-remind deliver --channel mail --via boms-deliver-mail",
      "boms-remind ack 17 --reason 租户承诺周五付款",
      "boms-remind done ZZ-002 --next 2027-11-30 --reason 已续保",
    ],
    subcommands: [
      RunCommand.self, ListCommand.self, PreviewCommand.self, DeliverCommand.self,
      AckCommand.self, DoneCommand.self,
    ])

  package static let exits: [ExitStatus] = [
    .some, .badData, .noInput, .unavailable, .cannotCreate, .inputOutput, .busy, .noPermission,
    .settings,
  ]

  package init() {}

  package static var variables: [Variable] { Variable.common + [.templates, .tolerance] }
}
