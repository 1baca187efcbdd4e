import Foundation
import Shared
import TestSupport
import Testing

/// Manual pages are written from what the programs say; installing brings them and everything else.
@Suite struct ManualTests {
  @Test func everyProgramAndScriptHasAManualPage() throws {
    let workspace = try Workspace()
    defer { withExtendedLifetime(workspace) {} }
    let folder = workspace.path + "/man"
    let ran = try ScriptRunner(variables: [:]).run("manual", folder)
    #expect(ran == .init(status: 0, output: "", errors: ""))
    let pages = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    #expect(
      pages.filter { $0.hasSuffix(".1") } == [
        "boms-bill.1", "boms-collect.1", "boms-db.1", "boms-depreciate.1", "boms-export.1",
        "boms-import.1", "boms-invoice.1", "boms-remind.1",
      ])
    #expect(pages.count { $0.hasSuffix(".8") } == 9)
    #expect(pages.contains("boms.7"))
    for page in pages where page != "boms.7" {
      let text = try String(contentsOfFile: folder + "/" + page, encoding: .utf8)
      for title in ["SYNOPSIS", "DESCRIPTION", "ENVIRONMENT", "FILES", "EXIT STATUS", "EXAMPLES"] {
        #expect(text.contains("\n.Sh \(title)\n"), "\(title) in \(page)")
      }
      guard page.hasSuffix(".1") else { continue }
      #expect(text.contains("\n.It Ev BOMS_DB\n"))
      #expect(text.contains("\n.It 64\n"))
    }
    let bill = try String(contentsOfFile: folder + "/boms-bill.1", encoding: .utf8)
    #expect(bill.contains("\n.Ss straight-line\n"))
    #expect(bill.contains("\nboms\\-bill run \\-\\-as\\-of 2026\\-11\\-22\n"))
    let lint = try ScriptRunner(variables: [:]).run(
      "bash", "-c", "cd '\(folder)' && ! command -v mandoc >/dev/null || mandoc -Tlint -Wwarning *")
    #expect(lint == .init(status: 0, output: "", errors: ""))
  }

  /// What a program reads of the environment stands in its help.
  @Test func everyVariableThatIsReadIsListed() throws {
    let listed = Set(
      (Variable.common + [.templates, .tolerance]).map(\.name) + [
        "LC_ALL", "LC_MESSAGES", "LANG", "TERM", "TMPDIR",
      ])
    let sources = ScriptRunner.root + "/Sources"
    let files = try #require(FileManager.default.enumerator(atPath: sources))
    for case let path as String in files where path.hasSuffix(".swift") {
      let text = try String(contentsOfFile: sources + "/" + path, encoding: .utf8)
      for match in text.matches(of: /(?:environment|Environment\.current|self)\["([A-Z_]+)"\]/) {
        #expect(listed.contains(String(match.1)), "\(match.1) in \(path): see Variable.swift")
      }
    }
  }

  @Test(.enabled(if: ProcessInfo.processInfo.environment["BOMS_TEST_ALL"] != nil))
  func whatIsInstalledRunsFromThereAndGoesAwayAgain() throws {
    let workspace = try Workspace()
    defer { withExtendedLifetime(workspace) {} }
    let folder = workspace.path + "/opt"
    var runner = ScriptRunner(variables: [:])
    let first = try runner.run("install", "--prefix", folder)
    #expect(first.status == 0)
    #expect(first.errors.isEmpty)
    let second = try runner.run("install", "--prefix", folder)
    #expect(second.output.contains("· changed 0 · removed 0 ·"))

    runner.variables = [
      "BOMS_BIN": "", "PATH": "/usr/bin:/bin", "BOMS_DB": folder + "/../mall.db",
    ]
    #expect(try runner.run(folder + "/bin/boms-db", "init").status == 0)
    let night = try runner.run(folder + "/bin/boms-nightly")
    #expect(night == .init(status: 0, output: "", errors: ""))
    let help = try runner.run(folder + "/bin/boms-nightly", "--help")
    #expect(help.output.contains("  boms-nightly [ENV-FILE]"))
    let demo = try runner.run(folder + "/bin/boms-demo", "--out", folder + "/../demo")
    #expect(demo.output.contains("41246118.28"))

    runner.variables = [:]
    #expect(try runner.run("install", "--prefix", folder, "--uninstall").status == 0)
    #expect(!FileManager.default.fileExists(atPath: folder + "/bin"))
    #expect(!FileManager.default.fileExists(atPath: folder + "/share"))
  }
}
