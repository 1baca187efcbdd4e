import Crypto
import FoundationEssentials
import GRDB

/// Seals values so that nobody without the key can read or change them, or put them elsewhere:
/// AES-256-GCM with a nonce of chance, and the place (table, column, the row's own key) as
/// associated data. Stored is `s1:` and the Base64 of nonce, ciphertext and tag; of a file, the bytes
/// as they are behind the mark.
struct Seal: Sendable {
  static let mark = "s1:"

  private let key: SymmetricKey
  private let nonceKey: SymmetricKey

  init(_ file: KeyFile) {
    key = file.key(for: "seal")
    nonceKey = file.key(for: "nonce")
  }

  /// - Parameter isUnique: seals equal values at equal places equally: the nonce is then a keyed
  ///   hash of both, which tells whether two are equal and nothing else.
  func seal(_ value: [UInt8], at place: [UInt8], isUnique: Bool) throws -> [UInt8] {
    let nonce =
      isUnique
      ? try AES.GCM.Nonce(
        data: Array(HMAC<SHA256>.authenticationCode(for: place + value, using: nonceKey))[..<12])
      : AES.GCM.Nonce()
    let box = try AES.GCM.seal(value, using: key, nonce: nonce, authenticating: place)
    return Array(nonce) + box.ciphertext + box.tag
  }

  func open(_ sealed: some Collection<UInt8>, at place: [UInt8]) throws -> [UInt8] {
    let box = try AES.GCM.SealedBox(combined: Array(sealed))
    return Array(try AES.GCM.open(box, using: key, authenticating: place))
  }

  // MARK: In SQL

  /// `seal(value, form, is unique, table, column, key…)`; without a seal the value as it is.
  static func sealFunction(_ seal: Seal?) -> DatabaseFunction {
    DatabaseFunction("seal") { values in
      guard let seal, values.count > 5 else { return values.first }
      let isUnique = Int.fromDatabaseValue(values[2]) == 1
      switch values[0].storage {
      case .null: return nil
      case .blob(let bytes):
        let sealed = try seal.seal(Array(bytes), at: place(values[3...]), isUnique: isUnique)
        return Data(Array(mark.utf8) + sealed)
      case .string(let text):
        let form = String.fromDatabaseValue(values[1]) ?? ""
        // What has nothing to hide stays readable, and what looks sealed is never taken for it.
        if Masking.mask(text, field: form) == text, !text.hasPrefix(mark) { return text }
        let sealed = try seal.seal(Array(text.utf8), at: place(values[3...]), isUnique: isUnique)
        return mark + Data(sealed).base64EncodedString()
      default:
        throw DatabaseError(resultCode: .SQLITE_MISMATCH, message: "a number cannot be sealed")
      }
    }
  }

  /// `unseal(value, table, column, key…)`: what is not sealed comes out as it is.
  static func unsealFunction(_ seal: Seal?) -> DatabaseFunction {
    DatabaseFunction("unseal", pure: true) { values in
      guard let seal, values.count > 3 else { return values.first }
      switch values[0].storage {
      case .blob(let bytes) where bytes.starts(with: mark.utf8):
        return Data(try seal.opened(bytes.dropFirst(mark.utf8.count), values))
      case .string(let text) where text.hasPrefix(mark):
        guard let sealed = Data(base64Encoded: String(text.dropFirst(mark.count))) else {
          throw changed(values)
        }
        return String(decoding: try seal.opened(sealed, values), as: UTF8.self)
      default: return values[0]
      }
    }
  }

  private func opened(_ sealed: some Collection<UInt8>, _ values: [DatabaseValue]) throws
    -> [UInt8]
  {
    do { return try open(sealed, at: Seal.place(values[1...])) } catch is CryptoKitError {
      throw Seal.changed(values)
    }
  }

  private static func changed(_ values: [DatabaseValue]) -> DatabaseError {
    let names = values[1...2].compactMap { String.fromDatabaseValue($0) }
    return DatabaseError(
      resultCode: .SQLITE_CORRUPT,
      message: "a sealed \(names.joined(separator: ".")) was changed or belongs to another row")
  }

  /// Table, column and key, each with its length before it, so that no two places read alike.
  private static func place(_ values: ArraySlice<DatabaseValue>) -> [UInt8] {
    var place: [UInt8] = []
    for value in values {
      let bytes: [UInt8] =
        switch value.storage {
        case .null: []
        case .int64(let number): Array(String(number).utf8)
        case .double(let number): Array(String(number).utf8)
        case .string(let text): Array(text.utf8)
        case .blob(let data): Array(data)
        }
      withUnsafeBytes(of: UInt32(bytes.count).bigEndian) { place.append(contentsOf: $0) }
      place.append(contentsOf: bytes)
    }
    return place
  }
}

extension DatabaseFunction {
  /// `mask(value, form)`: what `Masking` leaves of a value.
  static let mask = DatabaseFunction("mask", argumentCount: 2, pure: true) { values in
    guard let text = String.fromDatabaseValue(values[0]),
      let form = String.fromDatabaseValue(values[1])
    else { return nil }
    return Masking.mask(text, field: form)
  }
}
