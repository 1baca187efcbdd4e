import Foundation
import Shared
import Testing

extension DocsTests {
  /// errors.md, in both languages: every rule that a program may name, once.
  @Suite struct ErrorsPage {
    @Test(arguments: Language.allCases)
    func everyRuleIdInTheSourcesIsDocumentedOnce(language: Language) throws {
      let rows = try ErrorsPage.rules(language).map(\.rule)
      let documented = Set(rows)
      let used = try ErrorsPage.ruleIDs()
      #expect(used.count > 100)
      #expect(used.subtracting(documented).sorted() == [])
      #expect(documented.subtracting(used).sorted() == [])
      #expect(rows.count == documented.count)
    }

    @Test(arguments: Language.allCases)
    func theLevelOfARuleIsThatOfTheRegisters(language: Language) throws {
      let levels = try Dictionary(
        ErrorsPage.rules(language).map { ($0.rule, $0.level) },
        uniquingKeysWith: { first, _ in first }
      )
      let rules = Catalogue.registers.flatMap(\.rules).map { ($0.id, $0.level) }
      for (rule, level) in rules + SetRule.all.map({ ($0.id, $0.level) }) {
        #expect(levels[rule] == level.rawValue, "\(rule)")
      }
    }

    @Test func bothPagesSayTheSameLevels() throws {
      let english = try ErrorsPage.rules(.en).map { "\($0.rule) \($0.level)" }
      let chinese = try ErrorsPage.rules(.zh).map { "\($0.rule) \($0.level)" }
      #expect(english == chinese)
    }

    /// The rows of the page with the first of their levels, in English.
    private static func rules(_ language: Language) throws -> [(rule: String, level: String)] {
      let levels = ["错误": "error", "警告": "warning", "问题": "finding", "状态": "state"]
      return try DocsTests.page("errors.md", language)
        .matches(of: /\n\| `([a-z_<>]+\.[a-z-]+)` \| ([a-z]+|[^a-z |，；、]+)/)
        .map { (String($0.1), levels[String($0.2)] ?? String($0.2)) }
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
      let sources = DocsTests.root.appending(path: "Sources")
      let files = try #require(FileManager.default.enumerator(atPath: sources.path))
      for case let path as String in files where path.hasSuffix(".swift") || path.hasSuffix(".sql")
      {
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
  }
}
