import ArgumentParser
import Shared

/// Which files: named, in folders and packs, or listed on standard input.
struct InvoiceFileOptions: ParsableArguments {
  @Argument(
    help: .boms(
      "Files, folders with all that is in them, zip packs; - is one file on stdin.",
      "文件、目录（含其中全部文件）或 zip 压缩包；“-”为标准输入的一个文件。",
      valueName: "file"),
    completion: .file())
  var files: [String] = []

  @Flag(
    help: .boms(
      "Read names from stdin, each ended by a zero, as 'find -print0' writes them.",
      "从标准输入读取文件名，以零字节分隔，同 'find -print0'。"))
  var from0 = false

  func validate() throws {
    if from0, !files.isEmpty {
      throw ValidationError("--from0 reads the names: give no FILE", "--from0 已从标准输入读取文件名，不能再给出文件")
    }
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
