import Crypto
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

  /// What a row gives of a file that came so, with these values of `bytes`, `packing_id` and `size`.
  private func read(
    _ file: [UInt8], _ bytes: [UInt8], _ packingID: Int64?, _ size: Int64?
  ) throws -> [UInt8] {
    let packing = try packing()
    return try #require(books).books.read { db in
      let row = try SQLStatement(db, "SELECT ?1, ?2, ?3, ?4")
      return try bytes.withUnsafeBytes { bytes in
        try Array(SHA256.hash(data: file)).withUnsafeBytes { sha256 in
          row.bind(1, blob: sha256)
          row.bind(2, blob: bytes)
          row.bind(3, packingID)
          row.bind(4, size)
          _ = try row.step()
          return try packing.bytes(row)
        }
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
      #expect(try read(file, kept.bytes, kept.packingID, Int64(file.count)) == file)
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
    #expect(try read([1, 2, 3], [1, 2, 3], nil, nil) == [1, 2, 3])
  }

  @Test func whatWasDamagedIsNoFile() throws {
    let file = FilePackingTests.invoice
    let kept = try packing().packed(file).bytes
    let size = Int64(file.count)
    for size in [size - 1, size + 1, 0, -1, .max] {
      #expect(throws: BooksError.self) { try read(file, kept, 1, size) }
    }
    #expect(throws: BooksError.self) { try read(file, kept, 2, size) }
    #expect(throws: BooksError.self) { try read(file, kept, nil, size) }
    #expect(throws: BooksError.self) { try read(file, [], 1, size) }
    #expect(throws: BooksError.self) { try read(file, kept.dropLast(5), 1, size) }
    #expect(throws: BooksError.self) { try read(file, file.dropLast(), nil, nil) }
    // A bit that flips leaves a frame with other bytes in it, or none, or says nothing of them.
    for _ in 0..<500 {
      var damaged = kept
      damaged[.random(in: damaged.indices)] ^= 1 << UInt8.random(in: 0..<8)
      let bytes = try? read(file, damaged, 1, size)
      #expect(bytes == nil || bytes == file)
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
