import ArgumentParser
import Shared

/// Which files: named, in folders and packs, or listed on standard input.
struct InvoiceFileOptions: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "Files, folders with all that is in them, zip packs; - is one file on stdin.",
      valueName: "file"))
  var files: [String] = []

  @Flag(help: "Read names from stdin, each ended by a zero, as 'find -print0' writes them.")
  var from0 = false

  func validate() throws {
    if from0, !files.isEmpty { throw ValidationError("--from0 reads the names: give no FILE") }
    try Environment.current.requireInput(files)
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
