import Glibc
import Shared

/// Where templates are looked for: the folders of `BOMS_TEMPLATES`, in their order, then those that
/// are built in.
struct TemplateFolder {
  private let folders: [String]

  /// - Parameter path: folders separated by `:`.
  /// - Throws: `Failure` 66 if one of them is not there.
  init(path: String?) throws {
    folders = (path ?? "").split(separator: ":").map(String.init)
    for folder in folders where access(folder, R_OK | X_OK) != 0 {
      throw Failure(
        .noInput,
        Phrase("there is no folder of templates '\(folder)'", "模板目录“\(folder)”不存在"),
        hint: Phrase("see BOMS_TEMPLATES", "请检查 BOMS_TEMPLATES"))
    }
  }

  func letter(_ name: String, _ language: Language, fields: [String]) throws -> LetterTemplate {
    let file = "\(name).\(language.rawValue).txt"
    guard let found = try find(file) else {
      throw Failure(.bug, Phrase("there is no template '\(file)'", "没有模板“\(file)”"))
    }
    return try LetterTemplate(found.text, source: found.source, fields: fields)
  }

  /// The form into which a channel's texts are put, by the ending of its file; nil: as they are.
  func envelope(_ channel: ReminderChannel, fields: [String]) throws -> Envelope? {
    for (ending, escape, type) in Envelope.forms {
      guard let found = try find("\(channel.rawValue).\(ending)") else { continue }
      let template = try Template(
        found.text, source: found.source, fields: fields, hasOptions: escape == .plain)
      return Envelope(template: template, escape: escape, type: type)
    }
    return nil
  }

  private func find(_ file: String) throws -> (text: String, source: String)? {
    for folder in folders {
      let path = "\(folder)/\(file)"
      if access(path, F_OK) == 0 {
        // An editor on Windows leaves a mark before the text and returns at line ends.
        let text = try InputSource(path).text().filter { $0 != "\u{FEFF}" }
        return (
          text.split(separator: "\r\n", omittingEmptySubsequences: false)
            .joined(separator: "\n"), path
        )
      }
    }
    return BuiltInTemplates.files[file].map { (String(decoding: $0, as: UTF8.self), file) }
  }
}

/// What is put around a channel's texts.
struct Envelope {
  let template: Template
  let escape: TextEscape
  let type: String

  static let forms: [(ending: String, escape: TextEscape, type: String)] = [
    ("json", .json, "application/json; charset=utf-8"),
    ("form", .form, "application/x-www-form-urlencoded"),
    ("html", .html, "text/html; charset=utf-8"),
    ("txt", .plain, "text/plain; charset=utf-8"),
  ]
}
