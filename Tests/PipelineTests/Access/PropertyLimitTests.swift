import Foundation
import Shared
import TestSupport
import Testing

/// Books of two groups of properties: what somebody limited to one of them finds of the other.
struct PropertyLimitTests {
  /// Stands at the end of every code and text of the other properties.
  private static let mark = "LEAK"

  /// Sensitive values of `Tests/Fixtures/small`.
  private static let sensitive = [
    "6214830000001234", "13900000000", "wang@example.com", "hq@example.com", "send?key=1",
  ]

  /// Registers that belong to everybody stay as they are.
  private static let shared: Set = ["fee_item", "tax_rate", "tariff", "account"]

  /// The small property, and the same once more under other codes; billed, paid, reminded.
  private static let books = Result {
    let workspace = try Workspace(Prepared.small)
    for register in Catalogue.registers where !shared.contains(register.name) {
      let text = try workspace.export(register.name, "--format", "json", "--reveal")
      guard let rows = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]]
      else { continue }
      let others = rows.compactMap { other($0, register) }
      if others.isEmpty { continue }
      let data = try JSONSerialization.data(withJSONObject: others)
      try workspace.write("other/\(register.name).json", bytes: Array(data))
    }
    try workspace.succeed("boms-import", "--db", "m.db", "--all", "other")
    try workspace.bill("2026-03-31")
    let day = ["--db", "m.db", "--as-of", "2026-03-31", "--quiet"]
    try workspace.succeed("boms-collect", ["run"] + day)
    try workspace.succeed("boms-bill", ["accrue"] + day)
    _ = try workspace.run("boms-invoice", ["request", "run"] + day)
    _ = try workspace.run("boms-depreciate", ["run"] + day)
    _ = try workspace.run("boms-remind", ["run"] + day)
    return workspace
  }

  /// The row under other codes; nil: it is everybody's.
  private static func other(_ row: [String: Any], _ register: Register) -> [String: Any]? {
    var row = row
    if row["property_no"] as? String == "*" { return nil }
    let named = register.references.filter { !shared.contains($0.register) }.flatMap(\.fields)
    for field in register.fields {
      guard let value = row[field.name] as? String, !value.isEmpty, value != "*" else { continue }
      switch field.kind {
      case .codes where named.contains(field.name) || field.name == "unit_no":
        row[field.name] = value.split(separator: ";").map { $0 + mark }.joined(separator: ";")
      case .code
      where field.isKey || named.contains(field.name) || field.name == "reference"
        || field.name == "unit_no":
        row[field.name] =
          field.name == "item" || field.name == "tariff_no" || value == "*" ? value : value + mark
      case .text where !field.isSensitive || field.name == "owner":
        row[field.name] = value + mark
      default: break
      }
    }
    return row
  }

  private func names(_ db: BooksConnection) throws -> [String] {
    try TestDatabase.texts(
      db, "SELECT name FROM main.sqlite_schema WHERE type IN ('table', 'view') ORDER BY name")
  }

  private func rows(_ db: BooksConnection, _ name: String) throws -> [String] {
    let rows = try SQLStatement(db, "SELECT * FROM \"\(name)\"")
    var found: [String] = []
    while try rows.step() {
      found.append(
        (0..<rows.columnCount).map { rows.isNull($0) ? "" : rows.text($0) }
          .joined(separator: "|"))
    }
    return found
  }

  @Test func noTableAndNoViewHasARowOfAnotherProperty() throws {
    let path = try PropertyLimitTests.books.get().file("m.db")
    let books = try Books.open(path, wait: 10)
    let everything = try books.read { db in
      Dictionary(uniqueKeysWithValues: try names(db).map { ($0, try rows(db, $0)) })
    }
    for name in ["charge", "bill", "payment", "reminder", "allocation", "accrual", "tenant"] {
      let others = everything[name]?.filter { $0.contains(PropertyLimitTests.mark) } ?? []
      #expect(!others.isEmpty, "\(name)")
    }
    try books.look(through: Lens(properties: ["P1", "P2"], reveals: true))
    try books.read { db in
      for name in try names(db) {
        let seen = try rows(db, name)
        let leaked = seen.filter { $0.contains(PropertyLimitTests.mark) }
        #expect(leaked == [], "\(name)")
        // What is one's own is all there, but for numbers and contacts of the group.
        let mine = (everything[name] ?? []).filter { !$0.contains(PropertyLimitTests.mark) }
        if [
          "contract", "charge", "bill", "payment", "allocation", "charges", "bills",
          "charge_movement", "unit", "tenant", "asset", "reading",
        ].contains(name) {
          #expect(Set(seen) == Set(mine), "\(name)")
        }
      }
    }
  }

  /// Every command that only looks, with every register and view.
  private static func looks() throws -> [[String]] {
    let day = ["--as-of", "2026-03-31"]
    let names = try Workspace(Prepared.small).succeed("boms-export", "--list")
      .lines.dropFirst().compactMap { $0.split(separator: ",").first.map(String.init) }
    return names.flatMap { name in
      [["boms-export", name] + day, ["boms-export", name, "--format", "json"] + day]
    } + [
      ["boms-export", "tenant", "--format", "xlsx"],
      ["boms-export", "journal", "--format", "hledger"],
      ["boms-bill", "missing"] + day, ["boms-bill", "explain", "C1"],
      ["boms-bill", "explain", "C1LEAK"], ["boms-bill", "straight-line", "C1LEAK"],
      ["boms-collect", "unclaimed"] + day, ["boms-collect", "deposit", "list"] + day,
      ["boms-invoice", "list"] + day, ["boms-invoice", "request", "list"],
      ["boms-invoice", "deduct", "report", "--period", "2026-03"],
      ["boms-depreciate", "schedule", "GD1"], ["boms-depreciate", "schedule", "GD1LEAK"],
      ["boms-depreciate", "report", "--month", "2026-03"],
      ["boms-depreciate", "card", "GD1LEAK"], ["boms-remind", "list"] + day,
      ["boms-remind", "preview"] + day, ["boms-remind", "preview", "--raw"] + day,
      ["boms-export", "tenant", "--reveal"],
      ["boms-export", "contact", "--where", "phone=13900000000"],
      ["boms-export", "payment", "--where", "property_no=P1LEAK"],
      ["boms-db", "audit", "list", "--changes"], ["boms-db", "job", "list"], ["boms-db", "info"],
      ["boms-db", "backup", "copy.db"], ["boms-db", "whoami"],
    ]
  }

  @Test(.enabled(if: AccessTests.canBeOthers && Repository.testsAll))
  func noCommandGivesAViewerAnotherPropertysRowOrASensitiveValue() throws {
    let workspace = try Workspace(PropertyLimitTests.books)
    #expect(try workspace.shell("chmod 777 . && chmod 666 m.db*").status == 0)
    try workspace.succeed(
      "boms-db", "grant", "nobody", "viewer", "--property", "P1", "--property", "P2", "--db",
      "m.db")
    var seen = 0
    for command in try PropertyLimitTests.looks() {
      let run = try workspace.run(as: .nobody, command + ["--db", "m.db", "--lang", "en"])
      for value in PropertyLimitTests.sensitive {
        let isTyped = command.contains { $0.contains(value) }
        #expect(!run.out.contains(value) && (isTyped || !run.err.contains(value)), "\(command)")
      }
      // What somebody typed himself is said back.
      let isTyped = command.contains { $0.contains(PropertyLimitTests.mark) }
      #expect(!run.out.contains(PropertyLimitTests.mark), "\(command): \(run)")
      #expect(isTyped || !run.err.contains(PropertyLimitTests.mark), "\(command): \(run)")
      #expect([0, 1, 64, 66, 77].contains(run.status), "\(command): \(run)")
      if run.status == 0, run.lines.count > 1 { seen += 1 }
    }
    #expect(seen > 30)
    let refused = try TestDatabase.texts(
      "SELECT tool || ' ' || command FROM audit WHERE outcome = 'refused'", workspace.file("m.db"))
    #expect(refused.contains("boms-export export") && refused.contains("boms-db backup"))
  }

  @Test func everyViewIsMadeOfWhatTheLensShows() throws {
    let path = try PropertyLimitTests.books.get().file("m.db")
    let books = try Books.open(path, wait: 10)
    try books.look(through: Lens(properties: [], reveals: false))
    try books.read { db in
      for name in ["charges", "bills", "posting", "journal_entry", "payment_owner", "charge_open"] {
        let shown = try rows(db, name)
        #expect(shown == [], "\(name)")
      }
    }
  }
}
