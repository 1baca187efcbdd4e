import GRDB
import Shared

/// Lines that show what the audit was: `17 2026-11-29T02:10:00Z 6f…`.
enum AnchorStore {
  static func line(_ db: Database) throws -> String {
    let tip = try AuditStore.tip(db)
    let at = try String.fetchOne(
      db, sql: "SELECT at FROM audit WHERE seq = ?", arguments: [tip.seq])
    return "\(tip.seq) \(at ?? "-") \(hex(tip.mac))"
  }

  /// - Throws: `Failure` 66 for a file that is not there, 65 for a line that is none.
  static func read(_ path: String) throws -> [AuditVerification.Anchor] {
    let lines = try InputSource(path).text().split(separator: "\n")
    return try lines.enumerated().map { index, line in
      let words = line.split(separator: " ")
      guard words.count == 3, let seq = Int64(words[0]), let mac = bytes(words[2]) else {
        throw Failure(
          .badData,
          Phrase("\(path):\(index + 1): this is no anchor", "\(path):\(index + 1)：不是锚点"),
          hint: Phrase(
            "a line of 'boms-db audit anchor' is expected", "应为 'boms-db audit anchor' 输出的行"))
      }
      return AuditVerification.Anchor(seq: seq, mac: mac)
    }
  }

  private static func hex(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef")
    return String(bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
  }

  private static func bytes(_ hex: Substring) -> [UInt8]? {
    let digits = hex.compactMap(\.hexDigitValue)
    guard digits.count == 64, hex.count == 64 else { return nil }
    return stride(from: 0, to: 64, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
  }
}
