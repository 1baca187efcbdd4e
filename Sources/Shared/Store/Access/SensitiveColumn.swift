import GRDB

/// A column whose values are somebody's: a phone, an id, a bank account, an address of mail. It is
/// masked in what is read, and sealed in the file once there is a key.
package struct SensitiveColumn: Sendable {
  package let table: String
  package let column: String
  /// How it is masked: a word of `Masking.mask`. What a mask would leave as it is has nothing to
  /// hide, and is not sealed either.
  package let form: String
  /// What names the row by nature: a sealed value belongs to this place and opens nowhere else.
  package let key: [String]
  /// A condition on the row `t`, where not all values are somebody's.
  var only: String?
  /// Whether equal values of a row must be sealed equally, because the column is part of a key.
  var isUnique = false

  /// All of them: the fields that registers declare, and what other tables keep.
  package static let all: [SensitiveColumn] =
    Catalogue.registers.flatMap { register in
      register.fields.filter(\.isSensitive).map {
        SensitiveColumn(
          table: register.table, column: $0.column, form: $0.name,
          key: register.keys.map(\.column))
      }
    } + ofInvoices + ofReminders

  private static let ofInvoices =
    of(
      "invoice", key: ["invoice_no"],
      [
        "seller_tax_no": "tax_no", "seller_phone": "phone", "seller_account": "bank_account",
        "buyer_tax_no": "tax_no", "buyer_phone": "phone", "buyer_account": "bank_account",
        // Older invoices have phone and account in one field with these.
        "seller_address": "text", "seller_bank": "text", "buyer_address": "text",
        "buyer_bank": "text",
        "remark": "text",
      ])
    + of("invoice_extra", key: ["file_id", "seq"], ["text": "text"])
    + of("file_content", key: ["sha256"], ["bytes": wholeFile])
    + of(
      "invoice_request", key: ["request_no"],
      [
        "buyer_tax_no": "tax_no", "buyer_phone": "phone", "buyer_account": "bank_account",
        "buyer_email": "email", "remark": "text",
      ])

  private static let ofReminders =
    [
      SensitiveColumn(
        table: "reminder", column: "recipient", form: "recipient",
        key: ["kind", "subject", "due_on", "recipient_kind", "channel", "level"],
        // A tenant is named by its number.
        only: "recipient_kind <> 'tenant'", isUnique: true)
    ] + of("message", key: ["message_no"], ["subject": "text", "body": "text"])

  /// The form of a file as it came. It is not masked: only what is asked for whole gives it.
  static let wholeFile = "file"

  private static func of(_ table: String, key: [String], _ columns: [String: String])
    -> [SensitiveColumn]
  {
    columns.sorted { $0.key < $1.key }.map {
      SensitiveColumn(table: table, column: $0.key, form: $0.value, key: key)
    }
  }

  static let byTable = Dictionary(grouping: all, by: \.table)

  package static func of(_ table: String, _ column: String) -> SensitiveColumn? {
    byTable[table]?.first { $0.column == column }
  }

  /// The views of the schema that read one; a test holds that no other does.
  static let views: Set = ["payment_owner", "invoice_direction"]

  // MARK: SQL

  /// - Parameter value: an expression for the value of the row `t`.
  func masking(_ value: String) -> String {
    if form == SensitiveColumn.wholeFile { return value }
    let masked = "mask(\(value), '\(form)')"
    return only.map { "CASE WHEN t.\($0) THEN \(masked) ELSE \(value) END" } ?? masked
  }

  /// The value of the row `t` as it was before it was sealed.
  var unsealing: String { "unseal(t.\"\(column)\", \(place(key.map { "t.\"\($0)\"" })))" }

  /// The value as it is to be stored in these books: sealed, where they are.
  /// - Parameters:
  ///   - value: an expression for it, such as `?7`.
  ///   - key: expressions for the columns of `key`.
  package func sealing(_ value: String, key: [String], in db: Database) throws -> String {
    try SealStore.keyID(db) == nil ? value : sealing(value, key: key)
  }

  func sealing(_ value: String, key: [String]) -> String {
    let sealed = "seal(\(value), '\(form)', \(isUnique ? 1 : 0), \(place(key)))"
    // The kind of recipient is the column that the condition asks.
    guard only != nil, let kind = self.key.firstIndex(of: "recipient_kind") else { return sealed }
    return "CASE WHEN \(key[kind]) <> 'tenant' THEN \(sealed) ELSE \(value) END"
  }

  /// As `sealing`, for a row `t` that is updated: what is the same stays sealed as it is, so that
  /// nobody takes it for a change.
  package func resealing(_ value: String, key: [String], in db: Database) throws -> String {
    try SealStore.keyID(db) == nil
      ? value
      : "CASE WHEN \(unsealing) IS \(value) THEN t.\"\(column)\" ELSE \(sealing(value, key: key)) END"
  }

  private func place(_ key: [String]) -> String {
    (["'\(table)'", "'\(column)'"] + key).joined(separator: ", ")
  }

  /// Whether the row's value `t` is sealed.
  var isSealed: String {
    form == SensitiveColumn.wholeFile
      ? "substr(t.\"\(column)\", 1, 3) = CAST('\(Seal.mark)' AS BLOB)"
      : "substr(t.\"\(column)\", 1, 3) = '\(Seal.mark)'"
  }

  /// Whether the row's value `t` has something to hide and stands in the clear.
  var isClear: String {
    form == SensitiveColumn.wholeFile
      ? "NOT \(isSealed)"
      : "NOT \(isSealed) AND t.\"\(column)\" IS NOT \(masking("t.\"\(column)\""))"
  }
}
