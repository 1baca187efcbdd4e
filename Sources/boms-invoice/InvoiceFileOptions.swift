import ArgumentParser
import Shared

/// Which files: named, in folders and packs, or listed on standard input.
struct InvoiceFileOptions: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "Files, folders with all that is in them, zip packs; - is one file on stdin.",
      valueName: "file"),
    completion: .file())
  var files: [String] = []

  @Flag(help: "Read names from stdin, each ended by a zero, as 'find -print0' writes them.")
  var from0 = false

  func validate() throws {
    if from0, !files.isEmpty { throw ValidationError("--from0 reads the names: give no FILE") }
    try Environment.current.requireInput(files)
  }

  /// How a run ends that rejected some of what it was given: the others went through, or all were
  /// rejected, or there was nothing to read.
  static func status(read: Int, rejected: Int, unreadable: Int) -> ExitStatus? {
    if rejected == 0 { return nil }
    if rejected < read { return .some }
    return unreadable == read ? .noInput : .badData
  }

  /// Hands them over one after the other.
  func each(_ take: (InvoiceSource) throws -> Void) throws {
    let sources = InvoiceSources()
    if from0 {
      try sources.each(listedIn: InputSource("-"), take)
    } else {
      try sources.each(in: files.isEmpty ? ["-"] : files, take)
    }
  }
}
