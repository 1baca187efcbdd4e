/// Findings as lines for people, or as one JSON object each. So many errors and so many warnings
/// are written, the others counted: a thousand warnings never hide the one error.
package final class FindingWriter {
  package enum Format: String, CaseIterable, Sendable {
    case text, json
  }

  package private(set) var errors = 0
  package private(set) var warnings = 0
  let console: Console
  private let limit: Int

  /// - Parameter limit: how many of each level are written; 0: all.
  package init(_ console: Console, limit: Int = 20) {
    self.console = console
    self.limit = limit == 0 ? .max : limit
  }

  package func write(_ finding: Finding) {
    switch finding.level {
    case .error:
      errors += 1
      if errors > limit { return }
    case .warning:
      warnings += 1
      if warnings > limit { return }
    }
    console.write { output in
      switch console.format {
      case .text: appendText(finding, output)
      case .json: appendJSON(finding, output)
      }
    }
  }

  /// Says how many findings have not been written.
  package func finish() {
    let moreErrors = max(errors - limit, 0)
    let moreWarnings = max(warnings - limit, 0)
    guard moreErrors + moreWarnings > 0 else { return }
    let more = FindingWriter.more(moreErrors, moreWarnings)
    console.write { output in
      switch console.format {
      case .text:
        output.append(more.text(console.language))
        output.append("\n")
      case .json:
        FindingWriter.appendObject(
          level: "note", rule: "more", place: nil, value: nil, more, hint: nil, console.language,
          output)
      }
    }
  }

  private static func more(_ errors: Int, _ warnings: Int) -> Phrase {
    var en: [String] = []
    var zh: [String] = []
    if errors > 0 {
      en.append("\(grouped(errors)) more error\(errors == 1 ? "" : "s")")
      zh.append("\(grouped(errors)) 个错误")
    }
    if warnings > 0 {
      en.append("\(grouped(warnings)) more warning\(warnings == 1 ? "" : "s")")
      zh.append("\(grouped(warnings)) 个警告")
    }
    return Phrase(
      "… and " + en.joined(separator: ", "), "… 另有 " + zh.joined(separator: "、"))
  }

  private static func grouped(_ count: Int) -> String {
    Decimals.grouped(Int64(count), places: 0, atLeast: 0)
  }

  /// `FILE:LINE[:FIELD]: error: sentence [rule]`, then the hint. A finding about no file, or about
  /// a whole file, leaves out what it does not have.
  private func appendText(_ finding: Finding, _ output: ByteOutput) {
    if !finding.file.isEmpty {
      output.appendLine(finding.file)
      if finding.line > 0 { output.append(":\(finding.line)") }
      if let field = finding.field { output.append(":\(field)") }
      output.append(": ")
    }
    console.appendLevel(finding.level, output)
    output.append(": ")
    output.appendLine(finding.message.text(console.language))
    output.append(" [\(finding.rule)]\n")
    if let hint = finding.hint { console.appendHint(hint, output) }
  }

  private func appendJSON(_ finding: Finding, _ output: ByteOutput) {
    FindingWriter.appendObject(
      level: finding.level.rawValue, rule: finding.rule,
      place: (finding.file, finding.line, finding.field), value: finding.value, finding.message,
      hint: finding.hint, console.language, output)
  }

  /// One object on a line. What the program itself says of the run has no rule and no place.
  static func appendObject(
    level: String, rule: String?, place: (file: String, line: Int, field: String?)?,
    value: String?, _ message: Phrase, hint: Phrase?, _ language: Language, _ output: ByteOutput
  ) {
    func member(_ name: StaticString, _ value: String?) {
      output.append(name)
      if let value { output.appendJSON(value) } else { output.append("null") }
    }
    member("{\"level\":", level)
    member(",\"rule\":", rule)
    let file = place?.file ?? ""
    let line = place?.line ?? 0
    member(",\"file\":", file.isEmpty ? nil : file)
    output.append(",\"line\":")
    output.append(line > 0 ? String(line) : "null")
    member(",\"field\":", place?.field)
    member(",\"value\":", value)
    member(",\"message\":", message.text(language))
    member(",\"hint\":", hint?.text(language))
    output.append("}\n")
  }
}
