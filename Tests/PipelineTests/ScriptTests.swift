import Foundation
import TestSupport
import Testing

/// The scripts, run with the programs that were built for the tests.
@Suite struct ScriptTests {
  // MARK: nightly

  @Test func aNightWithoutWorkSaysNothingAndLeavesALog() throws {
    let night = try Night()
    let ran = try night.run()
    #expect(ran == .init(status: 0, output: "", errors: ""))
    let log = try night.text("mall.db.nightly.log")
    #expect(log.contains("import: nothing to import"))
    #expect(log.contains("bill: done"))
    #expect(log.contains("collect: done"))
    #expect(log.contains("depreciate: done"))
    #expect(log.contains("check: invariants checked"))
    #expect(log.contains("nightly: all done"))
  }

  @Test func droppedFilesAreImportedBilledAndMovedToDone() throws {
    let night = try Night()
    for name in try night.examples() {
      try night.drop(copyOf: name, as: name == "reading.csv" ? "reading-2026-10.csv" : name)
    }
    let ran = try night.run()
    #expect(ran == .init(status: 0, output: "", errors: ""))
    #expect(try night.dropped().isEmpty)
    #expect(try night.moved("done").contains("reading-2026-10.csv"))
    // A warning lies beside the file that it is about, under the file's own name.
    let findings = try night.text("drop/done/\(night.day)/contract.csv.findings.txt")
    #expect(findings.hasPrefix("contract.csv:"))
    #expect(try night.text("mall.db.nightly.log").contains("bills 1,032"))

    #expect(try night.text("mall.db.nightly.log").contains("collect: accounts"))

    // What was paid late bears late fees, which credit may pay: after that there is nothing to do.
    for _ in 1...3 {
      let again = try night.run()
      #expect(again == .init(status: 0, output: "", errors: ""))
    }
    #expect(try night.text("mall.db.nightly.log").contains("bills 0"))
  }

  @Test func theNightRemindsAndDeliversAndSaysWhichChannelFailed() throws {
    let night = try Night()
    let small = ScriptRunner.root + "/Tests/Fixtures/small"
    for name in try FileManager.default.contentsOfDirectory(atPath: small) {
      try FileManager.default.copyItem(
        atPath: "\(small)/\(name)", toPath: "\(night.folder)/drop/\(name)")
    }
    var runner = night.runner
    runner.variables["BOMS_AS_OF"] = "2026-03-31"
    runner.variables["BOMS_VIA_MAIL"] = "cat >> '\(night.folder)/mail'"
    runner.variables["BOMS_VIA_WEBHOOK"] = "echo 'no route' >&2; exit 69"
    runner.variables["BOMS_DIGEST"] = "mail webhook"
    let ran = try runner.run("nightly")
    #expect(ran.status == 1)
    #expect(ran.errors.contains("nightly: step 'deliver-webhook' failed with status 1"))
    #expect(ran.errors.contains("no route"))
    #expect(ran.errors.contains("nightly: failed: deliver-webhook (1)"))
    let log = try night.text("mall.db.nightly.log")
    #expect(log.contains("remind: new ") && log.contains("deliver-mail: sent "))
    let mail = try night.text("mail")
    #expect(mail.contains("To-Name: 王主管\n"))
    // What failed waits its time; nothing is made or sent twice.
    let again = try runner.run("nightly")
    #expect(again == .init(status: 0, output: "", errors: ""))
    #expect(try night.text("mall.db.nightly.log").contains("remind: new 0 "))
    #expect(try night.text("mail") == mail)
  }

