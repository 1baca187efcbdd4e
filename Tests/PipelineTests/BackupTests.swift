import Foundation
import Shared
import TestSupport
import Testing

/// Copies of the books, and the way back.
struct BackupTests {
  @Test func aCopyIsTheBooksAndOnlyItsOwnerReadsIt() throws {
    let workspace = try Workspace(Prepared.mall)
    let copy = try workspace.run("boms-db", "backup", "copy.db", "--db", "m.db", "--lang", "en")
    #expect(copy.status == 0)
    #expect(copy.err.contains("'copy.db' is whole"))
    #expect(try permissions(workspace.file("copy.db")) == 0o600)
    let isSame =
      try TestDatabase.dump(workspace.file("copy.db")) == TestDatabase.dump(workspace.file("m.db"))
    #expect(isSame)
    #expect(try hidden(workspace) == [])
  }

  @Test func aCopyIsOfOneMomentWhileOthersWrite() throws {
    let workspace = try Workspace(Prepared.small)
    // Each transaction adds a building and its unit: a copy that has one has the other.
    try workspace.write(
      "writer.py",
      """
      import sqlite3, sys
      books = sqlite3.connect("m.db", timeout=60, isolation_level=None)
      print("writing", flush=True)
      for n in range(100000):
          books.execute("BEGIN IMMEDIATE")
          books.execute("INSERT INTO job_run (run, step, begun_at, seconds, status) "
                        "VALUES ('a', ?, '2026-01-01 00:00:00', 0, 0)", (str(n),))
          books.execute("INSERT INTO job_run (run, step, begun_at, seconds, status) "
                        "VALUES ('b', ?, '2026-01-01 00:00:00', 0, 0)", (str(n),))
          books.execute("COMMIT")
      """)
    let writer = try workspace.start("python3", ["writer.py"])
    defer {
      writer.kill()
      _ = try? writer.wait()
    }
    var last = 0
    for _ in 0..<12 {
      // SQLite gives no turns: on a busy machine the writer may keep the lock for long.
      let copy = try workspace.run(
        "boms-db", "backup", "copy.db", "--db", "m.db", "-q", "--force", "--wait", "60")
      #expect(copy.status == 0, "\(copy)")
      let counts = try workspace.run(
        "sqlite3", "copy.db",
        "SELECT sum(run = 'a') || ' ' || sum(run = 'b') FROM job_run WHERE step <> ''"
      ).out.split(whereSeparator: \.isWhitespace).compactMap { Int($0) }
      // Before the writer has begun there is nothing to sum up.
      #expect(counts.isEmpty ? last == 0 : counts.count == 2 && counts[0] == counts[1])
      last = max(last, counts.first ?? 0)
      usleep(30_000)
    }
    #expect(last > 0, "the writer wrote nothing")
  }

  @Test func aCopyThatIsKilledLeavesTheOldOneAndNothingInTheWay() throws {
    let workspace = try Workspace(Prepared.mall)
    try workspace.succeed("boms-db", "backup", "copy.db", "--db", "m.db")
    var before = try Data(contentsOf: URL(filePath: workspace.file("copy.db")))
    var random = Seeded(3)
    for _ in 0..<(Repository.testsAll ? 60 : 6) {
      let copy = try workspace.start(
        "boms-db", ["backup", "copy.db", "--db", "m.db", "-q", "--force"])
      usleep(UInt32.random(in: 0...60_000, using: &random))
      copy.kill()
      _ = try copy.wait()
      let now = try Data(contentsOf: URL(filePath: workspace.file("copy.db")))
      // Or it was the new one already, and whole.
      if now != before { try workspace.succeed("boms-db", "check", "--db", "copy.db", "-q") }
      before = now
    }
    try workspace.succeed("boms-db", "backup", "copy.db", "--db", "m.db", "--force")
    #expect(try hidden(workspace) == [])
  }

  @Test func aFileThatIsThereStaysUnlessItIsToBeReplaced() throws {
    let workspace = try Workspace(Prepared.small)
    let backup = ["backup", "--db", "m.db", "--lang", "en"]
    try workspace.write("copy.db", "letters")
    let refused = try workspace.run("boms-db", backup + ["copy.db"])
    #expect(refused.status == 73)
    #expect(refused.err.contains("'copy.db' is there already\n  hint: "))
    #expect(try workspace.read("copy.db") == "letters")
    #expect(try workspace.run("boms-db", backup + ["copy.db", "--force"]).status == 0)
    #expect(try workspace.read("copy.db").hasPrefix("SQLite format 3"))
  }

