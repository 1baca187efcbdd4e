import ArgumentParser
import Shared

/// `boms-db audit anchor`.
struct AuditAnchorCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "anchor", "Write the last row's number and code, to be kept where the books are not.",
    examples: [
      "boms-db audit anchor >> /media/usb/mall.anchors",
      "boms-db audit anchor | mail -s anchor auditor@example.com",
    ],
    discussion: "The line: the row's number, its time (UTC), its code.")

  @OptionGroup var database: DatabaseOptions
  @OptionGroup var say: SayOptions

  func run() throws {
    let context = say.context()
    let books = try context.books(database, .inspecting)
    let line = try books.read { try AnchorStore.line($0) }
    let output = ByteOutput()
    output.append(line + "\n")
    try output.flush()
  }
}