  @Test func aBadFileGoesToFailedWithItsFindingsLoudlyAndBillingRunsAllTheSame()
    throws
  {
    let night = try Night()
    try night.drop("building.csv", "property_no,building_no\nP9,A\n")
    try night.drop("company.csv", "company_no,name\nCQ,商管\n")
    let ran = try night.run()
    #expect(ran.status == 65)
    #expect(ran.output.isEmpty)
    #expect(ran.errors.contains("nightly: step 'import' failed with status 65"))
    #expect(ran.errors.contains("[read.missing-column]"))
    #expect(ran.errors.hasSuffix("the log is '\(night.folder)/mall.db.nightly.log'\n"))
    #expect(ran.errors.contains("nightly: failed: import (65)"))
    #expect(try night.text("mall.db.nightly.log").contains("bill: done"))
    // One transaction: both files are back, each with what was said.
    #expect(
      try night.moved("failed") == [
        "building.csv", "building.csv.findings.txt", "company.csv", "company.csv.findings.txt",
      ])
    #expect(
      try night.text("drop/failed/\(night.day)/company.csv.findings.txt")
        .contains("company.csv:1:"))
  }

  @Test func invoicesInTheirFolderGoIntoThePool() throws {
    let night = try Night()
    let folder = night.folder + "/invoices"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
    let good = EInvoiceText(number: "26332000000000000301")
    var bad = EInvoiceText(number: "26332000000000000302")
    bad.gross = "999.00"
    for (name, text) in [("好的 发票.xml", good.xml), ("bad.xml", bad.xml)] {
      try text.write(toFile: "\(folder)/\(name)", atomically: false, encoding: .utf8)
    }
    var runner = night.runner
    runner.variables["BOMS_INVOICES"] = folder
    let ran = try runner.run("nightly")
    #expect(ran.status == 65)
    #expect(ran.errors.contains("nightly: step 'invoices' failed with status 65"))
    let moved = FileManager.default
    #expect(
      try moved.contentsOfDirectory(atPath: "\(folder)/done/\(night.day)").sorted()
        == ["好的 发票.xml"])
    #expect(
      try moved.contentsOfDirectory(atPath: "\(folder)/failed/\(night.day)").sorted()
        == ["bad.xml", "bad.xml.findings.txt"])
    let findings = try night.text("invoices/failed/\(night.day)/bad.xml.findings.txt")
    #expect(findings.hasPrefix("bad.xml:gross: error: "))
    let again = try runner.run("nightly")
    #expect(again.status == 0)
  }

  @Test func aFileThatNoRegisterHasTheNameOfGoesToFailed() throws {
    let night = try Night()
    try night.drop("budget.xlsx", "x")
    let ran = try night.run()
    #expect(ran.status == 65)
    #expect(ran.errors.contains("budget.xlsx: error: no register has this name"))
    #expect(try night.moved("failed") == ["budget.xlsx", "budget.xlsx.findings.txt"])
  }

  @Test func severalFilesOfOneRegisterGoInOneAfterTheOther() throws {
    let night = try Night()
    let heading = "company_no,name,credit_code\n"
    try night.drop("company-1.csv", heading + "CQ,旧名,91330106MACKX4QG41\n")
    try night.drop("company-2.csv", heading + "CQ,新名,91330106MACKX4QG41\n")
    #expect(try night.run().status == 0)
    #expect(try night.moved("done") == ["company-1.csv", "company-2.csv"])
    let company = try night.runner.run("boms-export", "company", "--columns", "name")
    #expect(company.output == "name\n新名\n")
  }

  @Test func whatIsStillBeingWrittenIsLeftAlone() throws {
    let night = try Night()
    try night.drop("unit.csv.part", "unit_no,pro")
    try night.drop("unit.csv", "unit_no,pro")
    var runner = night.runner
    runner.variables["BOMS_SETTLE"] = "60"
    let ran = try runner.run("nightly")
    #expect(ran == .init(status: 0, output: "", errors: ""))
    #expect(try night.dropped() == ["unit.csv", "unit.csv.part"])
  }

  @Test func aBusyDatabaseLeavesTheFilesWhereTheyAre() throws {
    let night = try Night()
    try night.drop("building.csv", "property_no,building_no\nP9,A\n")
    var runner = night.runner
    runner.variables["BOMS_WAIT"] = "0"
    let holder = try runner.start(
      "python3", "-c",
      """
      import sqlite3, time
      books = sqlite3.connect('\(night.folder)/mall.db')
      books.execute('BEGIN IMMEDIATE')
      print('held', flush=True)
      time.sleep(20)
      """)
    defer { holder.stop() }
    try holder.awaitOutput("held")
    let ran = try runner.run("nightly")
    #expect(ran.status == 75)
    #expect(try night.dropped() == ["building.csv"])
    #expect(ran.errors.contains("import (75)"))
  }

  @Test func twoNightsNeverOverlap() throws {
    let night = try Night()
    let holder = try night.runner.start(
      "flock", "--no-fork", "\(night.folder)/mall.db.nightly.lock",
      "bash", "-c", "echo held; exec sleep 20")
    defer { holder.stop() }
    try holder.awaitOutput("held")
    let ran = try night.run()
    #expect(ran.status == 75)
    #expect(ran.errors.contains("another run has the lock"))
  }

  @Test func aNightOverBrokenBooksIsLoud() throws {
    let night = try Night(Prepared.mall)
    #expect(try night.runner.run("boms-bill", "run", "--as-of", "2026-09-10").status == 0)
    let broken = try night.runner.run(
      "sqlite3", "\(night.folder)/mall.db",
      """
      DROP TRIGGER bill_update;
      UPDATE bill SET net_fen = net_fen + 1, amount_fen = amount_fen + 1 WHERE id = 1;
      """)
    #expect(broken == .init(status: 0, output: "", errors: ""))
    let ran = try night.run()
    #expect(ran.status == 1)
    #expect(ran.errors.contains("bill.totals"))
    #expect(ran.errors.contains("nightly: failed: check (1)"))
  }

  @Test func theAdminGetsAMailOfWhatFailed() throws {
    let night = try Night()
    try night.drop("company.csv", "company_no,name\nCQ,商管\n")
    var runner = night.runner
    runner.variables["BOMS_ADMIN"] = "it@example.com"
    runner.variables["BOMS_VIA_MAIL"] = "cat > '\(night.folder)/mail'"
    #expect(try runner.run("nightly").status == 65)
    let mail = try night.text("mail")
    #expect(mail.contains("\nTo: it@example.com\nSubject: BOMS mall: failed: import (65)\n\n"))
    #expect(mail.contains("[read.missing-column]"))
    runner.variables["BOMS_VIA_MAIL"] = "echo 无法连接 >&2; exit 75"
    try night.drop("company.csv", "company_no,name\nCQ,商管\n")
    let ran = try runner.run("nightly")
    #expect(ran.status == 65)
    #expect(ran.errors.contains("the admin could not be mailed"))
  }

  @Test(arguments: ["nightly", "month-end"])
  func theAdminGetsAMailOfARunThatCouldNotBegin(job: String) throws {
    let night = try Night()
    var runner = night.runner
    runner.variables["BOMS_DB"] = "\(night.folder)/unmounted/mall.db"
    runner.variables["BOMS_ADMIN"] = "it@example.com"
    runner.variables["BOMS_VIA_MAIL"] = "cat > '\(night.folder)/mail'"
    let ran = try runner.run(job)
    #expect(ran.status == 66)
    let mail = try night.text("mail")
    let head = "\nTo: it@example.com\nSubject: BOMS mall: failed: there is no database "
    #expect(mail.contains(head))
    #expect(mail.hasSuffix("\n\n" + ran.errors))
  }

  @Test func aFolderThatIsNotThereEndsItsOwnStepAlone() throws {
    let night = try Night()
    var runner = night.runner
    for name in ["BOMS_DROP", "BOMS_INVOICES"] {
      runner.variables[name] = night.folder + "/unmounted"
    }
    let ran = try runner.run("nightly")
    #expect(ran.status == 66)
    #expect(ran.errors.contains("there is no folder '\(night.folder)/unmounted'"))
    #expect(ran.errors.contains("nightly: failed: import (66) invoices (66); "))
    let jobs = try runner.run("boms-db", "job", "list", "--last", "1")
    for step in ["bill", "collect", "remind", "check"] {
      #expect(jobs.output.contains(",\(step),"), "\(step)")
    }
  }

  @Test func theEndOfAMonthIsTriedAndThenClosed() throws {
    let night = try Night(Prepared.mall)
    let tried = try night.runner.run("month-end", "2026-09")
    #expect(tried.status == 0)
    #expect(tried.output.contains("missing: turnovers missing 2"))
    #expect(tried.output.contains("closed 2 · through 2026-09 · dry run, nothing stored"))
    let closed = try night.runner.run("month-end", "--close", "2026-09")
    #expect(closed.output.contains("closed 2 · through 2026-09\n"))
    let again = try night.runner.run("month-end", "--close", "2026-09")
    #expect(again.output.contains("closed 0 · through 2026-09 · closed before"))
    let jobs = try night.runner.run("boms-db", "job", "list", "--last", "1")
    for step in ["bill", "collect", "missing", "accrue", "depreciate", "close"] {
      #expect(jobs.output.contains(",\(step),"), "\(step)")
    }
  }

  @Test func settingsComeFromTheFileThatIsNamed() throws {
    let night = try Night()
    let settings = """
      BOMS_DB=\(night.folder)/mall.db
      BOMS_DROP=\(night.folder)/drop
      BOMS_LOG=\(night.folder)/x.log

      """
    try settings.write(toFile: night.folder + "/mall.env", atomically: true, encoding: .utf8)
    var runner = night.runner
    runner.variables["BOMS_DB"] = nil
    #expect(try runner.run("nightly").status == 78)
    let ran = try runner.run("nightly", night.folder + "/mall.env")
    #expect(ran == .init(status: 0, output: "", errors: ""))
    #expect(try night.text("x.log").contains("all done"))
  }

  // MARK: demo, setup

  @Test func theDemoRunsTwiceAndSaysTheSame() throws {
    let workspace = try Workspace()
    let folder = workspace.path
    let runner = ScriptRunner(variables: [:])
    let first = try runner.run("demo", "--out", folder)
    #expect(first.status == 0)
    #expect(first.errors.isEmpty)
    #expect(first.output.contains("bills 1,032"))
    #expect(first.output.contains("41246118.28"))
    #expect(first.output.contains("不含税"))
    let rentRoll = try Data(contentsOf: URL(filePath: folder + "/rent_roll.csv"))
    #expect(rentRoll.starts(with: [0xEF, 0xBB, 0xBF]))
    let second = try runner.run("demo", "--out", folder)
    #expect(second == first)
  }

  @Test func setupFindsEverythingHereAndChangesNothing() throws {
    let ran = try ScriptRunner(variables: [:]).run("setup", "--check")
    #expect(ran.status == 0)
    #expect(ran.output.contains("nothing to do"))
  }

  @Test(arguments: [
    "setup", "demo", "test", "nightly", "month-end", "backup", "restore", "fetch-invoices", "docs",
    "deliver-mail", "deliver-webhook", "deliver-sms", "install", "package", "manual",
  ])
  func everyScriptHasAHelpText(script: String) throws {
    let ran = try ScriptRunner(variables: [:]).run(script, "--help")
    #expect(ran.status == 0)
    #expect(ran.output.contains("scripts/\(script)"))
    #expect(ran.errors.isEmpty)
  }
}