  @Test(arguments: ["m.db", "./m.db"])
  func booksAreNoPlaceForACopy(path: String) throws {
    let workspace = try Workspace(Prepared.small)
    let books = try workspace.dump()
    let ran = try workspace.run(
      "boms-db", "backup", path, "--db", "m.db", "--force", "--lang", "en")
    #expect(ran.status == 73)
    #expect(ran.err.contains("is a database in use"))
    #expect(try workspace.dump() == books)
    #expect(try hidden(workspace) == [])
  }

  @Test func copiesToOnePlaceAtOnceAreEachWholeOrRefused() throws {
    let workspace = try Workspace(Prepared.small)
    for _ in 0..<4 {
      let copies = try (0..<8).map { _ in
        try workspace.start(
          "boms-db", ["backup", "copy.db", "--db", "m.db", "--force", "-q", "--wait", "60"])
      }
      for copy in copies {
        let ended = try copy.wait()
        #expect([0, 75].contains(ended.status), "\(ended)")
      }
      #expect(try permissions(workspace.file("copy.db")) == 0o600)
      let checked = try workspace.run("sqlite3", "copy.db", "PRAGMA integrity_check")
      #expect(checked.out == "ok\n")
    }
    #expect(try hidden(workspace) == [])
  }

  @Test func whatIsRestoredIsTheCopyAndWhatWasThereIsKept() throws {
    let workspace = try Workspace(Prepared.mall)
    try workspace.succeed("boms-db", "backup", "copy.db", "--db", "m.db")
    let copied = try workspace.dump()
    try workspace.bill("2026-11-22")
    let billed = try workspace.dump()
    let tried = try workspace.run("boms-db", "restore", "copy.db", "--db", "m.db", "--dry-run")
    #expect(tried.status == 0)
    #expect(try workspace.dump() == billed)

    let restored = try workspace.run("boms-db", "restore", "copy.db", "--db", "m.db")
    #expect(restored.status == 0, "\(restored)")
    #expect(try workspace.dump() == copied)
    let kept = try #require(try files(workspace).first { $0.hasPrefix("m.db.before-restore-") })
    #expect(try TestDatabase.dump(workspace.file(kept)) == billed)
    // The next run bills as if nothing had been.
    try workspace.bill("2026-11-22")
    #expect(try workspace.check() == [])
    try workspace.succeed("boms-db", "restore", "copy.db", "--db", "m.db")
    #expect(try files(workspace).contains("\(kept)-2"))
  }

  @Test func nobodysBooksAreReplacedUnderHim() throws {
    let workspace = try Workspace(Prepared.small)
    try workspace.succeed("boms-db", "backup", "copy.db", "--db", "m.db")
    let books = try Books.open(workspace.file("m.db"), wait: 0)
    let before = try workspace.dump()
    try books.read { _ in
      let refused = try workspace.run("boms-db", "restore", "copy.db", "--db", "m.db")
      #expect(refused.status == 75)
    }
    #expect(try workspace.dump() == before)
    #expect(try files(workspace).filter { $0.contains("before") } == [])
  }

  @Test func aDamagedCopyChangesNothing() throws {
    let workspace = try Workspace(Prepared.mall)
    try workspace.succeed("boms-db", "backup", "copy.db", "--db", "m.db")
    var bytes = try Data(contentsOf: URL(filePath: workspace.file("copy.db")))
    bytes.replaceSubrange(98_304..<106_496, with: Data(repeating: 0x5A, count: 8192))
    try workspace.write("bad.db", bytes: Array(bytes))
    try workspace.write("short.db", bytes: Array(bytes.prefix(50_000)))
    try workspace.write("text.db", "not a database at all, but long enough to be looked at")
    let before = try workspace.dump()
    for (file, status) in [("bad.db", 74), ("short.db", 74), ("text.db", 74), ("no.db", 66)] {
      let refused = try workspace.run(
        "boms-db", "restore", file, "--db", "m.db", "--lang", "en")
      #expect(refused.status == Int32(status), "\(file): \(refused)")
      #expect(refused.err.contains("'\(file)'"))
    }
    #expect(try workspace.dump() == before)
    #expect(try files(workspace).filter { $0.contains("before") } == [])
  }

