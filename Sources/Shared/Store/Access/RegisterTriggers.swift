/// Triggers of a connection that note what became of rows of registers, whoever changes them: made
/// from the declaration, so that a new field is in them.
enum RegisterTriggers {
  /// - Parameter keepsNew: whether of a new row its values are noted, or its key alone: the values
  ///   stand in the register, and what later becomes of them is noted as it was before.
  static func sql(_ register: Register, keepsNew: Bool) -> String {
    let fields = register.fields
    let differs = fields.map { "OLD.\(quoted($0)) IS NOT NEW.\(quoted($0))" }
    let new = keepsNew ? values("NEW", fields) : place(register)
    return """
      CREATE TEMP TRIGGER IF NOT EXISTS audit_insert_\(register.table)
      AFTER INSERT ON main."\(register.table)"
      BEGIN \(note(register, "NEW", before: nil, after: new)); END;
      CREATE TEMP TRIGGER IF NOT EXISTS audit_delete_\(register.table)
      AFTER DELETE ON main."\(register.table)"
      BEGIN \(note(register, "OLD", before: values("OLD", fields), after: nil)); END;
      CREATE TEMP TRIGGER IF NOT EXISTS audit_update_\(register.table)
      AFTER UPDATE ON main."\(register.table)"
      WHEN \(differs.joined(separator: " OR "))
      BEGIN
        \(note(register, "OLD", before: changed("OLD", fields), after: changed("NEW", fields)));
      END
      """
  }

  private static func note(
    _ register: Register, _ row: String, before: String?, after: String?
  ) -> String {
    """
    INSERT INTO audit_change (seq, number, register, key, before, after)
    VALUES (audit_seq(), audit_number(), '\(register.name)',
      \(object(register.keys.map { ($0, value(row, $0)) })), \(before ?? "NULL"), \(after ?? "NULL"))
    """
  }

  /// Where the values are to be found, besides the key.
  private static func place(_ register: Register) -> String {
    register.change == .revise ? "json_object('revision', NEW.revision)" : "'{}'"
  }

  /// What is not empty.
  private static func values(_ row: String, _ fields: [Field]) -> String {
    filled(object(fields.filter { !$0.isKey }.map { ($0, value(row, $0)) }))
  }

  /// What differs and is not empty.
  private static func changed(_ row: String, _ fields: [Field]) -> String {
    filled(
      object(
        fields.map { field in
          let differs = "OLD.\(quoted(field)) IS NOT NEW.\(quoted(field))"
          return (field, "CASE WHEN \(differs) THEN \(value(row, field)) END")
        }))
  }

  private static func object(_ members: [(field: Field, sql: String)]) -> String {
    "json_object(" + members.map { "'\($0.field.column)', \($0.sql)" }.joined(separator: ", ") + ")"
  }

  /// A patch leaves out what is null.
  private static func filled(_ object: String) -> String { "json_patch('{}', \(object))" }

  private static func value(_ row: String, _ field: Field) -> String {
    let column = "\(row).\(quoted(field))"
    return field.isSensitive ? "audit_masked('\(field.name)', \(column))" : column
  }

  private static func quoted(_ field: Field) -> String { "\"\(field.column)\"" }

  /// What is sealed is kept as it is.
  static func masked(_ value: String, _ field: String) -> String {
    value.hasPrefix("s1:") ? value : Masking.mask(value, field: field)
  }
}