/// A database, a drop folder, and what a night over them needs.
private struct Night {
  private let workspace: Workspace
  var folder: String { workspace.path }
  let runner: ScriptRunner
  /// The day under which dropped files are put: today, whatever day is billed.
  let day: String

  /// - Parameter prepared: whose database it is; nil: an empty one.
  init(_ prepared: Result<Workspace, any Error>? = nil) throws {
    workspace = try Workspace()
    let folder = workspace.path
    try FileManager.default.createDirectory(
      atPath: folder + "/drop", withIntermediateDirectories: false)
    runner = ScriptRunner(variables: [
      "BOMS_DB": folder + "/mall.db", "BOMS_DROP": folder + "/drop",
      "BOMS_AS_OF": "2026-11-22", "BOMS_SETTLE": "0", "TZ": "UTC",
    ])
    day = String(Date.now.ISO8601Format().prefix(10))
    if let prepared {
      try workspace.copy(prepared.get().file("m.db"), to: "mall.db")
      return
    }
    let made = try runner.run("boms-db", "init", "--quiet")
    try #require(made.status == 0)
  }

  func run() throws -> ScriptRunner.Ran {
    try runner.run("nightly")
  }

  func text(_ path: String) throws -> String {
    try String(contentsOfFile: folder + "/" + path, encoding: .utf8)
  }

