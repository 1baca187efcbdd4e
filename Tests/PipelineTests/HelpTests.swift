import Foundation
import TestSupport
import Testing

/// Every program and subcommand explains itself, and has the options that all have.
struct HelpTests {
  static let tools = [
    "boms-db", "boms-import", "boms-export", "boms-bill", "boms-collect", "boms-invoice",
    "boms-depreciate", "boms-remind",
  ]

  /// What ArgumentParser says of a command.
  struct Dump: Decodable {
    struct Command: Decodable {
      var commandName: String
      var abstract: String?
      var discussion: String?
      var subcommands: [Command]?
      var arguments: [Argument]?
    }
    struct Argument: Decodable {
      struct Name: Decodable { var name: String }
      var names: [Name]?
      var valueName: String?
      var abstract: String?
    }
    var command: Command

    init(_ tool: String, language: String = "en") throws {
      let run = try Workspace().run(
        tool, ["--experimental-dump-help"], environment: ["BOMS_LANG": language])
      self = try JSONDecoder().decode(Dump.self, from: Data(run.out.utf8))
    }
  }

  struct Command: Sendable {
    var words: [String]
    /// Without their hyphens.
    var options: Set<String>
    var isLeaf: Bool

    var name: String { words.joined(separator: " ") }
  }

  /// Every command of every tool, from the programs themselves.
  static let all: [Command] = {
    func walk(_ command: Dump.Command, _ before: [String]) -> [Command] {
      let words = before + [command.commandName]
      let inner = (command.subcommands ?? []).filter { $0.commandName != "help" }
      let options = (command.arguments ?? []).flatMap { $0.names ?? [] }.map(\.name)
      return [Command(words: words, options: Set(options), isLeaf: inner.isEmpty)]
        + inner.flatMap { walk($0, words) }
    }
    return tools.flatMap { tool -> [Command] in
      (try? Dump(tool)).map { walk($0.command, []) } ?? []
    }
  }()

  static var commands: [[String]] { all.map(\.words) }

  /// Commands that change no books: they look, or they write files.
  private static let readers: Set = [
    "boms-db init", "boms-db migrate", "boms-db check", "boms-db info", "boms-db backup",
    "boms-db job list", "boms-db job note", "boms-db roles", "boms-db whoami",
    "boms-db key check", "boms-db audit list", "boms-db audit verify", "boms-db audit anchor",
    "boms-export",
    "boms-bill compute", "boms-bill explain",
    "boms-bill missing", "boms-bill notice", "boms-bill statement", "boms-bill straight-line",
    "boms-collect unclaimed", "boms-collect reconcile", "boms-collect deposit list",
    "boms-collect receipt", "boms-invoice list", "boms-invoice show", "boms-invoice extract",
    "boms-invoice check", "boms-invoice rules", "boms-invoice verify export",
    "boms-invoice deduct report", "boms-invoice export", "boms-invoice request list",
    "boms-invoice request show", "boms-depreciate schedule", "boms-depreciate report",
    "boms-depreciate card", "boms-depreciate compute", "boms-remind list", "boms-remind preview",
  ]

  @Test func everyCommandHasTheOptionsThatAllHave() {
    let leaves = HelpTests.all.filter(\.isLeaf)
    #expect(leaves.count > 70)
    func lacking(_ option: String, _ isAsked: (Command) -> Bool = { _ in true }) -> [String] {
      leaves.filter { isAsked($0) && !$0.options.contains(option) }.map(\.name)
    }
    for option in ["lang", "quiet", "errors", "help"] {
      #expect(lacking(option) == [], "\(option)")
    }
    #expect(lacking("wait") { $0.options.contains("db") } == [])
    // That of requests writes JSON for a program, and no records.
    let records: (Command) -> Bool = {
      $0.options.contains("format") && $0.name != "boms-invoice request export"
    }
    #expect(lacking("headings", records) == [])
    #expect(lacking("bom", records) == [])
    #expect(lacking("dry-run") { !HelpTests.readers.contains($0.name) } == [])
    #expect(leaves.filter { HelpTests.readers.contains($0.name) }.count == HelpTests.readers.count)
  }

  @Test(arguments: commands)
  func helpLeadsWithExamplesAndEndsWithTheExitCodes(_ command: [String]) throws {
    let run = try Workspace().run(command[0], Array(command.dropFirst()) + ["--help"])
    #expect(run.status == 0)
    #expect(run.err == "")
    let lines = run.lines
    #expect(lines.first?.hasPrefix("OVERVIEW: ") == true)
    let examples = try #require(lines.firstIndex(of: "EXAMPLES:"))
    #expect(examples <= 2)
    #expect(lines[examples + 1].contains(command.joined(separator: " ")) || command.count > 1)
    #expect(lines[examples + 1].contains(command[0]))
    #expect(lines.contains("ENVIRONMENT:"))
    let exits = try #require(lines.firstIndex { $0.hasPrefix("EXIT CODES") })
    #expect(lines[exits + 1].hasPrefix("  0    done"))
    #expect(lines.dropFirst(exits).contains { $0.hasPrefix("  64") })
    #expect(lines.dropFirst(exits + 1).allSatisfy { $0.hasPrefix("  ") })
    #expect(lines.filter { $0.count > 80 } == [])
  }

  @Test(arguments: tools)
  func theVersionIsSaid(_ program: String) throws {
    let run = try Workspace().run(program, "--version")
    #expect(run.status == 0)
    #expect(run.lines.count == 1)
  }

  @Test func aProgramWithoutItsSubcommandIsWrongUsage() throws {
    for program in ["boms-db", "boms-bill", "boms-collect"] {
      let run = try Workspace().run(program)
      #expect(run.status == 64)
      #expect(run.out == "")
      #expect(run.err.contains("EXAMPLES:"))
    }
  }
}
