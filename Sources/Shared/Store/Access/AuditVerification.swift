import Crypto
import GRDB

/// Whether the audit is as it was written: every row under its code, none missing, none put in
/// between, and the changes of registers with it.
package struct AuditVerification {
  package struct Finding: Sendable {
    /// The row; nil: the audit as a whole.
    package var seq: Int64?
    package var message: Phrase
  }

  /// A row's number and code as somebody has kept them outside.
  package struct Anchor: Hashable, Sendable {
    package var seq: Int64
    package var mac: [UInt8]

    package init(seq: Int64, mac: [UInt8]) {
      self.seq = seq
      self.mac = mac
    }
  }

  package private(set) var findings: [Finding] = []
  package private(set) var rows = 0
  private let db: Database
  private var purged: Anchor?

  /// - Parameter anchors: what was kept outside.
  package init(_ db: Database, anchors: [Anchor] = []) throws {
    self.db = db
    purged = try lastPurge()
    try lookAtRows(Dictionary(anchors.map { ($0.seq, $0) }, uniquingKeysWith: { a, _ in a }))
    try lookAtStrayChanges()
  }

  private mutating func find(_ seq: Int64?, _ message: Phrase) {
    findings.append(Finding(seq: seq, message: message))
  }

  private func lastPurge() throws -> Anchor? {
    let row = try SQLStatement(
      db, "SELECT through, mac FROM audit_purge ORDER BY through DESC LIMIT 1")
    defer { row.reset() }
    return try row.step() ? Anchor(seq: row.integer(0), mac: Array(row.blob(1))) : nil
  }

  // MARK: Rows

  private mutating func lookAtRows(_ anchors: [Int64: Anchor]) throws {
    let keys = try AuditKey.known(db)
    var previous = purged ?? Anchor(seq: 0, mac: AuditChain.start)
    var isStrong = false
    var isPurgeTold = purged == nil
    let rows = try SQLStatement(
      db,
      """
      SELECT seq, at, user, account, host, run, tool, command, arguments, outcome, counts, reason,
        changes, key, mac FROM audit ORDER BY seq
      """)
    while try rows.step() {
      self.rows += 1
      let row = AuditRow(rows)
      if row.seq != previous.seq + 1 {
        let gone = row.seq - previous.seq - 1
        find(
          row.seq,
          gone > 0
            ? Phrase("\(gone) rows before it are missing", "其前缺少 \(gone) 行")
            : Phrase("it lies in what was purged", "位于已清理的范围内"))
      }
      if let key = keys[row.keyName] {
        if case .file = key {
          isStrong = true
        } else if isStrong {
          find(row.seq, Phrase("it is not under the key of the key file", "未使用密钥文件中的密钥"))
        }
        let message = AuditChain.message(
          row.entry, seq: row.seq, after: previous.mac, keyName: row.keyName)
        if try key.mac(message, db) != row.mac {
          find(
            row.seq,
            Phrase(
              "it, or the row before it, is not as it was written", "该行或其前一行已被改动"))
        }
      } else {
        find(
          row.seq,
          Phrase("its key '\(row.keyName)' is not here", "缺少其密钥“\(row.keyName)”"))
      }
      if try changes(of: row.seq) != row.entry.changes {
        find(row.seq, Phrase("its changes are not as they were written", "其变更记录已被改动"))
      }
      if let anchor = anchors[row.seq], anchor.mac != row.mac {
        find(row.seq, Phrase("it is not the row of the anchor", "与留存的锚点不符"))
      }
      if let purged, row.tellsOfPurge(through: purged.seq) { isPurgeTold = true }
      previous = Anchor(seq: row.seq, mac: row.mac)
    }
    if let purged, let anchor = anchors[purged.seq], anchor.mac != purged.mac {
      find(purged.seq, Phrase("it is not the row of the anchor", "与留存的锚点不符"))
    }
    if let last = anchors.keys.max(), last > previous.seq {
      find(
        nil,
        Phrase(
          "the anchor knows row \(last), the audit ends with row \(previous.seq): rows are cut off",
          "锚点记有第 \(last) 行，而审计止于第 \(previous.seq) 行：末尾被截断"))
    }
    if let purged, !isPurgeTold {
      find(
        purged.seq,
        Phrase("no row tells of the purge through it", "没有说明清理至该行的审计记录"))
    }
  }

  // MARK: Changes

  private func changes(of seq: Int64) throws -> [UInt8]? {
    try AuditStore.hash(ofChangesOf: seq, db)
  }

  private mutating func lookAtStrayChanges() throws {
    let strays = try SQLStatement(
      db,
      """
      SELECT DISTINCT seq FROM audit_change
      WHERE seq NOT IN (SELECT seq FROM audit) ORDER BY seq LIMIT 100
      """)
    while try strays.step() {
      find(
        strays.integer(0),
        Phrase("registers were changed without a row of the audit", "登记表被改动但没有审计记录"))
    }
  }
}

/// A row as it is stored.
private struct AuditRow {
  var seq: Int64
  var entry: AuditEntry
  var keyName: String
  var mac: [UInt8]

  /// From a query of all columns in their order.
  init(_ row: SQLStatement) {
    seq = row.integer(0)
    entry = AuditEntry(
      at: row.text(1), user: row.text(2), account: row.text(3), host: row.text(4),
      run: row.text(5), tool: row.text(6), command: row.text(7), arguments: row.text(8),
      outcome: row.text(9), counts: row.text(10), reason: row.optionalText(11),
      changes: row.isNull(12) ? nil : Array(row.blob(12)))
    keyName = row.text(13)
    mac = Array(row.blob(14))
  }

  func tellsOfPurge(through seq: Int64) -> Bool {
    entry.command == AuditStore.purgeCommand && entry.counts == AuditStore.purgeCounts(seq)
  }
}
