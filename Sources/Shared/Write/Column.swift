/// A column of what goes out: its names and what its stored values mean.
package struct Column: Sendable {
  /// The heading in English, and the key in JSON.
  package let name: String
  /// The heading in Chinese.
  package let zh: String
  package let kind: FieldKind

  package init(_ name: String, _ zh: String, _ kind: FieldKind) {
    self.name = name
    self.zh = zh
    self.kind = kind
  }

  package init(_ field: Field) {
    self.init(field.name, field.zh, field.kind)
  }

  package func heading(_ language: Language) -> String {
    language == .zh ? zh : name
  }
}
