/// What is said to people, on stderr: sentences in their language, the summary, findings, progress.
/// stdout is for records only.
package final class Console {
  /// The program's name, which leads a line as in every Unix tool.
  package let tool: String
  package let language: Language
  /// How errors, warnings and findings are said.
  let format: FindingWriter.Format
  package let isQuiet: Bool
  package let isTerminal: Bool
  private let isColoured: Bool
  /// At how many columns lines are folded; nil: not at all.
  private let width: Int?
  private let output: ByteOutput
  /// Whether a line of progress stands on the terminal and has to go before anything is said.
  private var hasStatus = false

  package init(
    tool: String, language: Language = .en, format: FindingWriter.Format = .text,
    isQuiet: Bool = false, isTerminal: Bool = false, isColoured: Bool = false,
    width: Int? = nil, to output: ByteOutput? = nil
  ) {
    self.tool = tool
    self.language = language
    self.format = format
    self.isQuiet = isQuiet
    self.isTerminal = isTerminal
    self.isColoured = isColoured
    self.width = width
    self.output =
      output
      ?? ByteOutput(descriptor: 2, name: Phrase("standard error", "标准错误"), capacity: 4096)
  }

  /// A sentence on a line of its own.
  package func say(_ sentence: Phrase) {
    write { output in
      output.appendLine(sentence.text(language))
      output.append("\n")
    }
  }

  /// `boms-bill: warning: sentence`, then the hint.
  package func warn(_ sentence: Phrase, hint: Phrase? = nil) {
    write { appendMessage(.warning, sentence, hint, $0) }
  }

  /// `boms-bill: error: sentence`, then the hint.
  package func fail(_ failure: Failure) {
    write { appendMessage(.error, failure.message, failure.hint, $0) }
  }

  /// What is good to know; `--quiet` silences it.
  package func note(_ sentence: Phrase) {
    if !isQuiet { say(sentence) }
  }

  /// The one line with which a tool ends that has changed something; `--quiet` silences it.
  package func say(_ summary: Summary) {
    note(summary.phrase)
  }

  /// Text as it is: help, usage.
  func say(verbatim text: String) {
    write(isFolded: false) { output in
      output.append(text)
      if !text.hasSuffix("\n") { output.append("\n") }
    }
  }

  /// Lets `append` put whole lines together, and writes them out at once. Somebody who looks on gets them
  /// folded; objects never are.
  func write(isFolded: Bool = true, _ append: (ByteOutput) -> Void) {
    if hasStatus {
      output.append("\r\u{1B}[K")
      hasStatus = false
    }
    if isFolded, format == .text, let width {
      let whole = ByteOutput.memory()
      append(whole)
      for line in whole.text.split(separator: "\n") {
        for piece in Folding.fold(String(line), width: width) { output.append(piece + "\n") }
      }
    } else {
      append(output)
    }
    // Nobody is left to be told that stderr cannot be written.
    try? output.flush()
  }

  /// Replaces the line of progress; nil takes it away.
  func status(_ text: String?) {
    if let text {
      output.append("\r")
      output.appendLine(text)
      output.append("\u{1B}[K")
    } else if hasStatus {
      output.append("\r\u{1B}[K")
    }
    hasStatus = text != nil
    try? output.flush()
  }

  private func appendMessage(
    _ level: Finding.Level, _ sentence: Phrase, _ hint: Phrase?, _ output: ByteOutput
  ) {
    if format == .json {
      return FindingWriter.appendObject(
        level: level.rawValue, rule: nil, place: nil, value: nil, sentence, hint: hint, language,
        output)
    }
    output.append("\(tool): ")
    appendLevel(level, output)
    output.append(": ")
    output.appendLine(sentence.text(language))
    output.append("\n")
    if let hint { appendHint(hint, output) }
  }

  /// The word, in its colour where there is colour. It is a keyword and stays English.
  func appendLevel(_ level: Finding.Level, _ output: ByteOutput) {
    if isColoured { output.append(level == .error ? "\u{1B}[1;31m" : "\u{1B}[1;33m") }
    output.append(level.rawValue)
    if isColoured { output.append("\u{1B}[0m") }
  }

  func appendHint(_ hint: Phrase, _ output: ByteOutput) {
    output.append("  hint: ")
    output.appendLine(hint.text(language))
    output.append("\n")
  }
}
