import Foundation
import Shared
import TestSupport
import Testing

@testable import boms_bill
@testable import boms_collect
@testable import boms_db
@testable import boms_depreciate
@testable import boms_export
@testable import boms_import
@testable import boms_remind
@testable import boms_invoice

/// What docs/ says is what the programs do.
@Suite struct DocsTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  private static func text(_ path: String) throws -> String {
    try String(contentsOf: root.appending(path: path), encoding: .utf8)
  }

  /// The page of that name in the language.
  private static func page(_ name: String, _ language: Language) throws -> String {
    try text((language == .zh ? "docs/zh/" : "docs/") + name)
  }

  @Test(arguments: Language.allCases)
  func theDataDictionaryIsThatOfTheRegisters(language: Language) throws {
    let dictionary = dictionaryMarkdown(Catalogue.registers, language)
    #expect(try DocsTests.page("data-dictionary.md", language) == dictionary, "run scripts/docs")
  }

  @Test(arguments: Language.allCases)
  func thePageOfInvoiceRulesIsThatOfTheProgram(language: Language) throws {
    let rules = rulesMarkdown(InvoiceRules.documented, language)
    #expect(try DocsTests.page("invoice-rules.md", language) == rules, "run scripts/docs")
  }

  // MARK: outputs.md

  /// The rows `| `name` | heading |` of the section that begins so, in their order.
  private static func columns(ofSection title: String) throws -> [String] {
    let lines = try text("docs/outputs.md").split(
      separator: "\n", omittingEmptySubsequences: false)
    let begin = try #require(
      lines.firstIndex { $0.hasPrefix("#") && $0.contains(title) }, "no section \(title)")
    return lines[(begin + 1)...].prefix { !$0.hasPrefix("#") }.compactMap { line in
      let cells = line.split(separator: "|").map { $0.trimmingPrefix(" ") }
      guard line.hasPrefix("| `"), cells.count >= 2 else { return nil }
      return cells[0].filter { $0 != "`" && $0 != " " } + " " + cells[1].filter { $0 != " " }
    }
  }

  @Test(arguments: Exports.views.map(\.name))
  func everyColumnOfAViewIsDocumentedInOrder(view: String) throws {
    let export = try Exports.named(view)
    let documented = try DocsTests.columns(ofSection: "`\(view)` \(export.zh)")
    #expect(documented == export.columns.map { "\($0.name) \($0.zh)" })
  }

  @Test func everyColumnOfRunAndComputeIsDocumentedInOrder() throws {
    #expect(
      try DocsTests.columns(ofSection: "boms-bill run")
        == NewCharges.fields.map { "\($0.name) \($0.zh)" })
    #expect(
      try DocsTests.columns(ofSection: "boms-bill compute")
        == ComputedCharges.fields.map { "\($0.name) \($0.zh)" })
  }

  @Test func everyColumnOfNoticesAndStatementsIsDocumentedInOrder() throws {
    #expect(
      try DocsTests.columns(ofSection: "boms-bill notice")
        == NoticeRecords.fields.map { "\($0.name) \($0.zh)" })
    #expect(
      try DocsTests.columns(ofSection: "boms-bill statement")
        == StatementRecords.fields.map { "\($0.name) \($0.zh)" })
  }

  @Test func everyColumnOfAChangeOfAContractIsDocumentedInOrder() throws {
    for (command, columns) in [
      ("terminate", ChangeColumn.terminate), ("renew", ChangeColumn.renew),
      ("amend", ChangeColumn.amend),
    ] {
      #expect(
        try DocsTests.columns(ofSection: "boms-bill \(command)")
          == columns.map { "\($0.field.name) \($0.field.zh)" })
    }
    let page = try DocsTests.text("docs/outputs.md")
    for kind in ChangeRow.Kind.allCases {
      #expect(page.contains("| `\(kind.rawValue)` \(kind.zh) |"), "\(kind)")
    }
  }

  @Test func everyColumnOfCollectionIsDocumentedInOrder() throws {
    for (command, fields) in [
      ("run", NewAllocations.fields), ("unclaimed", UnclaimedStore.fields),
      ("reconcile", ReconcileCommand.fields),
      ("deposit refund", DepositRefund.fields), ("deposit list", DepositListStore.fields),
      ("refund", RefundLines.fields), ("write-off", WriteOffStore.fields),
      ("void", boms_collect.VoidRun.fields),
    ] {
      #expect(
        try DocsTests.columns(ofSection: "boms-collect \(command)")
          == fields.map { "\($0.name) \($0.zh)" })
    }
  }

  @Test func everyColumnOfTheTaxSideOfInvoicesIsDocumentedInOrder() throws {
    for (command, fields) in [
      ("import", InvoiceImportRun.fields), ("list", InvoiceFields.all),
      ("verify export", VerifyExportCommand.fields), ("verify import", VerifyRun.fields),
      ("deduct import", DeductImportRun.fields),
      ("deduct select", DeductSelectRun.fields + DeductSelectRun.whyFields),
      ("deduct report", DeductReport.fields), ("post", PostRun.fields),
    ] {
      #expect(
        try DocsTests.columns(ofSection: "boms-invoice \(command)`")
          == fields.map { "\($0.name) \($0.zh)" })
    }
  }

  @Test func everyColumnOfChecksOfInvoicesIsDocumentedInOrder() throws {
    for (command, fields) in [("check", CheckCommand.fields), ("rules", RulesCommand.fields)] {
      #expect(
        try DocsTests.columns(ofSection: "boms-invoice \(command)")
          == fields.map { "\($0.name) \($0.zh)" })
    }
  }

  @Test func everyColumnOfRemindersIsDocumentedInOrder() throws {
    #expect(
      try DocsTests.columns(ofSection: "boms-remind run")
        == ReminderListStore.fields.map { "\($0.name) \($0.zh)" })
  }

  /// The tables at the end of both pages are those of the fields; `BOMS_RECORD=1` writes them.
  @Test(arguments: Language.allCases)
  func everyFieldOfATextIsDocumented(language: Language) throws {
    let path = language == .zh ? "docs/zh/reminders.md" : "docs/reminders.md"
    let page = try DocsTests.text(path)
    let marker = "<!-- fields -->\n"
    let head = try #require(page.range(of: marker)).upperBound
    let table = DocsTests.fields(language)
    if getenv("BOMS_RECORD") != nil {
      try (page[..<head] + table).write(
        to: DocsTests.root.appending(path: path), atomically: true, encoding: .utf8)
    }
    #expect(String(page[head...]) == table, "BOMS_RECORD=1 writes it")
  }

  private static func fields(_ language: Language) -> String {
    func word(_ en: String, _ zh: String) -> String { Phrase(en, zh).text(language) }
    var groups = [(word("every kind", "所有类型"), TextFields.common)]
    groups += ReminderKind.allCases.map { ("`\($0.rawValue)`", TextFields.own($0)) }
    groups += [("`digest`", TextFields.digest), ("`envelope`", TextFields.envelope)]
    var lines = [
      "| \(word("of", "用于")) | \(word("field", "字段")) | \(word("what", "含义")) | "
        + "\(word("example", "示例")) |", "|---|---|---|---|",
    ]
    for (name, fields) in groups {
      lines += fields.map {
        "| \(name) | `\($0.name)` | \($0.meaning.text(language)) | \($0.example.text(language)) |"
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  @Test func everyKindOfReminderIsDocumentedWithItsDays() throws {
    let page = try DocsTests.text("docs/reminders.md")
    for (kind, choice) in zip(ReminderKind.allCases, Choice.reminderKinds) {
      #expect(page.contains("\n| `\(kind.rawValue)` \(choice.zh) |"), "\(kind)")
      let rule = ReminderRules.standard(kind)
      let days = (rule.days ?? ReminderRules.obligationDays).description
      let row = page.split(separator: "\n").first { $0.hasPrefix("| `\(kind.rawValue)` ") } ?? ""
      #expect(row.contains(days), "\(kind) \(days)")
    }
  }

  @Test func everyColumnOfRevenueIsDocumentedInOrder() throws {
    for (command, fields) in [
      ("accrue", AccrualStore.fields), ("straight-line", StraightLineCommand.fields),
    ] {
      #expect(
        try DocsTests.columns(ofSection: "boms-bill \(command)")
          == fields.map { "\($0.name) \($0.zh)" })
    }
  }

  @Test func everyColumnOfRequestsIsDocumentedInOrder() throws {
    for (command, fields) in [
      ("run", RequestRecordsStore.fields), ("show", RequestShowCommand.fields),
    ] {
      #expect(
        try DocsTests.columns(ofSection: "boms-invoice request \(command)")
          == fields.map { "\($0.name) \($0.zh)" })
    }
  }

  @Test func everyColumnOfDepreciationIsDocumentedInOrder() throws {
    for (command, fields) in [
      ("run", NewDepreciationStore.fields), ("compute", AssetFilter.fields),
      ("schedule", ScheduleCommand.fields), ("report", MonthReportStore.fields),
      ("report --roll-forward", RollForwardStore.fields(.category)),
      ("dispose", DisposeCommand.fields), ("count --list", CountSheet.fields),
      ("count --report", CountStore.reportFields),
    ] {
      #expect(
        try DocsTests.columns(ofSection: "boms-depreciate \(command)`")
          == fields.map { "\($0.name) \($0.zh)" }, "\(command)")
    }
  }

  /// The recorded cases have the headings of commands that keep theirs to themselves.
  @Test(arguments: [("close", "close-refused-zh"), ("waive", "waive-amount")])
  func everyColumnOfACommandIsDocumentedInOrder(command: String, inChinese: String) throws {
    let names = try DocsTests.text("Tests/Golden/\(command)/expout").prefix { $0 != "\n" }
      .split(separator: ",")
    let headings = try DocsTests.text("Tests/Golden/\(inChinese)/expout").prefix { $0 != "\n" }
      .split(separator: " ")
    #expect(names.count == headings.count)
    #expect(
      try DocsTests.columns(ofSection: "boms-bill \(command)")
        == zip(names, headings).map { "\($0) \($1)" })
  }

  @Test func everyKindThatIsMissingIsDocumented() throws {
    let page = try DocsTests.text("docs/outputs.md")
    for kind in MissingFact.Kind.allCases {
      #expect(page.contains("`\(kind.rawValue)` \(kind.zh)"), "\(kind)")
    }
  }

  @Test func theDescriptionOfARegisterHasTheDocumentedColumns() throws {
    let list = FieldDescription.columns.map { "`\($0.name)`" }.joined(separator: ", ")
    let page = try DocsTests.text("docs/outputs.md").replacing("\n", with: " ")
    #expect(page.contains(list))
  }

  @Test func everyExitCodeIsDocumented() throws {
    let page = try DocsTests.text("docs/outputs.md")
    for status in ExitStatus.allCases {
      #expect(page.contains("\n| \(status.rawValue) | \(status.meaning.en)"))
    }
  }

  // MARK: errors.md

  @Test func everyRuleIdInTheSourcesIsDocumented() throws {
    let page = try DocsTests.text("docs/errors.md")
    let documented = Set(page.matches(of: /\n\| `([a-z_<>]+\.[a-z-]+)` \|/).map { String($0.1) })
    let used = try DocsTests.ruleIDs()
    #expect(used.count > 100)
    #expect(used.subtracting(documented).sorted() == [])
    #expect(documented.subtracting(used).sorted() == [])
  }

  /// Texts in the sources that have the shape of a rule id. `<register>.x` stands for those that
  /// are put together with the register's name.
  private static func ruleIDs() throws -> Set<String> {
    // Fields of nested objects, which have the same shape.
    let fields: Set = [
      "terms.line", "price_steps.line", "price_steps.price", "turnovers.line", "turnovers.month",
      "turnovers.amount", "turnover_tiers.line", "turnover_tiers.percent", "meters.line",
      "tariffs.price", "readings.value", "events.on", "events.kind", "usage.month", "usage.units",
    ]
    var ids: Set<String> = []
    let sources = root.appending(path: "Sources")
    let files = try #require(FileManager.default.enumerator(atPath: sources.path))
    for case let path as String in files where path.hasSuffix(".swift") || path.hasSuffix(".sql") {
      let text = try String(contentsOf: sources.appending(path: path), encoding: .utf8)
      for match in text.matches(of: /["']([a-z_]+\.[a-z][a-z-]*)["']/) {
        // Names of files, and a column of SQL, have the same shape.
        let endings = [".csv", ".html", ".ini", ".db", ".id", ".json", ".form"]
        if !endings.contains(where: match.1.hasSuffix) { ids.insert(String(match.1)) }
      }
      for match in text.matches(of: /\)\.([a-z][a-z-]*)"/)
      where !["xlsx", "staff", "txt"].contains(match.1) {
        ids.insert("<register>.\(match.1)")
      }
    }
    // The filter's own case of `<register>.duplicate-key`.
    return ids.subtracting(fields)
      .subtracting(["charge_term.duplicate-key", "asset_usage.duplicate-key"])
  }

  // MARK: Pages

  @Test func everyToolAndSubcommandStandsInTheListOfCommands() throws {
    for path in ["docs/programs.md", "docs/zh/programs.md"] {
      let page = try DocsTests.text(path)
      for tool in [
        DBCommand.configuration, ImportCommand.configuration, ExportCommand.configuration,
        BillCommand.configuration, CollectCommand.configuration, InvoiceCommand.configuration,
        DepreciateCommand.configuration, RemindCommand.configuration,
      ] {
        let name = try #require(tool.commandName)
        #expect(page.contains("`\(name)`"), "\(name) in \(path)")
        for subcommand in tool.subcommands {
          let word = try #require(subcommand.configuration.commandName)
          #expect(page.contains("`\(word)`"), "\(name) \(word) in \(path)")
        }
      }
    }
  }

  @Test func linksBetweenPagesLeadSomewhere() throws {
    for path in try DocsTests.pages() {
      let folder = DocsTests.root.appending(path: path).deletingLastPathComponent()
      for match in try DocsTests.text(path).matches(of: /\]\(([^)#]+)(#[^)]*)?\)/)
      where !match.1.contains("://") {
        let target = folder.appending(path: String(match.1))
        #expect(FileManager.default.fileExists(atPath: target.path), "\(match.1) in \(path)")
      }
    }
  }

  @Test func aProgramThatAPageShowsTakesTheOptionsThatItIsShownWith() throws {
    for path in try DocsTests.pages() {
      let shown = try DocsTests.text(path).matches(of: /\n(?:    |\$ )(boms-[a-z]+)([^\n]*)/)
      for match in shown {
        let words = match.2.split(separator: " ").prefix { !["|", ">", "<", "&&"].contains($0) }
        let options = words.filter { $0.hasPrefix("--") }.map {
          String($0.prefix { $0 != "=" })
        }
        let help = try DocsTests.help(String(match.1), words.prefix(2).map(String.init))
        for option in options {
          #expect(help.contains(option), "\(match.1)\(match.2) in \(path)")
        }
      }
    }
  }

  // MARK: Examples

  /// The small property of the getting-started page, imported and billed: what the readme shows of
  /// it is what comes out.
  @Test(arguments: ["docs/getting-started.md", "docs/zh/getting-started.md"])
  func theExampleOfThePageGivesWhatTheReadmeShows(page: String) throws {
    let workspace = try Workspace()
    let folder = workspace.path
    for (name, text) in try DocsTests.files(shownIn: page) {
      try text.write(toFile: folder + "/" + name, atomically: false, encoding: .utf8)
    }
    let readme = try DocsTests.text("README.md")
    let runner = ScriptRunner(variables: ["BOMS_DB": folder + "/mall.db"])
    #expect(try runner.run("boms-db", "init").status == 0)
    let imported = try runner.run("boms-import", "--all", folder)
    #expect(imported.status == 0)
    let billed = try runner.run("boms-bill", "run", "--as-of", "2026-11-22")
    let explained = try runner.run("boms-bill", "explain", "HT-001", "--lang", "en")
    let noticed = try runner.run(
      "boms-bill", "notice", "--month", "2026-11", "--out", folder + "/notices/")
    let shown = [
      // The folder's name is another one there.
      noticed.errors.components(separatedBy: folder)[0],
      String(imported.errors.split(separator: "\n").last ?? "none") + "\n", billed.errors,
      explained.output.split(separator: "\n").prefix(4).joined(separator: "\n"),
    ]
    for text in shown {
      // Pages show no empty lines of a shortened output.
      #expect(readme.replacing("\n\n", with: "\n").contains(text), "\(text)")
    }
    let list = try runner.run(
      "boms-export", "rent_roll", "--as-of", "2026-11-22", "--format", "table", "--columns",
      "unit_no,state,tenant_name,to_on,monthly_rent")
    let lines = list.output.split(separator: "\n").map { line in
      String(line.reversed().drop { $0 == " " }.reversed())
    }
    #expect(readme.contains(lines.joined(separator: "\n")))
  }

  /// The files of the block in which each begins a line with its name.
  static func files(shownIn page: String) throws -> [(name: String, text: String)] {
    var files: [(name: String, text: String)] = []
    for line in try text(page).split(separator: "\n") {
      if let match = line.firstMatch(of: /^([a-z_]+\.csv) +(\S+)$/) {
        files.append((String(match.1), match.2 + "\n"))
      } else if line.hasPrefix(String(repeating: " ", count: 20)), !files.isEmpty {
        files[files.count - 1].text += line.drop { $0 == " " } + "\n"
      }
    }
    try #require(files.count == 8)
    return files
  }

  /// - Parameter words: what follows the tool, of which the second may name a subcommand as well.
  private static func help(_ tool: String, _ words: [String]) throws -> String {
    let subcommand = words.first ?? ""
    switch tool {
    case "boms-import": return ImportCommand.helpMessage(columns: 1000)
    case "boms-export": return ExportCommand.helpMessage(columns: 1000)
    case "boms-db", "boms-bill", "boms-collect", "boms-invoice", "boms-depreciate", "boms-remind":
      let tools = [
        DBCommand.configuration, BillCommand.configuration, CollectCommand.configuration,
        InvoiceCommand.configuration, DepreciateCommand.configuration,
        RemindCommand.configuration,
      ]
      let found = try #require(
        tools.first { $0.commandName == tool }?.subcommands.first {
          $0.configuration.commandName == subcommand
        }, "\(tool) \(subcommand)")
      let under = found.configuration.subcommands.first {
        $0.configuration.commandName == words.last
      }
      return (under ?? found).helpMessage(columns: 1000)
    default:
      // Installed, a script is boms-NAME.
      return try text("scripts/" + tool.dropFirst("boms-".count))
    }
  }

  private static func pages() throws -> [String] {
    let docs = try #require(FileManager.default.enumerator(atPath: root.path + "/docs"))
    let inDocs = docs.compactMap { $0 as? String }.filter { $0.hasSuffix(".md") }
    return ["README.md", "README.zh-CN.md", "CONTRIBUTING.md", "CHANGELOG.md"]
      + inDocs.map { "docs/" + $0 }
  }
}
