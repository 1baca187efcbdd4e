/// Why a command ends: the exit status, a sentence, and what to do next.
package struct Failure: Error, Sendable {
  package var status: ExitStatus
  package var message: Phrase
  package var hint: Phrase?

  package init(_ status: ExitStatus, _ message: Phrase, hint: Phrase? = nil) {
    self.status = status
    self.message = message
    self.hint = hint
  }
}
