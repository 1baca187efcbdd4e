import TestSupport
import Testing

/// Every program and subcommand explains itself.
struct HelpTests {
  static let commands = [
    ["boms-db"], ["boms-db", "init"], ["boms-db", "migrate"], ["boms-db", "check"],
    ["boms-db", "info"], ["boms-import"], ["boms-export"], ["boms-bill"], ["boms-bill", "run"],
    ["boms-bill", "compute"], ["boms-bill", "explain"], ["boms-bill", "missing"],
    ["boms-bill", "notice"], ["boms-bill", "statement"],
    ["boms-bill", "void"], ["boms-bill", "close"], ["boms-bill", "reopen"],
    ["boms-bill", "accept"], ["boms-bill", "hold"], ["boms-bill", "release"],
    ["boms-bill", "waive"], ["boms-bill", "accrue"], ["boms-bill", "straight-line"],
    ["boms-bill", "terminate"], ["boms-bill", "renew"], ["boms-bill", "amend"],
    ["boms-collect"], ["boms-collect", "run"], ["boms-collect", "unclaimed"],
    ["boms-collect", "claim"], ["boms-collect", "reconcile"],
    ["boms-collect", "deposit"], ["boms-collect", "deposit", "collect"],
    ["boms-collect", "deposit", "deduct"], ["boms-collect", "deposit", "transfer"],
    ["boms-collect", "deposit", "forfeit"], ["boms-collect", "deposit", "refund"],
    ["boms-collect", "deposit", "list"], ["boms-collect", "deposit", "take-back"],
    ["boms-collect", "refund"], ["boms-collect", "void"],
    ["boms-remind"], ["boms-remind", "run"], ["boms-remind", "list"], ["boms-remind", "preview"],
    ["boms-remind", "deliver"], ["boms-remind", "ack"], ["boms-remind", "done"],
    ["boms-collect", "write-off"], ["boms-collect", "receipt"],
    ["boms-invoice"], ["boms-invoice", "request"], ["boms-invoice", "request", "run"],
    ["boms-invoice", "request", "list"], ["boms-invoice", "request", "show"],
    ["boms-invoice", "request", "export"], ["boms-invoice", "request", "import"],
    ["boms-invoice", "request", "red"], ["boms-invoice", "request", "withdraw"],
    ["boms-depreciate"], ["boms-depreciate", "run"], ["boms-depreciate", "schedule"],
    ["boms-depreciate", "report"], ["boms-depreciate", "card"], ["boms-depreciate", "dispose"],
    ["boms-depreciate", "count"], ["boms-depreciate", "close"], ["boms-depreciate", "compute"],
  ]

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
    let exits = try #require(lines.firstIndex { $0.hasPrefix("EXIT CODES") })
    #expect(lines[exits + 1].hasPrefix("  0    done"))
    #expect(lines.dropFirst(exits).contains { $0.hasPrefix("  64") })
    #expect(lines.dropFirst(exits + 1).allSatisfy { $0.hasPrefix("  ") })
  }

  @Test(arguments: ["boms-db", "boms-import", "boms-export", "boms-bill", "boms-collect"])
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
