/// What is wrong with a number, a day or a code that was read or computed. It carries a sentence,
/// the stable id of the rule that was broken, and, where there is one, what to do about it.
package struct ValueError: Error, Hashable, Sendable {
  package var rule: String
  package var message: Phrase
  package var hint: Phrase?

  package init(_ rule: String, _ message: Phrase, hint: Phrase? = nil) {
    self.rule = rule
    self.message = message
    self.hint = hint
  }

  /// A result that does not fit: never wrapped, never a crash.
  package static func overflow(_ what: Phrase) -> ValueError {
    ValueError(
      "value.overflow",
      Phrase("\(what.en) is too large to be computed", "\(what.zh)超出可计算的范围"))
  }
}
