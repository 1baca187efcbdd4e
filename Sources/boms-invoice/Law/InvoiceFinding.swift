import Shared

/// What a rule found in an invoice or in its file. Where the file lies is for the one who reports it.
struct InvoiceFinding: Hashable, Sendable {
  var level: Finding.Level
  var rule: String
  /// The field as it is named in outputs: `gross`, `seller_tax_no`.
  var field: String?
  /// The line of the invoice, from 1.
  var line: Int?
  /// The physical line of the file, where it is known (XML that is not well-formed).
  var place: Int?
  /// As it stands in the file, masked where it is sensitive.
  var value: String?
  var message: Phrase
  var hint: Phrase?

  init(
    _ level: Finding.Level, _ rule: String, field: String? = nil, line: Int? = nil,
    place: Int? = nil, value: String? = nil, _ message: Phrase, hint: Phrase? = nil
  ) {
    self.level = level
    self.rule = rule
    self.field = field
    self.line = line
    self.place = place
    self.value = value
    self.message = message
    self.hint = hint
  }
}
