import Foundation
import Shared
import TestSupport
import Testing

/// The programs, run as users of the system.
struct AccessTests {
  /// Users that every Debian has, and that own nothing here.
  enum Person: UInt32 {
    case daemon = 1
    case games = 5
    case nobody = 65534
  }

  /// Whether tests may run programs as others: as root, where others reach the programs.
  static let canBeOthers: Bool = {
    guard geteuid() == 0, let workspace = try? Workspace(Prepared.small) else { return false }
    return (try? workspace.run(as: .nobody, ["boms-db", "--version"]).status) == 0
  }()

  /// The small property in a file that everybody can read and write: what roles are for when it is
  /// not (docs/security.md) is not tested here.
  private func shared() throws -> Workspace {
    let workspace = try Workspace(Prepared.small)
    #expect(try workspace.shell("chmod 777 . && chmod 666 m.db*").status == 0)
    return workspace
  }

  private func audit(_ workspace: Workspace, _ outcome: String) throws -> [String] {
    try TestDatabase.texts(
      "SELECT user || ' ' || tool || ' ' || command FROM audit WHERE outcome = '\(outcome)'",
      workspace.file("m.db"))
  }

  // MARK: Without a role

  @Test(.enabled(if: canBeOthers)) func withoutARoleNobodyMayDoAnything() throws {
    let workspace = try shared()
    let before = try workspace.dump()
    let tries = [
      ["boms-export", "unit"], ["boms-bill", "run"], ["boms-bill", "void", "B", "--reason", "x"],
      ["boms-import", "unit"], ["boms-collect", "unclaimed"], ["boms-invoice", "list"],
      ["boms-depreciate", "report", "--month", "2026-01"], ["boms-remind", "list"],
      ["boms-db", "check"], ["boms-db", "info"], ["boms-db", "migrate"], ["boms-db", "init"],
      ["boms-db", "backup", "copy.db"], ["boms-db", "restore", "m.db"],
      ["boms-db", "grant", "nobody", "admin"], ["boms-db", "audit", "list"],
    ]
    for command in tries {
      let run = try workspace.run(
        as: .nobody, command + ["--db", "m.db", "--lang", "en"], stdin: "unit_no\nX\n")
      #expect(run.status == 77, "\(command): \(run)")
      #expect(run.out == "")
      #expect(run.err.contains("user 'nobody' has no role"), "\(run.err)")
    }
    let isSame = try workspace.dump() == before
    #expect(isSame)
    #expect(!workspace.exists("copy.db"))
    let refused = try audit(workspace, "refused")
    #expect(refused.count == tries.count)
    #expect(refused.allSatisfy { $0.hasPrefix("nobody boms-") })
    #expect(try workspace.check() == [])
  }

  @Test(.enabled(if: canBeOthers)) func anybodyMayAskForHelpAndWhoHeIs() throws {
    let workspace = try shared()
    #expect(try workspace.run(as: .nobody, ["boms-bill", "--help"]).status == 0)
    #expect(try workspace.run(as: .nobody, ["boms-bill", "compute"], stdin: "").status == 0)
    let run = try workspace.run(as: .nobody, ["boms-db", "whoami", "--db", "m.db", "--lang", "en"])
    #expect(run.status == 0)
    #expect(run.err == "user 'nobody' · no role\n")
  }

  // MARK: With one

