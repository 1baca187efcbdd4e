import Shared
import TestSupport
import Testing

@testable import boms_invoice

/// Lists of every version are read by their headings.
struct BureauListTests {
  private static func read(_ texts: String...) throws -> (BureauList?, String) {
    let workspace = try Workspace()
    let said = ByteOutput.memory()
    let files = try texts.enumerated().map { try workspace.write("\($0).csv", $1) }
    let findings = FindingWriter(Console(tool: "t", to: said))
    let list = try? BureauList(files, try InputOptions.parse(["--encoding", "auto"]), findings)
    return (list, said.text)
  }

  private static func lines(_ list: BureauList?) -> [String] {
    (list?.entries ?? []).map { entry in
      [
        entry.number.text, entry.issuedOn.description, entry.net.description,
        entry.tax.description, entry.status?.rawValue, entry.risk?.rawValue, entry.lock?.rawValue,
        entry.isTicked.map { $0 ? "ticked" : "not" }, entry.deductible?.description,
      ].compactMap(\.self).joined(separator: " ")
    }
  }

  @Test(arguments: [
    // As the bureau writes it, with stars; and an older one with other words and columns.
    "序号,是否勾选*,数电发票号码,发票代码,发票号码,开票日期*,金额*,票面税额*,有效抵扣税额*,发票状态,红字锁定标志,发票风险等级,风险状态\n"
      + "1,是,26332000000000000001,,,2026-09-10 11:37:34,100.00,13.00,13.00,正常,未锁定,正常,无风险\n",
    "有效抵扣税额,税额,开票日期,数电票号码,金额,是否勾选,风险等级,红字锁定标志,状态,新列\n"
      + "\"13.00\",13,2026年9月10日,26332000000000000001,\"100.00\",是,正常,未锁定,0,x\n",
    // Kingdee splits the number.
    "发票代码,发票号码,开票日期,金额,税额,有效抵扣税额,是否勾选,发票状态,红字锁定标志,风险状态\n"
      + "263320000000,00000001,20260910,¥100.00,13.000000,13.00,是,正常,未锁定,无风险\n合计,,,100,13,13,,,,\n",
    // Remarks above the headings.
    "抵扣勾选清单\n填写说明：请勿改动表头,,\n\n发票号码,开票日期,金额,税额,有效抵扣税额,是否勾选,发票状态,红字锁定标志,风险状态\n"
      + "26332000000000000001,2026/9/10,100,13,13,是,正常,未锁定,无风险\n",
  ])
  func aListIsReadByHeading(_ text: String) throws {
    let (list, said) = try BureauListTests.read(text)
    #expect(
      BureauListTests.lines(list) == [
        "26332000000000000001 2026-09-10 100.00 13.00 normal normal unlocked ticked 13.00"
      ])
    #expect(said == "")
    #expect(list?.isForTicking == true)
  }

  @Test func linesOfAnInvoiceAreSummedWithTheirDiscounts() throws {
    let head = "数电发票号码,开票日期,货物或应税劳务名称,金额,税率,税额,发票状态\n"
    let (list, said) = try BureauListTests.read(
      head + "26332000000000000001,2026-09-10,*a*b,39.355,3%,1.180650,正常\n"
        + "26332000000000000002,2026-09-10,*a*c,5.00,3%,0.15,已红冲-部分\n"
        + "26332000000000000001,2026-09-10,*a*b,-0.965,3%,-0.028950,正常\n")
    #expect(said == "")
    #expect(
      BureauListTests.lines(list) == [
        "26332000000000000001 2026-09-10 38.39 1.15 normal",
        "26332000000000000002 2026-09-10 5.00 0.15 reversed_part",
      ])
    #expect(list?.isForTicking == false)
  }

  @Test func bothSheetsOfAnExportAreOneListAndMustAgree() throws {
    let lines =
      "数电发票号码,开票日期,货物或应税劳务名称,金额,税额\n26332000000000000001,2026-09-10,a,60,7.8\n26332000000000000001,2026-09-10,b,40,5.2\n"
    let head = "数电发票号码,开票日期,金额,税额,价税合计,发票状态\n"
    let (list, _) = try BureauListTests.read(
      lines, head + "26332000000000000001,2026-09-10,100,13,113,正常\n")
    #expect(
      BureauListTests.lines(list) == ["26332000000000000001 2026-09-10 100.00 13.00 normal"])
    let (none, said) = try BureauListTests.read(
      lines, head + "26332000000000000001,2026-09-10,100,12,112,正常\n")
    #expect(none == nil && said.contains("[bureau_list.differs]"))
  }

  @Test(arguments: [
    ("数电发票号码,开票日期,金额\n26332000000000000001,2026-09-10,1\n", "read.missing-column"),
    ("开票日期,金额,税额\n2026-09-10,1,1\n", "bureau_list.number"),
    ("数电发票号码,开票日期,金额,税额\n2.6332E+19,2026-09-10,1,1\n", "value.code"),
    ("数电发票号码,开票日期,金额,税额\n123,2026-09-10,1,1\n", "bureau_list.number"),
    ("数电发票号码,开票日期,金额,税额\n26332000000000000001,2026-09-31,1,1\n", "value.date"),
    ("数电发票号码,开票日期,金额,税额\n26332000000000000001,,1,1\n", "value.required"),
    (
      "数电发票号码,开票日期,金额,税额\n26332000000000000001,2026-09-10,1,1\n26332000000000000001,2026-09-10,1,1\n",
      "bureau_list.twice"
    ),
    ("", "read.empty"),
  ])
  func aListThatCannotBeReadIsRefusedAsAWhole(_ text: String, _ rule: String) throws {
    let (list, said) = try BureauListTests.read(text)
    #expect(list == nil)
    #expect(said.contains("[\(rule)]"), "\(said)")
  }

  @Test func aWordThatIsNotKnownIsSaidAndNotTakenOver() throws {
    let (list, said) = try BureauListTests.read(
      "数电发票号码,开票日期,金额,税额,发票状态,发票风险等级,红字锁定标志\n26332000000000000001,2026-09-10,1,1,新状态,乙级,甲\n"
        + "26332000000000000002,2026-09-10,1,1,失控,,\n")
    #expect(
      BureauListTests.lines(list) == [
        "26332000000000000001 2026-09-10 1.00 1.00 doubtful",
        "26332000000000000002 2026-09-10 1.00 1.00 abnormal",
      ])
    #expect(said.components(separatedBy: "[bureau_list.word]").count == 4)
  }

  @Test func excelsEncodingIsRead() throws {
    let workspace = try Workspace()
    // 开票日期,金额,税额 in GB18030.
    let head: [UInt8] = [
      0xBF, 0xAA, 0xC6, 0xB1, 0xC8, 0xD5, 0xC6, 0xDA, 0x2C, 0xBD, 0xF0, 0xB6, 0xEE, 0x2C, 0xCB,
      0xB0, 0xB6, 0xEE,
    ]
    let file = try workspace.write(
      "a.csv",
      bytes: head + Array(",invoice_no\r\n2026-09-10,1,1,26332000000000000001\r\n".utf8))
    let findings = FindingWriter(Console(tool: "t", to: ByteOutput.memory()))
    let list = try BureauList([file], try InputOptions.parse(["--encoding", "auto"]), findings)
    #expect(list.entries.count == 1)
  }

  /// All digits of the numbers stay.
  @Test(.enabled(if: BureauListTests.hasReader)) func aWorkbookIsReadAsItIs() throws {
    let books = try TaxBooks()
    try books.receive(.invoice(1))
    try books.workspace.write("make.py", BureauListTests.workbook)
    try books.workspace.succeed("/usr/bin/python3", "make.py")
    let deduct = ["deduct", "import", "--db", books.pool.path, "--lang", "en", "a.xlsx"]
    let unclear = try books.workspace.run("boms-invoice", deduct)
    #expect(unclear.status == 65)
    #expect(
      unclear.err.hasPrefix("a.xlsx:1: error: several sheets have something in them [read.sheet]"))
    let run = try books.workspace.run("boms-invoice", deduct + ["--sheet", "发票基础信息"])
    #expect(run.status == 0, "\(run)")
    #expect(TaxBooks.column("state", run) == ["in_both"])
    #expect(TaxBooks.column("invoice_no", run) == [.invoice(1)])
  }

  private static let hasReader =
    (try? Workspace().run("/usr/bin/python3", "-c", "import openpyxl").status) == 0

  /// A workbook of two sheets, numbers of invoices as text, as the bureau writes it.
  private static let workbook = """
    import zipfile
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    rel = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
    pkg = 'http://schemas.openxmlformats.org/package/2006'
    def sheet(rows):
        def cell(value, place):
            if isinstance(value, float):
                return f'<c r="{place}"><v>{value}</v></c>'
            return f'<c r="{place}" t="inlineStr"><is><t>{value}</t></is></c>'
        body = ''.join(
            f'<row r="{y}">' + ''.join(cell(v, 'ABCDEFG'[x] + str(y)) for x, v in enumerate(row)) + '</row>'
            for y, row in enumerate(rows, 1))
        return f'<worksheet {main}><sheetData>{body}</sheetData></worksheet>'
    with zipfile.ZipFile('a.xlsx', 'w') as z:
        z.writestr('[Content_Types].xml', f'<Types xmlns="{pkg}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/worksheets/sheet2.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>')
        z.writestr('_rels/.rels', f'<Relationships xmlns="{pkg}/relationships"><Relationship Id="r1" Type="{rel}/officeDocument" Target="xl/workbook.xml"/></Relationships>')
        z.writestr('xl/workbook.xml', f'<workbook {main} xmlns:r="{rel}"><sheets><sheet name="信息汇总表" sheetId="1" r:id="r1"/><sheet name="发票基础信息" sheetId="2" r:id="r2"/></sheets></workbook>')
        z.writestr('xl/_rels/workbook.xml.rels', f'<Relationships xmlns="{pkg}/relationships">' + ''.join(f'<Relationship Id="r{n}" Type="{rel}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n in (1, 2)) + '</Relationships>')
        z.writestr('xl/worksheets/sheet1.xml', sheet([['x']]))
        z.writestr('xl/worksheets/sheet2.xml', sheet([['数电发票号码', '开票日期', '金额', '税额', '购方识别号'], ['26332000000000000001', '2026-09-10 11:12:13', 100.0, 13.0, '91330106MACKX4QG41']]))
    """
}
