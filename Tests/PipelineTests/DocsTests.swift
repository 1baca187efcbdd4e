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
  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  static func text(_ path: String) throws -> String {
    try String(contentsOf: root.appending(path: path), encoding: .utf8)
  }

  /// The page of that name in the language.
  static func page(_ name: String, _ language: Language) throws -> String {
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

  // MARK: reminders.md

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