  @Test(.enabled(if: canBeOthers)) func aViewerLooksAndChangesNothing() throws {
    let workspace = try shared()
    try workspace.succeed("boms-db", "grant", "nobody", "viewer", "--db", "m.db")
    let before = try workspace.dump()
    #expect(
      try workspace.run(as: .nobody, ["boms-export", "unit", "--db", "m.db"]).lines.count > 1)
    for command in [
      ["boms-bill", "run"], ["boms-bill", "run", "--dry-run"],
      ["boms-bill", "notice", "--month", "2026-03"],
      ["boms-import", "unit"], ["boms-import", "--dry-run", "unit"],
      // Before anything of the file is looked at.
      ["boms-import", "unit", "none.csv"], ["boms-import", "unit", "--map", "none.csv"],
      ["boms-collect", "run"], ["boms-invoice", "match"], ["boms-depreciate", "run"],
      ["boms-remind", "run"],
      ["boms-remind", "deliver", "--channel", "mail", "--via", "cat"],
      ["boms-db", "job", "note", "x", "--run", "r", "--begun", "2026-11-29 02:10:00"],
      ["boms-db", "backup", "copy.db"], ["boms-db", "grant", "nobody", "finance"],
      ["boms-db", "permit", "viewer", "boms-bill", "run"],
      ["boms-db", "audit", "purge", "--before", "2020-01-01"], ["boms-db", "roles"],
    ] {
      let run = try workspace.run(
        as: .nobody, command + ["--db", "m.db", "--lang", "en"], stdin: "unit_no\nX\n")
      #expect(run.status == 77, "\(command): \(run)")
      #expect(run.err.contains("user 'nobody' (viewer) may not run"), "\(run.err)")
    }
    let isSame = try workspace.dump() == before
    #expect(isSame)
    try workspace.succeed("boms-db", "audit", "verify", "--db", "m.db")
  }

  /// A folder is no more looked at than a file, unless there is something that he may import.
  @Test(.enabled(if: canBeOthers)) func whoMayImportNothingLearnsNothingOfAFolder() throws {
    let workspace = try shared()
    try workspace.write("mine/unit.csv", "unit_no,property_no,area_m2\nU2,P1,50.25\n")
    try workspace.write("ours/unit.csv", "unit_no,property_no,area_m2\nU1,P1,50.5\n")
    try workspace.write("ours/payment.xlsx", "no workbook")
    #expect(try workspace.shell("mkdir shut && chmod 700 shut && mkdir empty").status == 0)
    func importing(_ folder: String) throws -> Workspace.Run {
      try workspace.run(
        as: .nobody, ["boms-import", "--all", folder, "--db", "m.db", "--lang", "en"])
    }
    let folders = ["none", "shut", "empty", "mine", "ours", "mine/unit.csv"]
    for (role, who) in [(nil, "user 'nobody' has no role"), ("viewer", "(viewer) may not run")] {
      if let role { try workspace.succeed("boms-db", "grant", "nobody", role, "--db", "m.db") }
      let before = try workspace.dump()
      for folder in folders {
        let run = try importing(folder)
        #expect(run.status == 77, "\(folder): \(run)")
        #expect(run.err.contains(who), "\(run.err)")
      }
      let isSame = try workspace.dump() == before
      #expect(isSame)
    }
    #expect(
      try audit(workspace, "refused")
        == Array(repeating: "nobody boms-import import", count: 2 * folders.count))
    // With something that he may import, the folder is the first thing that he hears of.
    try workspace.succeed("boms-db", "grant", "nobody", "leasing", "--db", "m.db")
    #expect(try ["none", "shut", "empty"].map { try importing($0).status } == [66, 66, 66])
    #expect(try importing("mine").status == 0)
    // What lies in it is asked for before it is opened.
    let ours = try importing("ours")
    #expect(ours.status == 77, "\(ours)")
    #expect(ours.err.contains("may not run 'boms-import' on 'payment'"), "\(ours.err)")
    #expect(try audit(workspace, "refused").count == 2 * folders.count + 1)
    #expect(try workspace.check() == [])
  }

  /// Neither a variable, nor another name of the program, nor a copy of it makes somebody else.
  @Test(.enabled(if: canBeOthers)) func nothingThatAUserSetsMakesHimSomebodyElse() throws {
    let workspace = try shared()
    try workspace.succeed("boms-db", "grant", "nobody", "viewer", "--db", "m.db")
    try workspace.succeed("boms-db", "grant", "daemon", "admin", "--db", "m.db")
    let variables = [
      "SUDO_UID": "0", "SUDO_USER": "root", "SUDO_GID": "0", "USER": "daemon",
      "LOGNAME": "daemon", "BOMS_USER": "daemon", "BOMS_ROLE": "admin", "HOME": "/root",
    ]
    for (name, value) in variables {
      let run = try workspace.run(
        as: .nobody, ["boms-bill", "run", "--db", "m.db"], environment: [name: value])
      #expect(run.status == 77, "\(name)")
    }
    // The viewer may run every command of boms-export.
    let program = "\(Repository.programs)/boms-bill"
    #expect(try workspace.shell("ln -s '\(program)' boms-export").status == 0)
    let linked = try workspace.run(
      as: .nobody, ["./boms-export", "run", "--db", "m.db", "--lang", "en"])
    #expect(linked.status == 77)
    #expect(linked.err.contains("'boms-bill run'"))
  }

  @Test(.enabled(if: canBeOthers)) func whoNamesTheTenantOfAnotherPropertyDoesNotGetHim() throws {
    let workspace = try shared()
    try workspace.succeed(
      "boms-db", "grant", "nobody", "leasing", "--property", "P1", "--db", "m.db")
    try workspace.importing("tenant", "tenant_no,name\nT8,another's\nT9,a new one\n")
      .expectStored()
    let heading = "contract_no,tenant_no,property_no,start_on,end_on\n"
    try workspace.importing("contract", heading + "N8,T8,P2,2026-01-01,2026-12-31\n")
      .expectStored()
    func contract(_ tenant: String) throws -> Workspace.Run {
      try workspace.run(
        as: .nobody, ["boms-import", "contract", "--db", "m.db", "--lang", "en"],
        stdin: heading + "N1,\(tenant),P1,2026-01-01,2026-12-31\n")
    }
    // As unknown as one that is not there.
    for tenant in ["T8", "NOBODY"] {
      let run = try contract(tenant)
      #expect(run.status == 65)
      #expect(run.err.contains("tenant '\(tenant)' is not known [reference.unknown]"), "\(run)")
    }
    // Who has no contract yet is nobody's.
    #expect(try contract("T9").status == 0)
    let seen = try workspace.run(as: .nobody, ["boms-export", "tenant", "--db", "m.db"])
    #expect(seen.lines.contains { $0.hasPrefix("T9,") })
    #expect(!seen.lines.contains { $0.hasPrefix("T8,") })
  }

  @Test(.enabled(if: canBeOthers)) func anAdminGivesAndTakesRoles() throws {
    let workspace = try shared()
    func run(_ person: Person, _ command: String...) throws -> Workspace.Run {
      try workspace.run(as: person, command + ["--db", "m.db", "--lang", "en"])
    }
    try workspace.succeed("boms-db", "grant", "daemon", "admin", "--db", "m.db")
    let granted = try run(
      .daemon, "boms-db", "grant", "nobody", "leasing", "--property", "P1", "--property", "P2")
    #expect(granted.err == "granted 2 · unchanged 0\n")
    #expect(
      try run(.daemon, "boms-db", "grant", "nobody", "leasing", "--property", "P1").err
        == "granted 0 · unchanged 1\n")
    #expect(
      try run(.daemon, "boms-db", "roles").out
        == "user,role,property_no\ndaemon,admin,\nnobody,leasing,P1\nnobody,leasing,P2\n"
        + "root,admin,\n")
    #expect(
      try run(.nobody, "boms-db", "whoami").out
        == "user,role,property_no\nnobody,leasing,P1\nnobody,leasing,P2\n")
    // What is for the books as a whole is not for him.
    let whole = try run(.nobody, "boms-bill", "terminate", "C1", "--on", "2026-05-01")
    #expect(whole.status == 77)
    #expect(whole.err.contains("works for 'P1', 'P2' only"))
    #expect(
      try run(.daemon, "boms-db", "revoke", "nobody", "leasing", "--property", "P2").err
        == "revoked 1\n")
    #expect(try run(.daemon, "boms-db", "revoke", "nobody", "--all").err == "revoked 1\n")
    #expect(try run(.nobody, "boms-export", "unit").status == 77)
    let unknown = try run(.daemon, "boms-db", "grant", "nobody", "leasing", "--property", "P9")
    #expect(unknown.status == 66)
    #expect(try run(.daemon, "boms-db", "grant", "no-such", "viewer").err.contains("no user"))
    // Who did it is in the audit.
    #expect(
      try audit(workspace, "written").filter { $0.hasPrefix("daemon") }.suffix(2)
        == ["daemon boms-db revoke", "daemon boms-db grant"])
  }

  @Test func theLastAdminStays() throws {
    let workspace = try Workspace(Prepared.small)
    let run = try workspace.run("boms-db", "revoke", "root", "admin", "--db", "m.db")
    #expect(run.status == 65)
    #expect(run.err.contains("[role_grant.last-admin]"))
    #expect(try workspace.run("boms-db", "revoke", "root", "--all", "--db", "m.db").status == 65)
    try workspace.succeed("boms-db", "grant", "daemon", "admin", "--db", "m.db")
    try workspace.succeed("boms-db", "revoke", "root", "admin", "--db", "m.db")
  }

  @Test(.enabled(if: canBeOthers)) func aRoleMayBeGivenMoreAndLess() throws {
    let workspace = try shared()
    try workspace.succeed("boms-db", "grant", "nobody", "property", "--db", "m.db")
    func export() throws -> Int32 {
      try workspace.run(as: .nobody, ["boms-export", "charges", "--db", "m.db"]).status
    }
    #expect(try export() == 77)
    let row = ["property", "boms-export", "export", "charges", "--db", "m.db"]
    try workspace.succeed("boms-db", ["permit"] + row)
    #expect(try export() == 0)
    try workspace.succeed("boms-db", ["forbid"] + row)
    #expect(try export() == 77)
    #expect(
      try workspace.run("boms-db", "permit", "viewer", "boms-bill", "runn", "--db", "m.db").status
        == 66)
    #expect(
      try workspace.run("boms-db", "forbid", "admin", "*", "*", "--db", "m.db").status == 64)
  }

  // MARK: For some properties

  @Test(.enabled(if: canBeOthers)) func whoIsLimitedImportsRowsOfHisOwnAlone() throws {
    let workspace = try shared()
    for role in ["leasing", "property"] {
      try workspace.succeed(
        "boms-db", "grant", "nobody", role, "--property", "P1", "--db", "m.db")
    }
    try workspace.importing(
      "unit", "unit_no,property_no,area_m2\nV1,P2,10\n"
    ).expectStored()
    func imported(_ register: String, _ text: String, _ options: String...) throws -> Workspace.Run
    {
      try workspace.run(
        as: .nobody, ["boms-import", "--db", "m.db", "--lang", "en", register] + options,
        stdin: text)
    }
    let own = try imported(
      "unit", "unit_no,property_no,area_m2\nN1,P1,10\nU2,P1,50.5\n")
    #expect(own.status == 0, "\(own)")
    #expect(try imported("reading", "meter_no,read_on,value\nE1,2026-03-31,800\n").status == 0)
    let before = try workspace.dump()
    for (register, text) in [
      // Another's new row, another's row, one of his that becomes another's.
      ("unit", "unit_no,property_no,area_m2\nN2,P2,10\n"),
      ("unit", "unit_no,property_no,area_m2\nV1,P2,11\n"),
      ("unit", "unit_no,property_no,area_m2\nV1,P1,10\n"),
      ("unit", "unit_no,property_no,area_m2\nN1,P2,10\n"),
      // Of several properties at once.
      ("tenant", "tenant_no,name\nT1,x\n"), ("tenant", "tenant_no,name\nT9,x\n"),
    ] {
      let run = try imported(register, text)
      #expect(run.status == 65, "\(text): \(run)")
      #expect(run.err.contains("[\(register).other-property]"), "\(run.err)")
    }
    // Nobody learns by trying what stands in another's row.
    let same = try imported("unit", "unit_no,property_no,area_m2\nV1,P2,10\n", "--dry-run")
    let other = try imported("unit", "unit_no,property_no,area_m2\nV1,P2,99\n", "--dry-run")
    #expect(same.status == 65)
    #expect(same.err == other.err)
    // Each try is in the audit, those that were to be rolled back as well.
    let refused = try audit(workspace, "refused")
    #expect(refused == Array(repeating: "nobody boms-import import", count: 8), "\(refused)")
    let isSame = try workspace.dump() == before
    #expect(isSame)
    #expect(try workspace.check() == [])
  }

  @Test(.enabled(if: canBeOthers)) func whoIsLimitedSeesRowsOfHisOwnAlone() throws {
    let workspace = try shared()
    try workspace.importing(
      "unit", "unit_no,property_no,area_m2\nV1,P2,10\n"
    ).expectStored()
    try workspace.succeed(
      "boms-db", "grant", "nobody", "viewer", "--property", "P1", "--db", "m.db")
    let units = try workspace.run(as: .nobody, ["boms-export", "unit", "--db", "m.db"])
    #expect(units.status == 0, "\(units)")
    #expect(units.lines.count > 1)
    #expect(!units.out.contains("V1"))
    #expect(
      try workspace.run(
        as: .nobody, ["boms-export", "property", "--columns", "property_no", "--db", "m.db"]
      )
      .lines == ["property_no", "P1"])
    for command in [["boms-db", "check"], ["boms-db", "info"], ["boms-db", "audit", "list"]] {
      #expect(try workspace.run(as: .nobody, command + ["--db", "m.db"]).status == 77)
    }
  }

  // MARK: The first admin

  @Test(.enabled(if: canBeOthers)) func whoMakesTheBooksIsTheirAdmin() throws {
    let workspace = try Workspace()
    #expect(try workspace.shell("chmod 777 .").status == 0)
    #expect(try workspace.run(as: .games, ["boms-db", "init", "--db", "m.db"]).status == 0)
    #expect(
      try workspace.run(as: .games, ["boms-db", "whoami", "--db", "m.db"]).lines.last
        == "games,admin,")
    // Sudo's word is believed of the owner: whom he names is no admin.
    let other = try workspace.run(
      as: .games, ["boms-db", "info", "--db", "m.db", "--lang", "en"],
      environment: ["SUDO_UID": "65534"])
    #expect(other.status == 77)
    #expect(other.err.contains("user 'nobody' has no role"))
    let own = try workspace.run(
      as: .games, ["boms-db", "grant", "nobody", "viewer", "--db", "m.db"])
    #expect(own.status == 0)
    #expect(
      try TestDatabase.texts(
        "SELECT user || ' ' || account || ' ' || command || ' ' || outcome FROM audit",
        workspace.file("m.db")) == [
          "games games init written", "nobody games info refused", "games games grant written",
        ])
  }

  // MARK: A kill

  /// Books and audit are in step whenever a program dies.
  @Test func whatIsStoredHasItsRowAndNothingElseHas() throws {
    let workspace = try Workspace(Prepared.small)
    let rows = (1...2000).map { "K\($0),P1,A,10\n" }.joined()
    try workspace.write("units.csv", "unit_no,property_no,building_no,area_m2\n" + rows)
    var random = Seeded(3)
    for _ in 0..<(Repository.testsAll ? 60 : 6) {
      let run = try workspace.start("boms-import", ["unit", "units.csv", "--db", "m.db"])
      usleep(UInt32.random(in: 5_000...120_000, using: &random))
      run.kill()
      _ = try? run.wait()
      let units = try TestDatabase.texts(
        "SELECT count(*) FROM unit WHERE unit_no GLOB 'K*'", workspace.file("m.db"))
      let told = try TestDatabase.texts(
        """
        SELECT coalesce(sum(counts ->> 'unit'), 0) FROM audit WHERE arguments GLOB '*units.csv*'
        """, workspace.file("m.db"))
      #expect(units == told)
      try workspace.succeed("boms-db", "audit", "verify", "--db", "m.db", "--quiet")
      try TestDatabase.run("DELETE FROM unit WHERE unit_no GLOB 'K*'", workspace.file("m.db"))
      if units != ["0"] { return }
    }
  }
}

extension Workspace {
  /// As a user of the system, without root's rights.
  func run(
    as person: AccessTests.Person, _ command: [String], stdin: String? = nil,
    environment: [String: String] = [:]
  ) throws -> Run {
    try run(
      "setpriv",
      ["--reuid=\(person.rawValue)", "--regid=\(person.rawValue)", "--clear-groups", "--"]
        + command, stdin: stdin, environment: environment)
  }
}
