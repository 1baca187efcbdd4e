import Foundation
import Shared
import Testing

@testable import boms_bill
@testable import boms_collect
@testable import boms_depreciate
@testable import boms_export
@testable import boms_invoice
@testable import boms_remind

extension DocsTests {
  /// outputs.md, in both languages: every column that a program writes, in its order.
  @Suite struct OutputsPage {
    /// The rows `| `name` | heading |` of the section that begins so, in their order.
    private static func columns(
      ofSection title: String, _ language: Language
    ) throws -> [String] {
      let lines = try DocsTests.page("outputs.md", language).split(
        separator: "\n", omittingEmptySubsequences: false)
      let begin = try #require(
        lines.firstIndex { $0.hasPrefix("#") && $0.contains(title) }, "no section \(title)")
      return lines[(begin + 1)...].prefix { !$0.hasPrefix("#") }.compactMap { line in
        let cells = line.split(separator: "|").map { $0.trimmingPrefix(" ") }
        guard line.hasPrefix("| `"), cells.count >= 2 else { return nil }
        return cells[0].filter { $0 != "`" && $0 != " " } + " " + cells[1].filter { $0 != " " }
      }
    }

    @Test(arguments: Exports.views.map(\.name), Language.allCases)
    func everyColumnOfAViewIsDocumentedInOrder(view: String, language: Language) throws {
      let export = try Exports.named(view)
      let documented = try OutputsPage.columns(ofSection: "`\(view)` \(export.zh)", language)
      #expect(documented == export.columns.map { "\($0.name) \($0.zh)" })
    }

