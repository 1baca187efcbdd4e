import Shared

/// Files read and checked, beside whoever takes them into the pool, so that the books are locked no
/// longer than it takes to write.
struct IncomingBatches: Sendable {
  /// How much waits for one transaction: little at first, so that the other thread begins soon.
  private static let firstFiles = 64
  private static let maxFiles = 512
  private static let maxBytes = 4 << 20

  let files: InvoiceFileOptions
  let books: BooksBeside
  let setting: InvoiceSetting

  /// Hands them over in their order.
  func each(_ hand: ([IncomingFile]) throws -> Void) throws {
    let reader = InvoiceReader()
    var batch: [IncomingFile] = []
    var size = 0
    var most = Self.firstFiles
    try files.each { source in
      let file = IncomingFile(source)
      batch.append(file)
      size += file.size
      guard batch.count >= most || size >= Self.maxBytes else { return }
      try check(&batch, reader)
      try hand(batch)
      (batch, size) = ([], 0)
      most = min(most * 2, Self.maxFiles)
    }
    if batch.isEmpty { return }
    try check(&batch, reader)
    try hand(batch)
    // While the last of them are written.
    books.fold()
  }

  /// Looks into those whose bytes the pool does not have, as far as that can be seen from here.
  private func check(_ batch: inout [IncomingFile], _ reader: InvoiceReader) throws {
    let isKept = try books.read { db in
      let kept = try KeptFilesStore(db)
      return try batch.map(kept.has)
    }
    for index in batch.indices where !isKept[index] {
      batch[index].checked = batch[index].check(reader, setting)
    }
  }
}
