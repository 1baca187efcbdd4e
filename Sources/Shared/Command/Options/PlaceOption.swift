import ArgumentParser

/// Where pages go.
package struct PlaceOption: ParsableArguments {
  @Option(
    help: .boms(
      "Write to this file; with '/' at its end, or where it is a folder, one file a page into it.",
      "写入此文件；以“/”结尾或已是目录时，每页一个文件写入该目录。",
      valueName: "file|folder/"),
    completion: .file())
  package var out: String?

  package init() {}

  package func validate() throws {
    if out == "" { throw ValidationError("--out takes a file or a folder", "--out 应为文件或目录") }
  }

  package var place: Place {
    guard let out, out != "-" else { return .standardOutput }
    if out.hasSuffix("/") || OutputFile.isFolder(out) {
      // Without the slashes at the end, but for the root itself.
      var folder = out
      while folder.count > 1, folder.hasSuffix("/") { folder.removeLast() }
      return .folder(folder)
    }
    return .file(out)
  }
}

package enum Place: Sendable {
  case standardOutput
  case file(String)
  case folder(String)

  /// Lets `body` write to the file, or to standard output; the file appears when it is done.
  /// - Parameter name: the file's name where the place is a folder.
  package func write(_ name: String, _ body: (ByteOutput) throws -> Void) throws {
    let path: String
    switch self {
    case .standardOutput:
      let output = ByteOutput()
      try body(output)
      return try output.flush()
    case .file(let file): path = file
    case .folder(let folder): path = folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
    }
    let file = try OutputFile(path)
    try body(file.output)
    try file.finish()
  }

  /// The word for the summary; nil where nothing but a stream was written.
  package var summary: Phrase? {
    switch self {
    case .standardOutput: nil
    case .file(let path): Phrase("in '\(path)'", "写入“\(path)”")
    case .folder(let path): Phrase("in the folder '\(path)'", "写入目录“\(path)”")
    }
  }
}
