import Foundation
import Shared
import TestSupport
import Testing

@testable import boms_invoice

/// The instance of a posted invoice, read by a real XML reader.
struct XBRLTests {
  /// The elements under the root as `name(attributes)`, tuples opened, and texts where asked for.
  private static let outline = """
    import sys, xml.etree.ElementTree as E
    def name(e): return e.tag.split('}')[-1]
    def walk(e, depth):
        keys = ' '.join(sorted(k.split('}')[-1] for k in e.attrib if 'schemaLocation' not in k))
        text = (e.text or '').strip() if '--text' in sys.argv else ''
        print('  ' * depth + f'{e.tag} [{keys}] {text}'.rstrip())
        for c in e: walk(c, depth + 1)
    walk(E.parse(sys.argv[1]).getroot(), 0)
    """

  private static func posted(
    _ kind: InvoiceKind, summary: String? = "租\t金 \"A\"",
    entries: [String] = ["debit:原材料:100", "debit:应交税费:进项:13", "credit:银行存款:113"]
  ) throws -> TaxBooks {
    let books = try TaxBooks()
    try books.receive(.invoice(1), kind: kind)
    try books.run(
      "verify", "import", "-", "--as-of", "2026-09-20",
      stdin: "发票号码,查验结果\n\(String.invoice(1)),00\n")
    if kind == .special {
      try books.run(
        "deduct", "import", "-", "--confirmed", "--period", "2026-09", "--as-of", "2026-09-21",
        stdin: "数电发票号码,开票日期,金额,税额,是否勾选\n\(String.invoice(1)),2026-09-10,100,13,是\n")
      try books.run(
        "transfer-out", .invoice(1), "--period", "2026-09", "--tax", "3", "--reason", "x",
        "--as-of",
        "2026-09-22")
    }
    let run = try books.workspace.run(
      "boms-invoice",
      [
        "post", .invoice(1), "--voucher", "记<1>&", "--period", "2026-09", "--on", "2026-09-30",
        "--as-of", "2026-10-01",
      ] + (summary.map { ["--summary", $0] } ?? []) + entries.flatMap { ["--entry", $0] },
      environment: ["BOMS_DB": books.pool.path])
    #expect(run.status == 0, "\(run)")
    return books
  }

  private static func read(_ books: TaxBooks, _ file: String, text: Bool = true) throws -> [String]
  {
    try books.workspace.write("outline.py", outline)
    let run = try books.workspace.run(
      "python3", ["outline.py", file] + (text ? ["--text"] : []))
    #expect(run.status == 0, "\(run)")
    return run.lines
  }

  @Test func aSpecialInvoiceSaysWhatTheReceiverKnows() throws {
    let books = try XBRLTests.posted(.special)
    let run = try books.run("export", "--xbrl", .invoice(1), "--out", "a.xml")
    #expect(run.status == 0, "\(run)")
    let text = try XBRLTests.read(books, "a.xml").joined(separator: "\n")
    for expected in [
      "identifier [scheme] \(TaxBooks.ours)", "instant [] 2026-09-30",
      "InvoiceNumber [contextRef] \(String.invoice(1))", "SellerName [contextRef] 甲 <乙>",
      "NameOfAccountingEntity [contextRef] 我方 & 公司",
      "TotalTax-includedAmount [contextRef decimals unitRef] 113.00",
      "RequestTime [contextRef] 2026-09-10 10:11:12",
      "WhetherEinvoiceHasBeenChecked [contextRef] true",
      "WhetherEinvoiceIsRedEinvoice [contextRef] false",
      "NumberOfAccountingDocuments [contextRef] 记<1>&", "PostingDate [contextRef] 2026-09-30",
      "AccountingPeriod [contextRef] 2026-09",
      "SummaryOfAccountingDocuments [contextRef] 租\t金 \"A\"",
      "NameOfSubsidiaryLedgerSubject [contextRef] 进项",
      "UsageConfirmation [contextRef] 抵扣税款", "PeriodOfUsageConfirmation [contextRef] 2026-09",
      "WhetherInputVatHasBeenTransferredOut [contextRef] true",
      "AmountOfTransferredOutInputVat [contextRef decimals unitRef] 3.00",
    ] {
      #expect(text.contains("}" + expected + "\n") || text.hasSuffix("}" + expected), "\(expected)")
    }
    // Written again it is the same, byte for byte.
    let first = try books.workspace.read("a.xml")
    try books.run("export", "--xbrl", .invoice(1), "--out", "b.xml")
    #expect(try books.workspace.read("b.xml") == first)
  }

  /// What we write is what the official instances have, in their order, less what we do not know.
  @Test(
    .enabled(if: FileManager.default.fileExists(atPath: XBRLTests.samples)),
    arguments: [(InvoiceKind.special, "special"), (.ordinary, "ordinary")])
  func theOrderIsThatOfTheOfficialInstances(_ kind: InvoiceKind, _ name: String) throws {
    // One of the two has no summary.
    let books = try XBRLTests.posted(kind, summary: kind == .special ? nil : "s")
    try books.run("export", "--xbrl", .invoice(1), "--out", "a.xml")
    let ours = try XBRLTests.read(books, "a.xml", text: false)
    let official = try XBRLTests.read(
      books, "\(XBRLTests.samples)/xbrl_einv_official_\(name).xml", text: false)
    // How many entries there are, and which have a detail, is the voucher's.
    func shape(_ lines: [String]) -> [String] {
      lines.filter { line in
        !["EntryTuple", "DebitOrCredit", "LedgerSubject", "RecordedAmount"].contains {
          line.contains($0)
        }
      }
    }
    let entry = { (lines: [String]) in
      lines.drop { !$0.contains("EntryTuple") }.dropFirst().prefix { !$0.contains("EntryTuple") }
        .filter { !$0.contains("Subsidiary") }
    }
    #expect(entry(ours).elementsEqual(entry(official)))
    var left = shape(official)[...]
    for line in shape(ours) {
      let at = left.firstIndex(of: line)
      #expect(at != nil, "\(line) is not there or stands elsewhere in the official instance")
      if let at { left = left[(at + 1)...] }
    }
    #expect(ours.first == official.first)
  }

  private static let samples = Repository.path("../shared/samples/einvoice")

  @Test func aPeriodIsAFolderAndWhatIsNotPostedIsRefused() throws {
    let books = try XBRLTests.posted(.ordinary, entries: [])
    try books.receive(.invoice(2))
    let run = try books.run("export", "--xbrl", "--period", "2026-09", "--out", "x/")
    #expect(run.status == 0 && books.workspace.exists("x/\(String.invoice(1)).xml"))
    #expect(!books.workspace.exists("x/\(String.invoice(2)).xml"))
    #expect(try books.run("export", "--xbrl", .invoice(2)).status == 65)
    #expect(try books.run("export", "--xbrl", .invoice(9)).status == 66)
    #expect(try books.run("export", "--xbrl", .invoice(1), .invoice(2)).status == 64)
    #expect(try books.run("export", .invoice(1)).status == 64)
  }
}
