import Shared

extension NewCharges {
  /// Runs what appends charges as one transaction, and writes them out. What a dry run would record
  /// is gone afterwards; what is really recorded is safe before anything is printed, so that a
  /// closed pipe costs nothing.
  static func record<Outcome>(
    in books: Books, dryRun: Bool, _ writer: RecordWriter,
    posted: (Outcome) -> BillStore.Posted, _ body: (BooksConnection) throws -> Outcome
  ) throws -> Outcome {
    let outcome = try books.write(dryRun: dryRun) { db in
      let outcome = try body(db)
      if dryRun { try write(db, of: posted(outcome), writer) }
      return outcome
    }
    do {
      if !dryRun { try books.read { try write($0, of: posted(outcome), writer) } }
      try writer.finish()
    } catch let failure as Failure where !dryRun && posted(outcome).charges > 0 {
      let count = posted(outcome).charges
      throw Failure(
        failure.status,
        Phrase(
          "\(count) charges are recorded, but could not be printed: \(failure.message.en)",
          "已记录 \(count) 笔费用，但未能输出：\(failure.message.zh)"),
        hint: Phrase(
          "nothing is lost: 'boms-export charges' writes them",
          "数据未丢失，可用 'boms-export charges' 导出"))
    }
    return outcome
  }
}
