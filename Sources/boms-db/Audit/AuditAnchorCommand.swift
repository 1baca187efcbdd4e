import ArgumentParser
import Shared

/// `boms-db audit anchor`.
struct AuditAnchorCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "anchor",
    Phrase(
      "Write the last row's number and code, to be kept where the books are not.",
      "写出最后一行的编号和校验码，留存在账套之外。"),
    examples: [
      "boms-db audit anchor >> /media/usb/mall.anchors",
      "boms-db audit anchor | mail -s anchor auditor@example.com",
    ],
    discussion: Phrase(
      "The line: the row's number, its time (UTC), its code.", "该行内容：行号、时间（UTC）、校验码。"))

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