    @Test(arguments: Language.allCases)
    func everyColumnOfRunAndComputeIsDocumentedInOrder(language: Language) throws {
      #expect(
        try OutputsPage.columns(ofSection: "boms-bill run", language)
          == NewCharges.fields.map { "\($0.name) \($0.zh)" })
      #expect(
        try OutputsPage.columns(ofSection: "boms-bill compute", language)
          == ComputedCharges.fields.map { "\($0.name) \($0.zh)" })
    }

    @Test(arguments: Language.allCases)
    func everyColumnOfNoticesAndStatementsIsDocumentedInOrder(language: Language) throws {
      #expect(
        try OutputsPage.columns(ofSection: "boms-bill notice", language)
          == NoticeRecords.fields.map { "\($0.name) \($0.zh)" })
      #expect(
        try OutputsPage.columns(ofSection: "boms-bill statement", language)
          == StatementRecords.fields.map { "\($0.name) \($0.zh)" })
    }

    @Test(arguments: Language.allCases)
    func everyColumnOfAChangeOfAContractIsDocumentedInOrder(language: Language) throws {
      for (command, columns) in [
        ("terminate", ChangeColumn.terminate), ("renew", ChangeColumn.renew),
        ("amend", ChangeColumn.amend),
      ] {
        #expect(
          try OutputsPage.columns(ofSection: "boms-bill \(command)", language)
            == columns.map { "\($0.field.name) \($0.field.zh)" })
      }
      let page = try DocsTests.page("outputs.md", language)
      for kind in ChangeRow.Kind.allCases {
        #expect(page.contains("| `\(kind.rawValue)` \(kind.zh) |"), "\(kind)")
      }
    }

    @Test(arguments: Language.allCases)
    func everyColumnOfCollectionIsDocumentedInOrder(language: Language) throws {
      for (command, fields) in [
        ("run", NewAllocations.fields), ("unclaimed", UnclaimedStore.fields),
        ("reconcile", ReconcileCommand.fields),
        ("deposit refund", DepositRefund.fields), ("deposit list", DepositListStore.fields),
        ("refund", RefundLines.fields), ("write-off", WriteOffStore.fields),
        ("void", boms_collect.VoidRun.fields),
      ] {
        #expect(
          try OutputsPage.columns(ofSection: "boms-collect \(command)", language)
            == fields.map { "\($0.name) \($0.zh)" })
      }
    }

    @Test(arguments: Language.allCases)
    func everyColumnOfTheTaxSideOfInvoicesIsDocumentedInOrder(language: Language) throws {
      for (command, fields) in [
        ("import", InvoiceImportRun.fields), ("list", InvoiceFields.all),
        ("verify export", VerifyExportCommand.fields), ("verify import", VerifyRun.fields),
        ("deduct import", DeductImportRun.fields),
        ("deduct select", DeductSelectRun.fields + DeductSelectRun.whyFields),
        ("deduct report", DeductReport.fields), ("post", PostRun.fields),
        ("match", MatchCommand.fields),
      ] {
        #expect(
          try OutputsPage.columns(ofSection: "boms-invoice \(command)`", language)
            == fields.map { "\($0.name) \($0.zh)" })
      }
    }

    @Test(arguments: Language.allCases)
    func everyColumnOfChecksOfInvoicesIsDocumentedInOrder(language: Language) throws {
      for (command, fields) in [("check", CheckCommand.fields), ("rules", RulesCommand.fields)] {
        #expect(
          try OutputsPage.columns(ofSection: "boms-invoice \(command)", language)
            == fields.map { "\($0.name) \($0.zh)" })
      }
    }

    @Test(arguments: Language.allCases)
    func everyColumnOfRemindersIsDocumentedInOrder(language: Language) throws {
      #expect(
        try OutputsPage.columns(ofSection: "boms-remind run", language)
          == ReminderListStore.fields.map { "\($0.name) \($0.zh)" })
    }

    @Test(arguments: Language.allCases)
    func everyColumnOfRevenueIsDocumentedInOrder(language: Language) throws {
      for (command, fields) in [
        ("accrue", AccrualStore.fields), ("straight-line", StraightLineCommand.fields),
      ] {
        #expect(
          try OutputsPage.columns(ofSection: "boms-bill \(command)", language)
            == fields.map { "\($0.name) \($0.zh)" })
      }
    }

    @Test(arguments: Language.allCases)
    func everyColumnOfRequestsIsDocumentedInOrder(language: Language) throws {
      for (command, fields) in [
        ("run", RequestRecordsStore.fields), ("show", RequestShowCommand.fields),
      ] {
        #expect(
          try OutputsPage.columns(ofSection: "boms-invoice request \(command)", language)
            == fields.map { "\($0.name) \($0.zh)" })
      }
    }

    @Test(arguments: Language.allCases)
    func everyColumnOfDepreciationIsDocumentedInOrder(language: Language) throws {
      for (command, fields) in [
        ("run", NewDepreciationStore.fields), ("compute", AssetFilter.fields),
        ("schedule", ScheduleCommand.fields), ("report", MonthReportStore.fields),
        ("report --roll-forward", RollForwardStore.fields(.category)),
        ("dispose", DisposeCommand.fields), ("count --list", CountSheet.fields),
        ("count --report", CountStore.reportFields),
      ] {
        #expect(
          try OutputsPage.columns(ofSection: "boms-depreciate \(command)`", language)
            == fields.map { "\($0.name) \($0.zh)" }, "\(command)")
      }
    }

    /// The recorded cases have the headings of commands that keep theirs to themselves.
    @Test(
      arguments: [("close", "close-refused-zh"), ("waive", "waive-amount")], Language.allCases)
    func everyColumnOfACommandIsDocumentedInOrder(
      cases: (command: String, inChinese: String), language: Language
    ) throws {
      let (command, inChinese) = cases
      let names = try DocsTests.text("Tests/Golden/\(command)/expout").prefix { $0 != "\n" }
        .split(separator: ",")
      let headings = try DocsTests.text("Tests/Golden/\(inChinese)/expout").prefix { $0 != "\n" }
        .split(separator: " ")
      #expect(names.count == headings.count)
      #expect(
        try OutputsPage.columns(ofSection: "boms-bill \(command)", language)
          == zip(names, headings).map { "\($0) \($1)" })
    }

    @Test(arguments: Language.allCases)
    func everyKindThatIsMissingIsDocumented(language: Language) throws {
      let page = try DocsTests.page("outputs.md", language)
      for kind in MissingFact.Kind.allCases {
        #expect(page.contains("`\(kind.rawValue)` \(kind.zh)"), "\(kind)")
      }
    }

    @Test(arguments: Language.allCases)
    func theDescriptionOfARegisterHasTheDocumentedColumns(language: Language) throws {
      let (comma, space) = language == .zh ? ("、", "") : (", ", " ")
      let page = try DocsTests.page("outputs.md", language).replacing("\n", with: space)
      let names = FieldDescription.columns.map { "`\($0.name)`" }.joined(separator: comma)
      #expect(page.contains(names))
      let headings = FieldDescription.columns.map(\.zh).joined(separator: comma)
      #expect(language == .en || page.contains(headings))
    }

    @Test(arguments: Language.allCases)
    func everyExitCodeIsDocumented(language: Language) throws {
      let page = try DocsTests.page("outputs.md", language)
      for status in ExitStatus.allCases {
        #expect(page.contains("\n| \(status.rawValue) | \(status.meaning.text(language))"))
      }
    }

    // MARK: Both pages

    private static let types = [
      "code": "编码", "text": "文本", "choice": "选项", "date": "日期", "month": "月份", "money": "金额",
      "decimal": "数值", "rate": "比率", "percent": "百分比", "integer": "整数", "flag": "是否",
      "codes": "多个编码",
    ]

    /// The rows of all tables of columns, cell by cell.
    private static func rows(_ language: Language) throws -> [[String]] {
      try DocsTests.page("outputs.md", language).split(separator: "\n").compactMap { line in
        guard line.starts(with: /\| `[a-z0-9_]+` \|/) else { return nil }
        return line.split(separator: "|").map {
          $0.trimmingPrefix(" ").reversed().drop { $0 == " " }.reversed().map(String.init).joined()
        }
      }
    }

    private static func codes(_ text: String) -> Set<String> {
      Set(text.matches(of: /`([^`]+)`/).map { String($0.1) })
    }

    /// What no field says is held against the other page: the columns of commands that keep theirs to
    /// themselves, types, and the words that a column may have.
    @Test func bothPagesHaveTheSameColumnsTypesAndValues() throws {
      let english = try OutputsPage.rows(.en)
      let chinese = try OutputsPage.rows(.zh)
      #expect(english.count > 900)
      let (columns, inChinese) = (english.map { $0.prefix(2) }, chinese.map { $0.prefix(2) })
      #expect(columns == inChinese)
      for (en, zh) in zip(english, chinese) where en.count > 3 {
        #expect(zh[2] == OutputsPage.types[en[2]], "\(en)")
        let left = OutputsPage.codes(en[3]).subtracting(OutputsPage.codes(zh[3])).sorted()
        #expect(left == [], "\(zh)")
      }
    }
  }
}
