import Foundation
import Shared
import TestSupport
import Testing

/// Thirty nights of scripts/nightly over the sample mall. Facts are dropped on the day on which they
/// are known. Some nights do not happen, are killed, find the disk full or the mail server dead: in the
/// end the books are those of nights that nothing disturbed, and nobody was told anything twice.
struct ThirtyNightsTests {
  static let first: CivilDate = "2026-10-01"
  static let seeds: [UInt64] = [1, 2]

  @Test(.enabled(if: Repository.testsAll), arguments: seeds)
  func nightsThatWereDisturbedEndWithTheSameBooks(_ seed: UInt64) throws {
    let quiet = try Nights()
    let disturbed = try Nights()
    var random = Seeded(seed)
    var killed = 0
    for number in 0..<30 {
      let day = ThirtyNightsTests.first.adding(days: number)
      for nights in [quiet, disturbed] { try nights.drop(day) }
      let night = try quiet.night(day)
      #expect(night.status == 0, "\(day): \(night)")
      // The last night is a good one: what was missed is made up then.
      switch number == 29 ? 9 : Int.random(in: 0..<10, using: &random) {
      case 0, 1: continue
      case 2, 3:
        killed += 1
        try disturbed.killedNight(day, after: Double.random(in: 0.05...3, using: &random))
      case 4: try disturbed.fullNight(day)
      case 5:
        let night = try disturbed.night(day, mail: "exit 75")
        #expect(night.status == 0 || night.err.contains("deliver-mail"), "\(day): \(night)")
      default:
        let night = try disturbed.night(day)
        #expect(night.status == 0, "\(day): \(night)")
      }
    }
    for nights in [quiet, disturbed] {
      let again = try nights.night(ThirtyNightsTests.first.adding(days: 29))
      #expect(again.status == 0, "\(again)")
      #expect(try nights.place.check() == [])
      #expect(try nights.left() == [], "dropped files that nobody took")
    }
    let (books, expected) = (try disturbed.books(), try quiet.books())
    let isSame = books == expected
    #expect(
      isSame,
      """
      disturbed \(Set(books).subtracting(expected).sorted().prefix(4)),
      quiet \(Set(expected).subtracting(books).sorted().prefix(4))
      """)
    #expect(expected.count > 1000)
    try expectReminders(quiet, disturbed)
    // Killed between sending and recording, a message goes out again under its old number.
    #expect(try quiet.sentAgain() == 0)
    #expect(try disturbed.sentAgain() <= killed)
  }

  /// Whoever was reminded in disturbed nights was reminded in quiet ones, of the same levels or of the
  /// highest of them.
  private func expectReminders(_ quiet: Nights, _ disturbed: Nights) throws {
    let (expected, found) = (try quiet.levels(), try disturbed.levels())
    #expect(found.values.reduce(0) { $0 + $1.count } > 50)
    for (matter, levels) in found {
      let known = expected[matter] ?? []
      #expect(levels.isSubset(of: known), "\(matter): \(levels) of \(known)")
      #expect(levels.max() == known.max(), "\(matter): \(levels) of \(known)")
    }
  }
}

/// A mall's books, a drop folder and a file that stands for everybody's mailbox.
private struct Nights {
  let place: Workspace

  init() throws {
    place = try Workspace()
    for folder in ["drop", "sent", "examples"] {
      try FileManager.default.createDirectory(
        atPath: place.file(folder), withIntermediateDirectories: false)
    }
    try place.succeed("boms-db", "init", "--db", "m.db", "--quiet")
    try place.write("split.py", Nights.split)
    let run = try place.shell(
      """
      python3 split.py '\(Repository.path("examples"))' '\(ThirtyNightsTests.first)' &&
      boms-import --db m.db --quiet --all examples
      """)
    try #require(run.status == 0, "\(run)")
  }

  /// What is known before the first night goes to `examples/`, the rest to `later/DAY/`.
  private static let split = """
    import csv, os, re, sys
    source, first = sys.argv[1:]
    days = {"payment": "收款日期", "reading": "抄表日期", "turnover": "上报日期"}
    for name in sorted(os.listdir(source)):
        if not name.endswith(".csv"):
            continue
        data = open(os.path.join(source, name), "rb").read()
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("gb18030")
        rows = list(csv.reader(text.splitlines()))
        register = name[:-4]
        kept = {"": [rows[0]]}
        for row in rows[1:]:
            day = ""
            if register in days and days[register] in rows[0]:
                parts = re.findall(r"[0-9]+", row[rows[0].index(days[register])])
                if len(parts) == 1:
                    parts = [parts[0][:4], parts[0][4:6], parts[0][6:]]
                if len(parts) == 3:
                    day = "%04d-%02d-%02d" % tuple(map(int, parts))
            kept.setdefault(day if day >= first else "", [rows[0]]).append(row)
        for day, rows in kept.items():
            folder = os.path.join("later", day) if day else "examples"
            os.makedirs(folder, exist_ok=True)
            with open(os.path.join(folder, name), "w", newline="") as file:
                csv.writer(file).writerows(rows)
    """