  @Test func booksThatAreNoDatabaseAnyMoreAreSetAsideWithTheirLog() throws {
    let workspace = try Workspace(Prepared.small)
    try workspace.succeed("boms-db", "backup", "copy.db", "--db", "m.db")
    let copied = try workspace.dump()
    try workspace.write("m.db", "garbage, garbage, garbage, garbage, garbage, garbage, garbage")
    try workspace.write("m.db-wal", "stale")
    try workspace.succeed("boms-db", "restore", "copy.db", "--db", "m.db")
    #expect(try workspace.dump() == copied)
    let kept = try #require(try files(workspace).first { $0.hasPrefix("m.db.before-restore-") })
    #expect(try workspace.read(kept).hasPrefix("garbage"))
    #expect(try workspace.check() == [])
  }

  @Test func aLogThatIsLeftOverFromBooksThatAreGoneIsNotApplied() throws {
    let workspace = try Workspace(Prepared.small)
    try workspace.succeed("boms-db", "backup", "copy.db", "--db", "m.db")
    let copied = try workspace.dump()
    try FileManager.default.removeItem(atPath: workspace.file("m.db"))
    try workspace.write("m.db-wal", "stale")
    try workspace.succeed("boms-db", "restore", "copy.db", "--db", "m.db")
    #expect(try workspace.dump() == copied)
    #expect(try workspace.run("sqlite3", "m.db", "PRAGMA journal_mode").out == "wal\n")
  }

  /// A restore that was killed while it looked at its copy may leave that one's log.
  @Test func aLogThatAKilledRestoreLeftIsNotApplied() throws {
    let workspace = try Workspace(Prepared.small)
    try workspace.succeed("boms-db", "backup", "copy.db", "--db", "m.db")
    let copied = try workspace.dump()
    try workspace.write(
      "leave.py",
      """
      import shutil, sqlite3
      shutil.copyfile("copy.db", "other.db")
      books = sqlite3.connect("other.db")
      books.execute("PRAGMA journal_mode = WAL")
      books.execute("UPDATE tenant SET name = 'x'")
      books.commit()
      shutil.copyfile("other.db-wal", ".m.db.part-wal")
      """)
    try workspace.succeed("python3", "leave.py")
    try workspace.succeed("boms-db", "restore", "copy.db", "--db", "m.db")
    #expect(try workspace.dump() == copied)
    #expect(try files(workspace).filter { $0.contains(".part") } == [])
  }

  @Test func anotherProgramsDatabaseStaysAsItIs() throws {
    let workspace = try Workspace(Prepared.small)
    try workspace.succeed("boms-db", "backup", "copy.db", "--db", "m.db")
    try workspace.succeed("sqlite3", "other.db", "CREATE TABLE x (a); INSERT INTO x VALUES (1)")
    #expect(try workspace.run("boms-db", "restore", "copy.db", "--db", "other.db").status == 78)
    #expect(try workspace.run("sqlite3", "other.db", "SELECT a FROM x").out == "1\n")
    #expect(try workspace.run("boms-db", "restore", "other.db", "--db", "m.db").status == 78)
  }

  // MARK: Scripts

  @Test func whatKilledBackupsLeftGoesWithTheNextOne() throws {
    let place = try BackupPlace()
    let left = ["db.part", "db.part-journal", "db.part-wal", "db.part-shm", "clear"]
    for name in left { try place.put(".mall-20260103-021000.\(name)") }
    try place.put(".mallet-20260103-021000.db.part")
    #expect(try place.runner.run("backup").status == 0)
    let hidden = try FileManager.default.contentsOfDirectory(atPath: place.folder + "/backups")
      .filter { $0.hasPrefix(".") }
    #expect(hidden.sorted() == [".mall.lock", ".mallet-20260103-021000.db.part"])
  }