  func drop(_ name: String, _ text: String) throws {
    try text.write(toFile: folder + "/drop/" + name, atomically: false, encoding: .utf8)
  }

  func drop(copyOf example: String, as name: String) throws {
    try FileManager.default.copyItem(
      atPath: ScriptRunner.root + "/examples/" + example, toPath: folder + "/drop/" + name)
  }

  func examples() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: ScriptRunner.root + "/examples").filter {
      $0.hasSuffix(".csv")
    }
  }

  /// What still lies in the drop folder.
  func dropped() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder + "/drop").filter {
      !["done", "failed"].contains($0)
    }.sorted()
  }

  func moved(_ place: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: "\(folder)/drop/\(place)/\(day)").sorted()
  }
}

/// Runs scripts and programs in an environment as bare as cron's.
struct ScriptRunner {
  struct Ran: Equatable {
    var status: Int32
    var output: String
    var errors: String
  }

  var variables: [String: String]

  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path

  /// Where the built programs are: beside the test bundle.
  static let programs = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
    .deletingLastPathComponent().path

  /// Runs to the end; output goes through files, so that none can fill up a pipe.
  func run(_ name: String, _ arguments: String...) throws -> Ran {
    let workspace = try Workspace()
    let folder = workspace.path
    let process = try process(name, arguments)
    func file(_ path: String) throws -> FileHandle {
      try Data().write(to: URL(filePath: path))
      return try FileHandle(forWritingTo: URL(filePath: path))
    }
    process.standardOutput = try file(folder + "/out")
    process.standardError = try file(folder + "/err")
    try process.run()
    process.waitUntilExit()
    return Ran(
      status: process.terminationStatus,
      output: try String(contentsOfFile: folder + "/out", encoding: .utf8),
      errors: try String(contentsOfFile: folder + "/err", encoding: .utf8))
  }

