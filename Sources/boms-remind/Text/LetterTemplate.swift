import Shared

/// The texts of a kind of reminder: a subject, a sentence (for text messages), and a letter.
///
///     subject: …
///     short: …
///
///     the letter
struct LetterTemplate {
  let subject: Template
  let short: Template
  let body: Template

  init(_ text: String, source: String, fields: [String]) throws {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    while lines.last?.allSatisfy(\.isWhitespace) == true { lines.removeLast() }
    func heading(_ index: Int, _ name: String) throws -> Template {
      guard index < lines.count, lines[index].hasPrefix("\(name):") else {
        throw TemplateError.make(
          "template.heading", "\(source):\(index + 1)",
          Phrase("the line '\(name): …' is expected", "此行应为“\(name): …”"),
          Phrase(
            "a template begins with 'subject: …', 'short: …' and an empty line",
            "模板以“subject: …”“short: …”和一个空行开头"))
      }
      let rest = lines[index].dropFirst(name.count + 1).drop(while: \.isWhitespace)
      return try Template(String(rest), source: source, first: index + 1, fields: fields)
    }
    subject = try heading(0, "subject")
    short = try heading(1, "short")
    let start = lines.dropFirst(2).firstIndex { !$0.allSatisfy(\.isWhitespace) } ?? lines.count
    body = try Template(
      lines[start...].joined(separator: "\n"), source: source, first: start + 1, fields: fields)
  }

  /// What is said, before it is put into the form of a channel.
  func letter(_ values: [String: String]) -> Letter {
    Letter(
      subject: subject.text(values), short: short.text(values), body: body.text(values))
  }
}

struct Letter: Equatable {
  var subject: String
  var short: String
  var body: String
}
