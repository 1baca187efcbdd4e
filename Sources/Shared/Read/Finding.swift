/// Something wrong, or doubtful, at a place of an input.
package struct Finding: Sendable, Hashable {
  package enum Level: String, Sendable {
    case error, warning
  }

  package var level: Level
  /// The stable id of the rule, `register.rule` or `kind.rule`.
  package var rule: String
  /// The file as the user named it; `<stdin>` for standard input.
  package var file: String
  /// The physical line where the record starts; the heading is line 1.
  package var line: Int
  package var field: String?
  /// The value as it stands in the input, masked where the field is sensitive.
  package var value: String?
  package var message: Phrase
  package var hint: Phrase?

  package init(
    _ level: Level = .error, rule: String, file: String, line: Int, field: String? = nil,
    value: String? = nil, message: Phrase, hint: Phrase? = nil
  ) {
    self.level = level
    self.rule = rule
    self.file = file
    self.line = line
    self.field = field
    self.value = value
    self.message = message
    self.hint = hint
  }
}