  /// Starts something that goes on while the test does something else.
  func start(_ name: String, _ arguments: String...) throws -> Started {
    let process = try process(name, arguments)
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    return Started(process: process, pipe: pipe)
  }

  struct Started {
    let process: Process
    let pipe: Pipe

    func awaitOutput(_ text: String) throws {
      var seen = ""
      while !seen.contains(text) {
        let data = pipe.fileHandleForReading.availableData
        try #require(!data.isEmpty, "it ended before it said '\(text)'")
        seen += String(decoding: data, as: UTF8.self)
      }
    }

    func stop() {
      // SIGTERM may be ignored here: whoever started the tests passes that on.
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
    }
  }

  private func process(_ name: String, _ arguments: [String]) throws -> Process {
    let process = Process()
    let script = ScriptRunner.root + "/scripts/" + name
    if FileManager.default.fileExists(atPath: script) {
      process.executableURL = URL(filePath: script)
      process.arguments = arguments
    } else {
      process.executableURL = URL(filePath: "/usr/bin/env")
      process.arguments = [name] + arguments
    }
    var environment = ProcessInfo.processInfo.environment.filter {
      ["HOME", "TMPDIR"].contains($0.key)
    }
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    environment["PATH"] = "\(ScriptRunner.programs):\(path)"
    environment["BOMS_BIN"] = ScriptRunner.programs
    environment.merge(variables) { $1 }
    process.environment = environment
    process.standardInput = FileHandle.nullDevice
    return process
  }
}
