import Foundation
import Shared
import TestSupport
import Testing

/// Workbooks that programs and people make, in and out of the built programs.
@Suite struct WorkbookTests {
  static let hasReader =
    (try? Workspace().run("/usr/bin/python3", "-c", "import openpyxl").status) == 0

  /// Rows of Python values, with their number formats where there are any.
  private func workbook(_ workspace: Workspace, _ name: String, _ python: String) throws {
    try workspace.write(
      "make.py",
      """
      import openpyxl, datetime
      book = openpyxl.Workbook()
      sheet = book.active
      def row(*cells):
          sheet.append([c[0] if isinstance(c, tuple) else c for c in cells])
          for place, c in enumerate(cells, 1):
              if isinstance(c, tuple): sheet.cell(sheet.max_row, place).number_format = c[1]
      \(python)
      book.save('\(name)')
      """)
    try workspace.succeed("/usr/bin/python3", "make.py")
  }

  private func started() throws -> Workspace {
    let workspace = try Workspace()
    try workspace.succeed("boms-db", "init", "--db", "m.db")
    return workspace
  }

  @Test(.enabled(if: hasReader)) func cellsAreReadAsTheyAreStoredOrShown() throws {
    let workspace = try started()
    try workspace.importing(
      "company", "company_no,name,credit_code\nA,甲公司,91330106MACKX4QG41\n"
    ).expectStored()
    try workbook(
      workspace, "property.xlsx",
      """
      sheet.title = '项目'
      row('项目编号', '项目名称', '收款主体', '系统启用日期')
      row((7, '0000'), '一期\\n广场', 'A', (datetime.date(2026, 1, 5), 'm月d日'))
      book.create_sheet('空表')
      """)
    try workbook(
      workspace, "fee_item.xlsx",
      """
      row('项目代码', '项目名称', '类别', '税率', '核销顺序')
      row('rent', '租金', '租金', (0.09, '0%'), 20)
      row()
      row('fee', '杂费', '服务', '=0.03*2', 30.0)
      """)
    let refused = try workspace.run(
      "boms-import", ["--db", "m.db", "--lang", "en", "--all", "."])
    #expect(refused.status == 65)
    #expect(
      refused.err.contains(
        "./fee_item.xlsx:1: error: the formula in D4 has no value [read.formula]"), "\(refused)")
    try workbook(
      workspace, "fee_item.xlsx",
      """
      row('项目代码', '项目名称', '类别', '税率', '核销顺序')
      row('rent', '租金', '租金', (0.09, '0%'), 20)
      """)
    try workspace.run("boms-import", ["--db", "m.db", "--all", "."]).expectStored()
    #expect(
      try workspace.export("property", "--columns", "property_no,name,billing_from")
        == "property_no,name,billing_from\n0007,\"一期\n广场\",2026-01-05\n")
    #expect(
      try workspace.export("fee_item", "--columns", "item,tax_rate,priority")
        == "item,tax_rate,priority\nrent,0.09,20\n")
  }

  @Test(.enabled(if: hasReader)) func findingsNameSheetAndRow() throws {
    let workspace = try started()
    try workbook(
      workspace, "t.xlsx",
      """
      sheet.title = '租户'
      row('租户编号', '租户名称', '证件号码', '地址')
      row('T1', '好味', '110101199003070011', '一层\\n东')
      row()
      row('T2', '乙店', 110101199003070011, '二层')
      """)
    let run = try workspace.run(
      "boms-import", ["tenant", "t.xlsx", "--db", "m.db", "--lang", "en"])
    #expect(run.status == 65)
    // Row 4, in spite of the line end in a cell of row 2; a number of 18 digits was rounded.
    #expect(run.err.contains("t.xlsx:租户:4:id_no: error: "), "\(run)")
    #expect(run.err.contains("is a number that Excel has shortened [value.code]"), "\(run)")
    #expect(run.err.contains("hint: "))
    let json = try workspace.run(
      "boms-import",
      ["tenant", "t.xlsx", "--sheet", "租戶", "--errors", "json", "--db", "m.db", "--lang", "en"])
    #expect(json.err.contains(#""rule":"read.sheet","file":"t.xlsx","line":1"#), "\(json)")
  }

  @Test func whatIsNoWorkbookIsRefusedWithAHint() throws {
    let workspace = try started()
    try workspace.write("old.xls", bytes: [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1])
    let old = try workspace.run("boms-import", ["unit", "old.xls", "--db", "m.db", "--lang", "en"])
    #expect(old.status == 65)
    #expect(old.err.contains("old.xls:1: error: this is a workbook of Excel 97-2003 (.xls)"))
    #expect(old.err.contains("save it as .xlsx"))
    let plain = try workspace.run(
      "boms-import", ["unit", "-", "--sheet", "a", "--db", "m.db", "--lang", "en"],
      stdin: "unit_no\n")
    #expect(plain.err.contains("<stdin>:1: error: this is no workbook"))
  }

  @Test(.enabled(if: hasReader)) func whatGoesOutComesBackUnchanged() throws {
    let workspace = try started()
    try workspace.importing(
      "company",
      "company_no,name,credit_code,bank_account\n007,=1+1,91330106MACKX4QG41,1202021509900012345\n"
    ).expectStored()
    try workspace.importing(
      "property", "property_no,name,company_no,opened_on\n01,广场,007,2026-01-05\n"
    ).expectStored()
    for register in ["company", "property"] {
      let run = try workspace.shell(
        "boms-export --db m.db \(register) --format xlsx > \(register).xlsx"
          + " && boms-import --db m.db --lang en \(register) \(register).xlsx")
      #expect(
        run.err.hasSuffix(
          "read 1 · new 0 · changed 0 · unchanged 1 · rejected 0 · nothing changed\n"), "\(run)")
    }
    // Rates, percents, prices, readings, whatever their cells look like.
    let small = try Workspace(Prepared.small)
    for register in [
      "tax_rate", "fee_item", "unit", "contract_unit", "charge_term", "price_step", "rent_free",
      "tariff", "meter_install", "reading", "share_pool", "turnover_tier", "late_fee_rule", "asset",
    ] {
      let run = try small.shell(
        "boms-export --db m.db \(register) --format xlsx > \(register).xlsx"
          + " && boms-import --db m.db --lang en \(register) \(register).xlsx")
      #expect(run.err.contains("· new 0 · changed 0 · unchanged"), "\(register): \(run)")
      #expect(run.err.hasSuffix("· rejected 0 · nothing changed\n"), "\(register): \(run)")
      #expect(!run.err.contains("read 0"), "\(register)")
    }
    // By a pipe, and a template without rows.
    let piped = try workspace.shell(
      "boms-export --db m.db company --format xlsx | boms-import --db m.db company"
        + " && boms-import --template unit --format xlsx | boms-import --db m.db --quiet unit -")
    #expect(piped.status == 0, "\(piped)")
  }
}
