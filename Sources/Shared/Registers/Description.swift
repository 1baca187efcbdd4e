/// What a register says of one of its fields, as a row of text.
package struct FieldDescription: Sendable {
  package static let columns: [Field] = [
    .text("field", "字段"), .text("heading", "表头"), .text("type", "类型"), .text("unit", "单位"),
    .choice("required", "必填", Choice.needs), .text("default", "默认值"), .text("values", "可选值"),
    .text("reference", "引用"), .text("example", "示例"), .text("note", "说明"),
  ]

  /// The name in CSV and JSON.
  package let field: String
  /// The Chinese heading.
  package let heading: String
  package let type: String
  package let unit: String
  /// `key`, `yes` or `no`. A key with a default, or that the import resolves, may be left empty.
  package let required: String
  /// What an empty cell means; of listed values the word of the language.
  package let defaultText: String
  /// The English codes and the Chinese words, both of which are accepted, and in brackets other words
  /// that are: `mall 购物中心 (商场); …`.
  package let values: String
  /// `register.field`; a field of several references has them all.
  package let reference: String
  /// A value; of listed values the word of the language.
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
        defaultText: field.word(field.defaultText ?? "", in: language),
        values: field.kind.choices.map(\.allWords).joined(separator: "; "),
        reference: targets(of: field).joined(separator: "; "),
        example: field.word(field.example, in: language),
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
  /// A value as a user of the language writes it: of listed values their word.
  fileprivate func word(_ value: String, in language: Language) -> String {
    guard language == .zh else { return value }
    return kind.choices.first { $0.code == value }?.zh ?? value
  }

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

extension Choice {
  /// Whether a field has to be filled in.
  static let needs = [Choice("key", "主键"), Choice("yes", "是"), Choice("no", "否")]
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
