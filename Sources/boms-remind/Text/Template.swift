import Shared

/// A text with places for fields: `{name}`. What stands between `[[` and `]]` is left out, and its line
/// if nothing else stands on it, where all fields in it are empty. Any other brace is what it is.
struct Template {
  private enum Part {
    case text(String)
    case field(String)
    case optional([Part])
  }

  private var lines: [[Part]] = []

  /// - Parameters:
  ///   - source: its name in an error.
  ///   - first: the line of the source on which the text begins.
  ///   - fields: those that may stand in it.
  ///   - hasOptions: whether `[[` means something; not in JSON.
  init(
    _ text: String, source: String, first: Int = 1, fields: [String], hasOptions: Bool = true
  ) throws {
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      var parser = Parser(
        rest: line, hasOptions: hasOptions, known: fields, place: "\(source):\(first + index)")
      lines.append(try parser.parts(inOption: false))
    }
  }

  func text(_ values: [String: String], _ escape: TextEscape = .plain) -> String {
    var written: [String] = []
    for line in lines {
      var isLeftOut = false
      let text = Template.text(line, values, escape, &isLeftOut)
      if isLeftOut, text.allSatisfy(\.isWhitespace) { continue }
      written.append(text)
    }
    return written.joined(separator: "\n")
  }

  private static func text(
    _ parts: [Part], _ values: [String: String], _ escape: TextEscape, _ isLeftOut: inout Bool
  ) -> String {
    parts.map { part in
      switch part {
      case .text(let text): return text
      case .field(let name): return escape.escaped(values[name] ?? "")
      case .optional(let inner):
        let names = inner.compactMap { if case .field(let name) = $0 { name } else { nil } }
        if names.contains(where: { values[$0]?.isEmpty == false }) {
          return text(inner, values, escape, &isLeftOut)
        }
        isLeftOut = true
        return ""
      }
    }.joined()
  }

  private struct Parser {
    var rest: Substring
    let hasOptions: Bool
    let known: [String]
    let place: String

    mutating func parts(inOption: Bool) throws -> [Part] {
      var parts: [Part] = []
      var text = ""
      func end() { if !text.isEmpty { parts.append(.text(text)) } }
      while let first = rest.first {
        if hasOptions, rest.hasPrefix("]]"), inOption {
          rest.removeFirst(2)
          end()
          return parts
        }
        if hasOptions, rest.hasPrefix("[["), !inOption {
          rest.removeFirst(2)
          end()
          text = ""
          parts.append(.optional(try self.parts(inOption: true)))
        } else if first == "{", let name = fieldName() {
          end()
          text = ""
          parts.append(.field(name))
          guard known.contains(name) else { throw unknown(name) }
        } else {
          text.append(rest.removeFirst())
        }
      }
      if inOption {
        throw TemplateError.make(
          "template.open-option", place,
          Phrase("'[[' is not closed on its line", "“[[”在本行没有结束"),
          Phrase("end it with ']]'", "请以“]]”结束"))
      }
      end()
      return parts
    }

    /// The name of the field that begins here, which is taken; nil: it is only a brace.
    private mutating func fieldName() -> String? {
      guard let close = rest.firstIndex(of: "}") else { return nil }
      let name = rest[rest.index(after: rest.startIndex)..<close]
      guard !name.isEmpty, name.allSatisfy({ $0 == "_" || ($0.isASCII && $0.isLowercase) }) else {
        return nil
      }
      rest = rest[rest.index(after: close)...]
      return String(name)
    }

    private func unknown(_ name: String) -> Failure {
      let near = HeadingText.nearest(name, in: known).map { "'{\($0)}'" }
      let list = known.joined(separator: ", ")
      return TemplateError.make(
        "template.unknown-field", place,
        Phrase("there is no field '{\(name)}'", "没有字段“{\(name)}”"),
        Phrase(
          (near.map { "did you mean \($0)? " } ?? "") + "the fields are: \(list)",
          (near.map { "是否为 \($0)？" } ?? "") + "可用字段：\(list)"))
    }
  }
}

enum TemplateError {
  static func make(_ rule: String, _ place: String, _ message: Phrase, _ hint: Phrase) -> Failure {
    Failure(
      .settings, Phrase("\(place): \(message.en) [\(rule)]", "\(place)：\(message.zh) [\(rule)]"),
      hint: hint)
  }
}
