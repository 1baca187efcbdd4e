import Shared

/// The last line of what a step said, where it is a summary: `read 1,204 · new 3 · as of 2026-11-22`.
struct JobSummary: Equatable {
  let line: String
  /// A JSON object of its counts, `{"read":1204,"new":3}`; nil if there are none.
  let counts: String?

  /// The last line that is not empty; nil if there is none.
  init?(said text: String) {
    guard
      let line = text.split(separator: "\n").last(where: { !$0.allSatisfy(\.isWhitespace) })
    else { return nil }
    // It may be an error that names somebody.
    self.line = Masking.addresses(in: String(line))
    var members: [String] = []
    // A script's line has its name before it: `backup: bytes 950272 · kept 1`.
    let counted = line.firstRange(of: ": ").map { line[$0.upperBound...] } ?? line
    for part in counted.split(separator: "·") {
      let words = part.split(separator: " ")
      guard words.count >= 2, let last = words.last,
        let number = Int64(last.filter { $0 != "," }), !last.contains(".")
      else { continue }
      let name = ByteOutput.memory()
      name.appendJSON(words.dropLast().joined(separator: " "))
      members.append("\(String(decoding: name.bytes, as: UTF8.self)):\(number)")
    }
    counts = members.isEmpty ? nil : "{\(members.joined(separator: ","))}"
  }
}
