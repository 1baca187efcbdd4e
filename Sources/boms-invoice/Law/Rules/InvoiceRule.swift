import Shared

/// One thing that an invoice must satisfy. Each rule is a file of its own and returns what it found;
/// `InvoiceRules.all` lists them.
final class InvoiceRule: Sendable {
  /// `invoice.word-word`, stable.
  let id: String
  let severity: Severity
  /// What the rule asks, an example of what breaks it, and what to do then: for the documents. What
  /// to do is also the hint of a finding that has no better one.
  let meaning: Phrase
  let example: Phrase
  let remedy: Phrase
  let check: @Sendable (InvoiceCase, InvoiceRule) -> [InvoiceFinding]

  /// What becomes of a file in which the rule finds something.
  enum Severity: String, Sendable {
    /// Rejected.
    case error
    /// Taken in, and what was found is stored with it.
    case warning
    /// Either, by how bad it is.
    case either
    /// Nothing is found: a state that is shown.
    case state
  }

  init(
    _ id: String, _ severity: Severity, meaning: Phrase, example: Phrase, remedy: Phrase,
    check: @escaping @Sendable (InvoiceCase, InvoiceRule) -> [InvoiceFinding]
  ) {
    self.id = id
    self.severity = severity
    self.meaning = meaning
    self.example = example
    self.remedy = remedy
    self.check = check
  }

  func error(
    field: String? = nil, line: Int? = nil, value: String? = nil, _ message: Phrase,
    hint: Phrase? = nil
  ) -> InvoiceFinding {
    finding(.error, field, line, value, message, hint)
  }

  func warning(
    field: String? = nil, line: Int? = nil, value: String? = nil, _ message: Phrase,
    hint: Phrase? = nil
  ) -> InvoiceFinding {
    finding(.warning, field, line, value, message, hint)
  }

  private func finding(
    _ level: Finding.Level, _ field: String?, _ line: Int?, _ value: String?, _ message: Phrase,
    _ hint: Phrase?
  ) -> InvoiceFinding {
    var message = message
    if let line { message = Phrase("line \(line): \(message.en)", "第 \(line) 行：\(message.zh)") }
    return InvoiceFinding(
      level, id, field: field, line: line, value: value.map(short),
      Phrase(short(message.en), short(message.zh)), hint: hint ?? remedy)
  }

  /// A hostile file may have a value of megabytes.
  private func short(_ text: String) -> String {
    text.utf8.count <= 600 ? text : text.prefix(150) + "…"
  }
}

/// What a rule looks at: the texts, what they say, and whose books these are.
///
/// A class, for all the strings in it: every rule takes it in hand, and would take each of them.
final class InvoiceCase: Sendable {
  let text: InvoiceText
  /// Nil if there is no number to know it by.
  let invoice: Invoice?
  let setting: InvoiceSetting

  init(_ text: consuming InvoiceText, _ setting: InvoiceSetting) {
    self.text = text
    invoice = Invoice(self.text)
    self.setting = setting
  }
}

/// What the rules know besides the file.
struct InvoiceSetting: Sendable {
  /// Our own companies' names, by credit code; empty where no database is at hand.
  var companies: [String: String] = [:]
  /// The day of the check.
  var asOf: CivilDate
}
