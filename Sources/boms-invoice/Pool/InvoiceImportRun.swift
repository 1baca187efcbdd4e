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

  /// How much waits for one transaction.
  private static let maxFiles = 2048
  private static let maxBytes = 16 << 20

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

    subscript(_ result: PoolImport.Taken.Result) -> Int { results[result] ?? 0 }
  }

  func run(_ files: InvoiceFileOptions) throws -> Outcome {
    let reader = InvoiceReader()
    let setting = InvoiceSetting(companies: try books.read(OurCompaniesStore.names), asOf: day)
    var outcome = Outcome()
    if dryRun {
      try books.write(dryRun: true) { db in
        let pool = try PoolImport(db, reader, setting)
        try batches(files) { try report($0, take($0, pool), &outcome) }
      }
    } else {
      try batches(files) { batch in
        let taken = try books.write { try take(batch, PoolImport($0, reader, setting)) }
        try report(batch, taken, &outcome)
      }
    }
    progress.finish()
    return outcome
  }

  /// One file, with its bytes, while it waits for its batch.
  private struct Waiting {
    enum Content {
      case bytes([UInt8], sha256: [UInt8])
      case refused(InvoiceFinding)
    }

    var name: String
    var member: String?
    var content: Content
  }

  /// Reads the next files before the books are locked.
  private func batches(_ files: InvoiceFileOptions, _ take: ([Waiting]) throws -> Void) throws {
    var batch: [Waiting] = []
    var size = 0
    try files.each { source in
      let content: Waiting.Content
      switch source.content {
      case .refused(let finding): content = .refused(finding)
      case .bytes(let bytes):
        content = .bytes(Array(bytes), sha256: PoolImport.sha256(bytes))
        size += bytes.count
      }
      batch.append(Waiting(name: source.name, member: source.member, content: content))
      guard batch.count >= Self.maxFiles || size >= Self.maxBytes else { return }
      try take(batch)
      (batch, size) = ([], 0)
    }
    if !batch.isEmpty { try take(batch) }
  }

  private func take(_ batch: [Waiting], _ pool: PoolImport) throws -> [PoolImport.Taken] {
    try batch.map { file in
      progress.step()
      return switch file.content {
      case .refused(let finding): .rejected([finding])
      case .bytes(let bytes, let sha256):
        try pool.take(
          InvoiceStore.File(
            name: file.name, member: file.member, receivedOn: day, sha256: sha256, bytes: bytes))
      }
    }
  }

  private func report(
    _ batch: [Waiting], _ taken: [PoolImport.Taken], _ outcome: inout Outcome
  ) throws {
    for (source, taken) in zip(batch, taken) {
      outcome.read += 1
      outcome.results[taken.result, default: 0] += 1
      if taken.isAwaiting, taken.result == .new { outcome.awaiting += 1 }
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
