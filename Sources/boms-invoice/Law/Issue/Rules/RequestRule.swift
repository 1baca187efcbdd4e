import Shared

/// One thing that a request must satisfy before it is written. Rules return what they found.
struct RequestRule: Sendable {
  /// `request.word-word`, stable.
  let id: String
  /// What the rule asks.
  let meaning: Phrase
  let check: @Sendable (RequestDraft, RequestSetting) -> [RequestFinding]

  static let all: [RequestRule] = parties + lines + lease
}

/// What the rules know besides the request.
struct RequestSetting: Sendable {
  /// The tax codes of the registers.
  var taxCodes: Set<String> = []
}

/// What a rule found.
struct RequestFinding: Hashable, Sendable {
  var level = Finding.Level.error
  var rule: String
  /// What has to be looked at: a tenant, an item, a unit, by its number.
  var subject: String
  /// The field of that register.
  var field: String
  /// Masked where it is sensitive.
  var value: String?
  var message: Phrase
  var hint: Phrase?

  /// A charge that takes something off without being an adjustment has no invoice of its own.
  static func belowZero(_ charge: IssueCharge) -> RequestFinding {
    RequestFinding(
      level: .warning, rule: "request.below-zero", subject: charge.billNo, field: "amount",
      value: charge.worth.amount.description,
      message: Phrase(
        "the charge is worth \(charge.worth.amount.grouped): no invoice is asked for",
        "费用为负数 \(charge.worth.amount.grouped)，不单独开票"),
      hint: Phrase(
        "take it off an issued invoice by hand: 'boms-invoice request red'",
        "如需折让，请用 'boms-invoice request red' 冲红原发票"))
  }

  static func longer(
    _ rule: String, _ subject: String, _ field: String, _ text: String?, than limit: Int
  ) -> RequestFinding? {
    guard let text, text.count > limit else { return nil }
    return RequestFinding(
      rule: rule, subject: subject, field: field,
      message: Phrase(
        "the tax bureau takes \(limit) characters, these are \(text.count)",
        "税务局模板限 \(limit) 字符，现有 \(text.count) 字符"))
  }
}

extension RequestDraft {
  /// What all rules find.
  func findings(_ setting: RequestSetting) -> [RequestFinding] {
    var found: [RequestFinding] = []
    for rule in RequestRule.all { found += rule.check(self, setting) }
    return found
  }
}
