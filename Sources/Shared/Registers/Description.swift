/// What a register says of one of its fields, as a row of text.
package struct FieldDescription: Sendable {
  package static let columns = [
    "field", "heading", "type", "unit", "required", "default", "values", "reference", "example",
    "note",
  ]

  /// In the order of `columns`.
  package static let headings = [
    "字段", "表头", "类型", "单位", "必填", "默认值", "可选值", "引用", "示例", "说明",
  ]

  /// The name in CSV and JSON.
  package let field: String
  /// The Chinese heading.
  package let heading: String
  package let type: String
  package let unit: String
  /// `key`, `yes` or `no`. A key with a default, or that the import resolves, may be left empty.
  package let required: String
  /// What an empty cell means.
  package let defaultText: String
  /// The English codes and the Chinese words, both of which are accepted: `mall 购物中心; …`.
  package let values: String
  /// `register.field`; a field of several references has them all.
  package let reference: String
  package let example: String
  package let note: String

  /// In the order of `columns`.
  package var cells: [String] {
    [
      field, heading, type, unit, required, defaultText, values, reference, example, note,
    ]
  }
}

extension Register {
  /// The rows of `--describe`, in the order of the fields.
  package func description(in language: Language) -> [FieldDescription] {
    fields.map { field in
      FieldDescription(
        field: field.name,
        heading: field.zh,
        type: field.kind.typeName.text(language),
        unit: field.kind.unit,
        required: field.isKey ? "key" : field.isRequired ? "yes" : "no",
        defaultText: field.defaultText ?? "",
        values: field.kind.choices.map { "\($0.code) \($0.zh)" }.joined(separator: "; "),
        reference: targets(of: field).joined(separator: "; "),
        example: field.example,
        note: field.remark(in: language))
    }
  }

  private func targets(of field: Field) -> [String] {
    references.flatMap { reference in
      zip(reference.fields, reference.targets).filter { $0.0 == field.name }.map {
        "\(reference.register).\($0.1)"
      }
    }
  }
}

extension Field {
  /// Whether it is sensitive, its note, and other headings that are taken.
  fileprivate func remark(in language: Language) -> String {
    let sensitive = Phrase("sensitive", "敏感信息").text(language)
    let others = Phrase(
      "also called \(otherHeadings.joined(separator: ", "))",
      "也可写作\(otherHeadings.joined(separator: "、"))"
    ).text(language)
    return [
      isSensitive ? sensitive : nil, note?.text(language), otherHeadings.isEmpty ? nil : others,
    ].compactMap { $0 }
      .joined(separator: language == .zh ? "；" : "; ")
  }
}

extension FieldKind {
  /// The values that the field may have, for a flag too; empty where it is not a list.
  package var choices: [Choice] {
    switch self {
    case .choice(let choices): choices
    case .flag: [Choice("yes", "是"), Choice("no", "否")]
    default: []
    }
  }
}

/// The data dictionary: every register with its fields, references and rules, as Markdown.
package func dictionaryMarkdown(_ registers: [Register]) -> String {
  let contents = registers.map { register in
    "- [`\(register.name)`](#\(anchor(register))) \(register.zh): \(register.summary.en)"
  }
  let head = """
    # Data dictionary

    <!-- Generated from the catalogue of registers: do not edit. -->

    A heading may be the field's name or its Chinese heading; where a field has listed values, both
    words are accepted. *Column* is the column in SQL: `_fen` is 1/100 yuan, `_e6` millionths of the
    field's unit; dates are text `YYYY-MM-DD`, flags 1 and 0. A key names a row: what comes again
    with the same key is that row.

    """
  return ([head, contents.joined(separator: "\n") + "\n"] + registers.map(section))
    .joined(separator: "\n")
}

private func section(_ register: Register) -> String {
  var parts = ["## `\(register.name)` \(register.zh)\n"]
  parts.append("\(sentence(register.summary.en))\n\n\(sentence(changes(register)))\n")
  parts.append(
    table(
      [
        "field", "Chinese heading", "column", "type", "unit", "required", "default", "values",
        "example", "note",
      ],
      zip(register.fields, register.description(in: .en)).map { field, row in
        [
          "`\(row.field)`", row.heading, "`\(field.column)`", escaped(row.type), row.unit,
          row.required, escaped(row.defaultText), escaped(row.values), escaped(row.example),
          escaped(row.note),
        ]
      }))
  if !register.references.isEmpty {
    parts.append(
      "References:\n\n"
        + register.references.map { reference in
          let fields = reference.fields.map { "`\($0)`" }.joined(separator: ", ")
          let targets = reference.targets.map { "`\(reference.register).\($0)`" }
            .joined(separator: ", ")
          return "- \(fields) → \(targets)\n"
        }.joined())
  }
  if !register.rules.isEmpty {
    parts.append(
      table(
        ["rule", "level", "meaning"],
        register.rules.map { ["`\($0.id)`", $0.level.rawValue, escaped($0.meaning.en)] }))
  }
  return parts.joined(separator: "\n")
}

/// What happens to a row that comes again, and whether `--replace` can be used.
private func changes(_ register: Register) -> String {
  let again =
    switch register.change {
    case .update: "a row that comes again with other content is updated"
    case .refuse: "a ledger: a row that comes again with other content is refused"
    case .revise: "a row that comes again with other content is a new revision; the newest counts"
    }
  if register.group.isEmpty { return again }
  let group = register.group.map { "`\($0)`" }.joined(separator: ", ")
  return "\(again). `--replace` takes a file as the whole set of rows for each \(group) in it"
}

private func table(_ headings: [String], _ rows: [[String]]) -> String {
  let lines = [headings, headings.map { _ in "---" }] + rows
  return lines.map { "| " + $0.joined(separator: " | ") + " |\n" }.joined()
}

private func sentence(_ text: String) -> String {
  text.prefix(1).uppercased() + text.dropFirst() + "."
}

/// The anchor that Markdown viewers make of a register's heading.
private func anchor(_ register: Register) -> String {
  "\(register.name)-\(register.zh)"
}

/// Text that stands in a cell as it is.
private func escaped(_ text: String) -> String {
  var result = ""
  for character in text {
    if "|*`<".contains(character) { result.append("\\") }
    result.append(character)
  }
  return result
}