  @Test func oldCopiesGoAndTheNewestOfEachDayWeekAndMonthStays() throws {
    let place = try BackupPlace()
    for day in ["20250131", "20250228", "20260103", "20260110", "20260117", "20260118"] {
      for time in ["021000", "120000"] { try place.put("mall-\(day)-\(time).db") }
    }
    try place.put("mall-notes.txt")
    try place.put("mallet-20200101-000000.db")
    var runner = place.runner
    runner.variables["BOMS_BACKUP_KEEP"] = "2 3 4"
    let ran = try runner.run("backup")
    #expect(ran == .init(status: 0, output: "", errors: ""))
    let copies = try place.copies()
    let today = try #require(copies.last { $0.hasPrefix("mall-2") })
    #expect(
      copies == [
        // The month's last ones, the weeks' last ones (18 January is the Sunday of the 17th's week),
        // yesterday's day, and what is not ours.
        "mall-20250131-120000.db", "mall-20250228-120000.db", "mall-20260110-120000.db",
        "mall-20260118-120000.db", today, "mall-notes.txt", "mallet-20200101-000000.db",
      ])
  }

  @Test func ofTodayAllCopiesStay() throws {
    let place = try BackupPlace()
    let today = try #require(
      try place.runner.run("date", "+%Y%m%d").output.split(separator: "\n").first)
    for time in ["000000", "000001"] { try place.put("mall-\(today)-\(time).db") }
    var runner = place.runner
    runner.variables["BOMS_BACKUP_KEEP"] = "1 0 0"
    #expect(try runner.run("backup").status == 0)
    let copies = try place.copies()
    #expect(copies.prefix(2) == ["mall-\(today)-000000.db", "mall-\(today)-000001.db"])
    #expect(copies.count == 3)
  }

  @Test func anEncryptedCopyNeedsTheKey() throws {
    let place = try BackupPlace()
    let made = try place.runner.run("age-keygen", "-o", place.folder + "/key")
    try #require(made.status == 0)
    let recipient = try place.runner.run("age-keygen", "-y", place.folder + "/key").output
    try recipient.write(
      toFile: place.folder + "/recipients", atomically: true, encoding: .utf8)
    var runner = place.runner
    runner.variables["BOMS_BACKUP_AGE"] = place.folder + "/recipients"
    #expect(try runner.run("backup") == .init(status: 0, output: "", errors: ""))
    let copies = try place.copies()
    #expect(copies.count == 1 && copies[0].hasSuffix(".db.age"))
    let copy = "\(place.folder)/backups/\(copies[0])"
    let bytes = try Data(contentsOf: URL(filePath: copy))
    #expect(bytes.starts(with: Data("age-encryption.org".utf8)))

    let before = try TestDatabase.dump(place.folder + "/mall.db")
    let changed = try runner.run(
      "sqlite3", place.folder + "/mall.db", "UPDATE tenant SET name = 'x'")
    #expect(changed.status == 0)
    #expect(try runner.run("restore", copy).status == 78)
    runner.variables["BOMS_BACKUP_IDENTITY"] = place.folder + "/key"
    #expect(try runner.run("restore", "--check", copy).status == 0)
    #expect(try runner.run("restore", copy).status == 0)
    #expect(try TestDatabase.dump(place.folder + "/mall.db") == before)
  }

  @Test func nothingIsRestoredWhileANightRuns() throws {
    let place = try BackupPlace()
    #expect(try place.runner.run("backup").status == 0)
    let holder = try place.runner.start(
      "flock", "--no-fork", "\(place.folder)/mall.db.nightly.lock",
      "bash", "-c", "echo held; exec sleep 20")
    defer { holder.stop() }
    try holder.awaitOutput("held")
    let refused = try place.runner.run("restore", "\(place.folder)/backups/\(place.copies()[0])")
    #expect(refused.status == 75)
    #expect(refused.errors.contains("a night is running"))
  }

  @Test func aFullDiskFailsLoudlyAndKeepsWhatIsThere() throws {
    let place = try BackupPlace()
    #expect(try place.runner.run("backup").status == 0)
    let copies = try place.copies()
    // No file may grow beyond 100 blocks of a kilobyte: what a full disk does to a writer.
    let ran = try place.runner.run(
      "bash", "-c", "ulimit -f 100; trap '' XFSZ; exec \(ScriptRunner.root)/scripts/backup")
    #expect(ran.status != 0)
    #expect(!ran.errors.isEmpty)
    #expect(try place.copies() == copies)
  }

  private func permissions(_ path: String) throws -> Int {
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    return try #require(attributes[.posixPermissions] as? Int)
  }

  private func files(_ workspace: Workspace) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: workspace.path).sorted()
  }

  private func hidden(_ workspace: Workspace) throws -> [String] {
    try files(workspace).filter { $0.hasSuffix(".part") }
  }
}

/// The small property's books and a folder of backups, for the scripts.
private struct BackupPlace {
  private let workspace: Workspace
  var folder: String { workspace.path }
  let runner: ScriptRunner

  init() throws {
    workspace = try Workspace()
    let folder = workspace.path
    try FileManager.default.createDirectory(
      atPath: folder + "/backups", withIntermediateDirectories: false)
    try FileManager.default.copyItem(
      atPath: Prepared.small.get().file("m.db"), toPath: folder + "/mall.db")
    runner = ScriptRunner(variables: [
      "BOMS_DB": folder + "/mall.db", "BOMS_BACKUP": folder + "/backups",
    ])
  }

  func put(_ name: String) throws {
    try Data().write(to: URL(filePath: "\(folder)/backups/\(name)"))
  }

  func copies() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder + "/backups").filter {
      !$0.hasPrefix(".")
    }.sorted()
  }
}
