import CLibZstd
import Crypto
import GRDB

/// Packs the files that are kept, and unpacks them: zstd, against the dictionaries of `file_packing`.
package final class FilePacking {
  private struct Dictionary {
    let id: Int64
    let unpacking: OpaquePointer?
  }

  /// Bytes of a file that is unpacked; a damaged page must not ask for more memory than there is.
  private static let maxSize: Int64 = 64 << 20

  private var dictionaries: [Dictionary] = []
  /// The last one, made ready for packing.
  private let packing: OpaquePointer?
  private let packer = ZSTD_createCCtx()
  private let unpacker = ZSTD_createDCtx()
  private var room: [UInt8] = []

  package init(_ db: Database) throws {
    let rows = try SQLStatement(db, "SELECT id, dictionary FROM file_packing ORDER BY id")
    var last: [UInt8] = []
    while try rows.step() {
      last = Array(rows.blob(1))
      dictionaries.append(
        Dictionary(id: rows.integer(0), unpacking: ZSTD_createDDict(last, last.count)))
    }
    packing = ZSTD_createCDict(last, last.count, ZSTD_CLEVEL_DEFAULT)
  }

  deinit {
    for dictionary in dictionaries { ZSTD_freeDDict(dictionary.unpacking) }
    ZSTD_freeCDict(packing)
    ZSTD_freeCCtx(packer)
    ZSTD_freeDCtx(unpacker)
  }

  /// Against the last dictionary; as they came where that makes them no fewer, as it does of a PDF.
  /// - Returns: the values of `bytes` and `packing_id`.
  package func packed(_ bytes: [UInt8]) -> (bytes: [UInt8], packingID: Int64?) {
    let bound = ZSTD_compressBound(bytes.count)
    if room.count < bound { room = [UInt8](repeating: 0, count: bound) }
    let count = room.withUnsafeMutableBytes { room in
      bytes.withUnsafeBytes { bytes in
        ZSTD_compress_usingCDict(
          packer, room.baseAddress, room.count, bytes.baseAddress, bytes.count, packing)
      }
    }
    guard let dictionary = dictionaries.last, ZSTD_isError(count) == 0, count < bytes.count else {
      return (bytes, nil)
    }
    return (Array(room[..<count]), dictionary.id)
  }

  /// What a row of `file_content` needs to be read.
  package static let columns = "sha256, bytes, packing_id, size"

  /// The bytes as they came.
  /// - Parameter row: begins with `columns`.
  /// - Throws: `DatabaseError` of damaged books if they are not what came.
  package func bytes(_ row: SQLStatement) throws -> [UInt8] {
    let bytes = try unpacked(row.blob(1), by: row.optionalInteger(2), size: row.integer(3))
    guard row.blob(0).elementsEqual(SHA256.hash(data: bytes)) else { throw FilePacking.damaged }
    return bytes
  }

  private func unpacked(
    _ kept: UnsafeRawBufferPointer, by packingID: Int64?, size: Int64
  ) throws -> [UInt8] {
    guard let packingID else { return Array(kept) }
    guard let dictionary = dictionaries.first(where: { $0.id == packingID }),
      (1...FilePacking.maxSize).contains(size)
    else { throw FilePacking.damaged }
    return try [UInt8](unsafeUninitializedCapacity: Int(size)) { bytes, count in
      // An error is a number beyond all sizes.
      guard
        ZSTD_decompress_usingDDict(
          unpacker, bytes.baseAddress, Int(size), kept.baseAddress, kept.count,
          dictionary.unpacking) == size
      else { throw FilePacking.damaged }
      count = Int(size)
    }
  }

  private static var damaged: DatabaseError {
    DatabaseError(resultCode: .SQLITE_CORRUPT, message: "a kept file is not what came")
  }
}
