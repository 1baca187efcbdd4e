import Shared

/// Writes what is said of reminders, in one language.
final class Letters {
  private let folder: TemplateFolder
  private let language: Language
  private let today: CivilDate
  private var templates: [String: LetterTemplate] = [:]
  private var digestTemplate: LetterTemplate?

  init(_ folder: TemplateFolder, _ language: Language, today: CivilDate) {
    self.folder = folder
    self.language = language
    self.today = today
  }

  /// - Parameters:
  ///   - recipient: how the text names whom it goes to.
  ///   - isTenant: whether that is the tenant; what tenants are asked for is put otherwise to others.
  func letter(_ matter: Matter, to recipient: String, isTenant: Bool) throws -> Letter {
    var values = matter.facts.mapValues { $0.text(language) }
    values["today"] = Fact.date(today).text(language)
    values["recipient"] = recipient
    return try template(matter.kind, isTenant: isTenant).letter(values)
  }

  /// Several reminders as one message.
  func digest(
    _ matters: [Matter], to recipient: String, isTenant: Bool
  ) throws -> Letter {
    let letters = try matters.map { try letter($0, to: recipient, isTenant: isTenant) }
    var values = [
      "today": Fact.date(today).text(language), "recipient": recipient,
      "count": Fact.count(matters.count).text(language),
      "items": letters.enumerated().map { "\($0.offset + 1). \($0.element.short)" }
        .joined(separator: "\n"),
      "letters": letters.enumerated().map {
        "———— \($0.offset + 1). \($0.element.subject)\n\n\($0.element.body)"
      }.joined(separator: "\n\n"),
    ]
    if let property = matters.first?.propertyNo,
      matters.allSatisfy({ $0.propertyNo == property })
    {
      values["property_no"] = property
      values["property_name"] = matters[0].facts["property_name"]?.text(language)
    }
    return try digest().letter(values)
  }

  /// Reads every template, so that what is wrong with one is said before anything is sent.
  func check() throws {
    for kind in ReminderKind.allCases {
      for isTenant in [true, false] { _ = try template(kind, isTenant: isTenant) }
    }
    _ = try digest()
  }

  private func template(_ kind: ReminderKind, isTenant: Bool) throws -> LetterTemplate {
    let name = kind.asksTenants && !isTenant ? "\(kind.rawValue).staff" : kind.rawValue
    if let template = templates[name] { return template }
    let template = try folder.letter(name, language, fields: TextFields.names(kind))
    templates[name] = template
    return template
  }

  private func digest() throws -> LetterTemplate {
    if let digestTemplate { return digestTemplate }
    let template = try folder.letter("digest", language, fields: TextFields.digest.map(\.name))
    digestTemplate = template
    return template
  }
}
