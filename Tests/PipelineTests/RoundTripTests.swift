import Shared
import TestSupport
import Testing

/// What is exported can be imported again, unchanged.
struct RoundTripTests {
  static let formats = [
    ["--format", "csv"], ["--format", "csv", "--headings", "zh", "--bom"], ["--format", "json"],
    ["--format", "jsonl"],
  ]

  /// Every register of the database as files of a folder, by name.
  private func exports(_ workspace: Workspace, _ options: [String]) throws -> [String: String] {
    var files: [String: String] = [:]
    for register in Catalogue.registers {
      let out = try workspace.succeed(
        "boms-export", ["--db", "m.db", register.name] + options
      ).out
      files[register.name] = out
    }
    return files
  }

  @Test(arguments: formats)
  func everyRegisterComesBackUnchanged(_ options: [String]) throws {
    let workspace = try Workspace(Prepared.small)
    try workspace.bill("2026-03-31")
    try workspace.succeed(
      "boms-import", "--db", "m.db", "payment_line",
      Repository.path("Tests/Fixtures/small-paid/payment_line.csv"))
    let files = try exports(workspace, options)
    let ending = options[1] == "json" ? "json" : options[1] == "jsonl" ? "jsonl" : "csv"
    for (register, text) in files {
      #expect(text.split(separator: "\n").count > (ending == "csv" ? 1 : 0), "\(register)")
      try workspace.write("out/\(register).\(ending)", text)
    }

    // Into the same database: nothing is changed, by masks neither.
    let before = try workspace.dump()
    let again = try workspace.succeed("boms-import", "--db", "m.db", "--all", "out")
    #expect(again.errorLines.last?.hasSuffix("nothing changed") == true, "\(again.err)")
    let isSame = try workspace.dump() == before
    #expect(isSame)

    // Into a new one, without masks: the same again. A payment's line names a bill, which has to be there first.
    let fresh = try Workspace()
    try fresh.succeed("boms-db", "init", "--db", "m.db")
    let whole = try exports(workspace, options + ["--reveal"])
    for (register, text) in whole where register != "payment_line" {
      try fresh.write("out/\(register).\(ending)", text)
    }
    try fresh.succeed("boms-import", "--db", "m.db", "--all", "out")
    try fresh.bill("2026-03-31")
    try fresh.write("lines.\(ending)", files["payment_line"] ?? "")
    try fresh.succeed("boms-import", "--db", "m.db", "payment_line", "lines.\(ending)")
    let copies = try exports(fresh, options + ["--reveal"])
    for register in Catalogue.registers {
      #expect(copies[register.name] == whole[register.name], "\(register.name)")
    }
    let views = [
      "charges", "bills", "price_path", "rent_roll", "occupancy", "vacancy", "expiring_contracts",
      "turnover_ratio", "missing",
    ]
    for view in views {
      #expect(try fresh.export(view) == workspace.export(view), "\(view)")
    }
  }

  @Test(arguments: formats)
  func theSampleMallComesBackUnchanged(_ options: [String]) throws {
    let workspace = try Workspace(Prepared.mall)
    let ending = options[1] == "json" ? "json" : options[1] == "jsonl" ? "jsonl" : "csv"
    let files = try exports(workspace, options)
    for (register, text) in files { try workspace.write("out/\(register).\(ending)", text) }
    // A register without rows has no JSON to import.
    let again = try workspace.run("boms-import", "--db", "m.db", "--all", "out")
    #expect(again.status == 0, "\(again.err.suffix(500))")
    #expect(again.errorLines.last?.hasSuffix("nothing changed") == true)
  }
}
