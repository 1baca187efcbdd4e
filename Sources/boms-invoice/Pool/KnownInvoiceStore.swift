import GRDB
import Shared

/// Refuses numbers on the command line that are not in the pool.
enum KnownInvoiceStore {
  /// - Returns: the invoice's id and its number as it is stored.
  /// - Throws: `Failure` 65 for what is no number, 66 if there is no such invoice.
  static func require(_ written: String, _ db: Database) throws -> (id: Int64, number: String) {
    guard let number = InvoiceNumber(written: written) else {
      throw Failure(
        .badData,
        Phrase("'\(written)' is not the number of an invoice", "“\(written)”不是发票号码"),
        hint: Phrase(
          "20 digits, or the code and the number of an old one: CODE-NUMBER",
          "应为 20 位数字，或旧版发票的“代码-号码”"))
    }
    let find = try SQLStatement(db, "SELECT id FROM invoice WHERE invoice_no = ?1")
    find.bind(1, number.text)
    defer { find.reset() }
    guard try find.step() else {
      throw Failure(
        .noInput,
        Phrase("there is no invoice '\(number)' in the pool", "票池中没有发票“\(number)”"),
        hint: Phrase("'boms-invoice list' lists them", "可用 'boms-invoice list' 查看"))
    }
    return (find.integer(0), number.text)
  }

  /// The pool has it, and did not on that day.
  static func notYet(_ number: String, _ day: CivilDate) -> Failure {
    Failure(
      .noInput,
      Phrase("invoice '\(number)' had not come by \(day)", "截至 \(day) 尚未收到发票“\(number)”"),
      hint: Phrase("give a later day with --as-of", "请用 --as-of 指定较晚的日期"))
  }
}
