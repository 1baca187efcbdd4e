import Shared

/// Brings files into the pool in batches, each of which is whole: what a kill cuts short is begun anew
/// by the next run, and another program never waits long.
struct InvoiceImportRun {
  static let fields: [Field] = [
    .text("file", "文件"), .text("member", "压缩包内文件"), .code("invoice_no", "发票号码"),
    .choice("carrier", "载体", InvoiceFields.carriers),
    .choice("result", "处理结果", InvoiceFields.results),
    .flag("awaiting", "待补"), .codes("findings", "检查提示"),
    .date("first_seen_on", "首次收到日期"), .text("first_seen_in", "首次收到文件"),
    .code("posted_voucher", "已入账凭证号"), .month("deducted_period", "已抵扣所属期"),
  ]

  let books: Books
  let day: CivilDate
  let dryRun: Bool
  let writer: RecordWriter
  let findings: FindingWriter
  let progress: Progress

  struct Outcome {
    var read = 0
    var results: [PoolImport.Taken.Result: Int] = [:]
    var awaiting = 0
    /// Of the rejected: those that are not there, or may not be read.
    var unreadable = 0

    subscript(_ result: PoolImport.Taken.Result) -> Int { results[result] ?? 0 }
  }

  func run(_ files: InvoiceFileOptions) throws -> Outcome {
    let setting = InvoiceSetting(companies: try books.read(OurCompaniesStore.names), asOf: day)
    let incoming = IncomingBatches(files: files, books: try books.beside(), setting: setting)
    let pool = try books.read { try PoolImport($0, setting) }
    var outcome = Outcome()
    if dryRun {
      try books.write(dryRun: true) { _ in
        try Ahead.each(of: incoming.each) { try report($0, pool.takeEach($0), &outcome) }
      }
    } else {
      try Ahead.each(of: incoming.each) { batch in
        try report(batch, pool.take(batch, into: books), &outcome)
      }
      try books.settle()
    }
    progress.finish()
    return outcome
  }

  private func report(
    _ batch: [IncomingFile], _ taken: [PoolImport.Taken], _ outcome: inout Outcome
  ) throws {
    progress.step(batch.count)
    for (source, taken) in zip(batch, taken) {
      outcome.read += 1
      outcome.results[taken.result, default: 0] += 1
      if taken.isAwaiting, taken.result == .new { outcome.awaiting += 1 }
      if taken.findings.contains(where: \.isOfNoInput) { outcome.unreadable += 1 }
      let file = source.member.map { "\(source.name)/\($0)" } ?? source.name
      for finding in taken.findings { findings.write(finding.finding(in: file)) }
      try writer.row([
        .text(source.name), Cell(source.member), Cell(taken.number), Cell(taken.carrier?.rawValue),
        .text(taken.result.rawValue), .integer(taken.isAwaiting ? 1 : 0),
        taken.rules.isEmpty ? .null : .text(taken.rules.joined(separator: ";")),
        Cell(taken.first?.on), Cell(taken.first?.file), Cell(taken.voucher),
        Cell(taken.deductedPeriod?.description),
      ])
    }
  }
}
