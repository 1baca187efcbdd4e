import Foundation
import Shared

/// What the schema of the registers must say, made from the catalogue.
enum SchemaText {
  /// The text of `v001_registers.sql`, and what later steps say of registers that came with them.
  static func file() throws -> String {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Sources/Shared/Store/Schema")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    var texts = try names.map {
      try String(contentsOf: folder.appending(path: $0), encoding: .utf8)
    }
    let first = texts.removeFirst()
    let later = Catalogue.registers.map(\.table).filter { !first.contains("CREATE TABLE \($0) (") }
    let theirs = texts.flatMap(statements).filter { statement in
      // What else a trigger does is the business of the step's own tables.
      if statement.hasPrefix("CREATE TRIGGER"), !statement.contains("is append-only") {
        return false
      }
      return later.contains {
        statement.hasPrefix("CREATE TABLE \($0) (") || statement.contains(" ON \($0) (")
          || statement.contains(" ON \($0)\n")
      }
    }
    return ([first] + theirs).joined(separator: "\n")
  }

  /// The statements of a step, without the comments between them.
  private static func statements(_ sql: String) -> [String] {
    var found = [""]
    for line in sql.split(separator: "\n")
    where !line.drop(while: { $0 == " " }).hasPrefix("--") {
      found[found.count - 1] += line + "\n"
      let isTrigger = found[found.count - 1].hasPrefix("CREATE TRIGGER")
      if line.hasSuffix(isTrigger ? "END;" : ";") { found.append("") }
    }
    return found
  }

  /// The definition of a field's column: type, NOT NULL, default, check.
  static func column(_ field: Field, of register: Register) -> String {
    let name = field.column == "on" ? "\"on\"" : field.column
    var text = name + (field.kind.isInteger ? " INTEGER" : " TEXT")
    if field.isNeverNull { text += " NOT NULL" }
    if let value = field.defaultText {
      text += " DEFAULT " + (stored(value, field.kind).map { "\($0)" } ?? "'\(value)'")
    }
    if let check = check(field, of: register, name) { text += " CHECK (\(check))" }
    return text
  }

  private static func check(_ field: Field, of register: Register, _ name: String) -> String? {
    switch field.kind {
    case .code, .text:
      // A foreign key already refuses an empty code; a column that may be NULL may hold nothing.
      let refers = register.references.contains {
        $0.isForeignKey && $0.fields.contains(field.name)
      }
      return field.isNeverNull && !refers ? "\(name) <> ''" : nil
    case .date:
      return "\(name) GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'"
    case .month: return "\(name) GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]'"
    case .money(let bound), .decimal(let bound, _):
      switch bound {
      case .any: return nil
      case .notNegative: return "\(name) >= 0"
      case .positive: return "\(name) > 0"
      }
    case .rate: return "\(name) BETWEEN 0 AND 1000000"
    case .permille: return "\(name) BETWEEN 0 AND 1000000000"
    case .integer(let range):
      return "\(name) BETWEEN \(range.lowerBound) AND \(range.upperBound)"
    case .flag: return "\(name) IN (0, 1)"
    case .choice(let choices):
      // An IN of three and more is slow, see the schema.
      if choices.count < 3 {
        return "\(name) IN (\(choices.map { "'\($0.code)'" }.joined(separator: ", ")))"
      }
      return choices.map { "\(name) = '\($0.code)'" }.joined(separator: " OR ")
    case .percent, .codes: return nil
    }
  }

  /// The definitions between the outer parentheses of a CREATE TABLE, with single spaces.
  static func definitions(of create: String) -> [String] {
    guard let open = create.firstIndex(of: "("), let close = create.lastIndex(of: ")") else {
      return []
    }
    var parts = [""]
    var depth = 0
    var isQuoted = false
    for character in create[create.index(after: open)..<close] {
      if character == "'" { isQuoted.toggle() }
      if !isQuoted {
        if character == "(" { depth += 1 }
        if character == ")" { depth -= 1 }
        if character == ",", depth == 0 {
          parts.append("")
          continue
        }
      }
      parts[parts.count - 1].append(character)
    }
    return parts.map { $0.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
  }
}
