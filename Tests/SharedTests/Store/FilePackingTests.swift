import Foundation
import GRDB
import TestSupport
import Testing

@testable import Shared

/// How the files of invoices are kept.
@Suite struct FilePackingTests {
  private let books = try? FreshBooks()

  private func packing() throws -> FilePacking {
    try #require(books).books.read { try FilePacking($0) }
  }

  private static let invoice = Array(EInvoiceText(number: "26332000000000000101").xml.utf8)
  private static func noise(_ count: Int) -> [UInt8] {
    (0..<count).map { _ in UInt8.random(in: 0...255) }
  }

  /// What a row with these values of `bytes`, `packing_id` and `size` gives.
  private func bytes(_ bytes: [UInt8], _ packingID: Int64?, _ size: Int64?) throws -> [UInt8] {
    let packing = try packing()
    return try #require(books).books.read { db in
      let row = try SQLStatement(db, "SELECT ?1, ?2, ?3")
      return try bytes.withUnsafeBytes {
        row.bind(1, blob: $0)
        row.bind(2, packingID)
        row.bind(3, size)
        _ = try row.step()
        return try packing.bytes(row, from: 0)
      }
    }
  }

  @Test func whateverIsPackedComesBackByteForByte() throws {
    let packing = try packing()
    var files = [FilePackingTests.invoice, [0], [0, 0], Array("<a/>".utf8)]
    files.append(Array(repeating: 0x20, count: 3_000_000))
    for size in [1, 100, 70_000] {
      files.append(FilePackingTests.noise(size))
      files.append(FilePackingTests.invoice + FilePackingTests.noise(size))
    }
    for file in files {
      let kept = packing.packed(file)
      #expect(kept.bytes.count <= file.count)
      #expect(try bytes(kept.bytes, kept.packingID, Int64(file.count)) == file)
    }
  }

  @Test func anInvoiceIsKeptInLessThanAThirdOfItsBytes() throws {
    let kept = try packing().packed(FilePackingTests.invoice)
    #expect(kept.packingID == 1)
    #expect(kept.bytes.count * 3 < FilePackingTests.invoice.count)
  }

  @Test func whatCannotBecomeSmallerIsKeptAsItCame() throws {
    let noise = FilePackingTests.noise(5_000)
    let kept = try packing().packed(noise)
    #expect(kept.packingID == nil)
    #expect(kept.bytes == noise)
  }

  @Test func filesFromBeforeThereWasPackingAreReadAsTheyAre() throws {
    #expect(try bytes([1, 2, 3], nil, nil) == [1, 2, 3])
  }

  @Test func whatWasDamagedIsNoFile() throws {
    let kept = try packing().packed(FilePackingTests.invoice)
    let size = Int64(FilePackingTests.invoice.count)
    for size in [size - 1, size + 1, 0, -1, .max] {
      #expect(throws: BooksError.self) { try bytes(kept.bytes, 1, size) }
    }
    #expect(throws: BooksError.self) { try bytes(kept.bytes, 2, size) }
    #expect(throws: BooksError.self) { try bytes([], 1, size) }
    #expect(throws: BooksError.self) { try bytes(kept.bytes.dropLast(5), 1, size) }
    // What is still a frame is known by its SHA-256.
    for _ in 0..<500 {
      var bytes = kept.bytes
      bytes[.random(in: bytes.indices)] ^= 1 << UInt8.random(in: 0..<8)
      let read = try? self.bytes(bytes, 1, size)
      #expect(read == nil || read?.count == Int(size))
    }
  }

  /// So that the books are enough to read what is in them.
  @Test func anyZstdUnpacksAFileWithTheDictionaryInTheBooks() throws {
    let workspace = try Workspace()
    let dictionary = try #require(books).books.read { db in
      try Data.fetchOne(db, sql: "SELECT dictionary FROM file_packing WHERE id = 1")
    }
    try #require(dictionary).write(to: URL(fileURLWithPath: workspace.file("dictionary")))
    try Data(packing().packed(FilePackingTests.invoice).bytes)
      .write(to: URL(fileURLWithPath: workspace.file("a.zst")))
    let unpacked = try workspace.shell("zstd -q -d -c -D dictionary a.zst")
    #expect(unpacked.status == 0)
    #expect(unpacked.out == String(decoding: FilePackingTests.invoice, as: UTF8.self))
  }
}
