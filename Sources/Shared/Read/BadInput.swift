/// Ends the reading of one input: what stands there cannot be read any further. Rows before it
/// were good; whether they count is the caller's choice.
package struct BadInput: Error, Sendable {
  package let finding: Finding

  package init(_ finding: Finding) {
    self.finding = finding
  }

  init(_ rule: String, _ file: String, _ line: Int, _ message: Phrase, hint: Phrase? = nil) {
    self.init(Finding(rule: rule, file: file, line: line, message: message, hint: hint))
  }
}
