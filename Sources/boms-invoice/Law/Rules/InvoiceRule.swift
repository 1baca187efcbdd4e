import Shared

/// One thing that an invoice must satisfy. Each rule is a file of its own and returns what it found;
/// `InvoiceRules.all` lists them.
struct InvoiceRule: Sendable {
  /// `invoice.word-word`, stable.
  let id: String
  /// An error rejects the file, a warning is stored with it.
  let level: Finding.Level
  /// What the rule asks, an example of what breaks it, and what to do then: for the documents.
  let meaning: Phrase
  let example: Phrase
  let remedy: Phrase
  let check: @Sendable (borrowing InvoiceCase) -> [InvoiceFinding]
}

/// What a rule looks at: the texts, what they say, and whose books these are.
struct InvoiceCase: Sendable {
  let text: InvoiceText
  /// Nil if there is no number to know it by.
  let invoice: Invoice?
  let setting: InvoiceSetting
}

/// What the rules know besides the file.
struct InvoiceSetting: Sendable {
  /// Our own companies, by credit code; empty where no database is at hand.
  var companies: [String: String] = [:]
  /// The day of the check.
  var asOf: CivilDate
}
