/// What a row of one kind means: its fields, what they refer to, and what it must satisfy. One
/// file per register; `Catalogue` lists them all.
package struct Register: Sendable {
  package let name: String
  package let zh: String
  /// What a row is, for lists and the data dictionary.
  package let summary: Phrase
  package let fields: [Field]
  package let references: [Reference]
  package let rules: [RowRule]
  /// What happens when a key comes again with other content.
  package let change: Change
  /// The fields that name the group of rows for which `--replace` takes the file as the whole set
  /// (a contract, a tariff, a pool); empty: the register cannot be replaced group by group.
  package let group: [String]

  package enum Change: Sendable {
    /// The row is updated.
    case update
    /// Refused: the register is a ledger of facts.
    case refuse
    /// A new revision is added; the newest counts.
    case revise
  }

  private let positions: FieldIndex

  package init(
    _ name: String, _ zh: String, _ summary: Phrase = Phrase("", ""),
    change: Change = .update, group: [String] = [],
    fields: [Field], references: [Reference] = [], rules: [RowRule] = []
  ) {
    self.name = name
    self.zh = zh
    self.summary = summary
    self.change = change
    self.group = group
    self.fields = fields.map { $0.shortly(in: zh, beside: fields) }
    self.references = references
    self.rules = rules
    positions = FieldIndex(fields.map(\.name))
  }

  /// The table in SQL has the register's name.
  package var table: String { name }

  package var keys: [Field] { fields.filter(\.isKey) }

  package func index(of field: String) -> Int? { positions[field] }
}

/// That fields name a row of another register.
package struct Reference: Sendable {
  package let fields: [String]
  package let register: String
  package let targets: [String]
  /// Whether the schema holds it with a foreign key. Where the target is not a key of its own (a
  /// tariff is many rows) or the field is a list, a rule over the whole import holds it.
  package let isForeignKey: Bool

  package init(
    _ fields: [String], _ register: String, _ targets: [String]? = nil, isForeignKey: Bool = true
  ) {
    self.fields = fields
    self.register = register
    self.targets = targets ?? fields
    self.isForeignKey = isForeignKey
  }

  package init(
    _ field: String, _ register: String, _ target: String? = nil, isForeignKey: Bool = true
  ) {
    self.init([field], register, target.map { [$0] }, isForeignKey: isForeignKey)
  }
}

/// A rule that one row satisfies by itself.
package struct RowRule: Sendable {
  /// `register.rule`, stable.
  package let id: String
  package let level: Finding.Level
  /// What the rule asks, for the data dictionary.
  package let meaning: Phrase
  /// Nil if the row is as it should be.
  package let check: @Sendable (borrowing Record) -> Violation?

  package init(
    _ id: String, _ level: Finding.Level, _ meaning: Phrase,
    check: @escaping @Sendable (borrowing Record) -> Violation?
  ) {
    self.id = id
    self.level = level
    self.meaning = meaning
    self.check = check
  }

  /// A rule whose violation refuses the row.
  package init(
    _ id: String, _ meaning: Phrase,
    check: @escaping @Sendable (borrowing Record) -> Violation?
  ) {
    self.init(id, .error, meaning, check: check)
  }
}

/// What a row does against a rule. The value is read from the row by the field's name.
package struct Violation: Sendable {
  package var field: String?
  package var message: Phrase
  package var hint: Phrase?

  package init(_ field: String? = nil, _ message: Phrase, hint: Phrase? = nil) {
    self.field = field
    self.message = message
    self.hint = hint
  }
}