  /// What became known on the day before.
  func drop(_ day: CivilDate) throws {
    let folder = place.file("later/\(day.previous)")
    for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] {
      let dropped = name.replacing(".csv", with: "-\(day).csv")
      try place.copy("\(folder)/\(name)", to: "drop/\(dropped)")
    }
  }

  func left() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: place.file("drop")).filter {
      $0.hasSuffix(".csv")
    }
  }

  // MARK: Nights

  private func settings(_ day: CivilDate, mail: String) -> [String: String] {
    [
      "BOMS_DB": place.file("m.db"), "BOMS_DROP": place.file("drop"), "BOMS_SETTLE": "0",
      "BOMS_AS_OF": "\(day)", "BOMS_LOG": place.file("nightly.log"), "BOMS_VIA_MAIL": mail,
    ]
  }

  private var nightly: String { Repository.path("scripts/nightly") }
  private var sink: String { "cat >> '\(place.file("sent/mail"))'" }

  func night(_ day: CivilDate, mail: String? = nil) throws -> Workspace.Run {
    try place.run(nightly, [], environment: settings(day, mail: mail ?? sink))
  }

  /// The whole night dies, with everything that it has started.
  func killedNight(_ day: CivilDate, after seconds: Double) throws {
    _ = try place.run(
      "bash",
      ["-c", "set -m; '\(nightly)' & sleep \(seconds); kill -9 -- -$!; wait $!"],
      environment: settings(day, mail: sink))
  }

  /// No file grows: what a full disk does to those who write.
  func fullNight(_ day: CivilDate) throws {
    // A night that has little to write may go through.
    _ = try place.run(
      "bash", ["-c", "ulimit -f 64; trap '' XFSZ; exec '\(nightly)'"],
      environment: settings(day, mail: sink))
  }

  // MARK: What came of them

  /// Charges, allocations, entries and what is open, without numbers and without the days of what was
  /// found later.
  func books() throws -> [String] {
    let entries = try TestDatabase.rows(
      """
      SELECT payment_no, company_no, booked_on FROM payment_entry
      UNION ALL SELECT payment_no, tenant_no, matched_by FROM payment_claim ORDER BY 1, 2, 3
      """, place.file("m.db"))
    let charges = try TestDatabase.rows(
      """
      SELECT r.contract_no, \(Nights.source("r")), r.period_start, r.kind, sum(c.net_fen), sum(c.tax_fen),
        sum(c.amount_fen)
      FROM charge c JOIN charge r ON r.id = coalesce(c.adjusts, c.id)
      GROUP BY r.id HAVING sum(c.amount_fen) <> 0 ORDER BY 1, 2, 3, 4
      """, place.file("m.db"))
    let allocations = try TestDatabase.rows(
      """
      SELECT coalesce(a.payment_no, n.contract_no || \(Nights.source("n")) || n.period_start,
          a.opening_id), c.contract_no, \(Nights.source("c")), c.period_start, sum(a.amount_fen)
      FROM allocation a JOIN charge c ON c.id = a.charge_id LEFT JOIN charge n ON n.id = a.credit_id
      GROUP BY 1, 2, 3, 4 HAVING sum(a.amount_fen) <> 0 ORDER BY 1, 2, 3, 4
      """, place.file("m.db"))
    return (entries + charges + allocations).map { $0.joined(separator: "|") }
  }

  /// A charge's source, where a late fee's charge is named by what it is and not by its number.
  private static func source(_ charge: String) -> String {
    """
    CASE WHEN \(charge).source GLOB 'C[0-9]*' THEN (SELECT 'C' || o.source || o.period_start
      FROM charge o WHERE o.id = CAST(substr(\(charge).source, 2) AS INTEGER))
      ELSE \(charge).source END
    """
  }

  /// The levels that were made of each matter for each recipient.
  func levels() throws -> [String: Set<Int>] {
    let rows = try TestDatabase.rows(
      """
      SELECT kind, coalesce((SELECT contract_no || ' ' || company_no || ' ' || bill_on FROM bill
        WHERE bill_no = subject), subject), due_on, recipient, channel, level FROM reminder
      """, place.file("m.db"))
    var levels: [String: Set<Int>] = [:]
    for row in rows {
      levels[row[0..<5].joined(separator: " "), default: []].insert(Int(row[5]) ?? 0)
    }
    return levels
  }

  /// How many messages were handed over more than once.
  func sentAgain() throws -> Int {
    let numbers = try place.read("sent/mail").split(separator: "\n").filter {
      $0.hasPrefix("Message-No: ")
    }
    #expect(!numbers.isEmpty)
    return numbers.count - Set(numbers).count
  }
}
