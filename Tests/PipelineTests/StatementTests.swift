import Foundation
import TestSupport
import Testing

/// Statements of banks through the maps that are shipped, and beside the books.
struct StatementTests {
  private static let folder = Repository.path("Tests/Fixtures/statements")
  private static let maps = Repository.path("mappings")

  private func take(
    _ workspace: Workspace, _ file: String, _ bank: String, _ options: String...
  ) throws -> Workspace.Run {
    try workspace.run(
      "boms-import",
      ["payment", "--db", "m.db", "--lang", "en", "--map", "\(StatementTests.maps)/\(bank)"]
        + ["--set", "property_no=XH01"] + options + [file])
  }

  private func reconcile(_ workspace: Workspace, _ arguments: String...) throws -> Workspace.Run {
    try workspace.run("boms-collect", ["reconcile", "--db", "m.db", "--lang", "en"] + arguments)
  }

  private func payments(_ workspace: Workspace, of account: String) throws -> [String] {
    try TestDatabase.rows(
      """
      SELECT payment_no, paid_on, amount_fen, payer_name, payer_account, method, note FROM payment
      WHERE our_account = '\(account)' ORDER BY id
      """, workspace.file("m.db")
    ).map { $0.joined(separator: "|") }
  }

  private static let icbc = [
    "2002-20260901091205120001-0-11200000|2026-09-01|1200000|杭州云栖茶业有限公司|6222020000000011|bank|转账 9月物业费",
    "2002-20260901091205480002-0-11550050|2026-09-01|350050|杭州山岚书店|6222020000000012|bank|转账",
    "2002-20260905110233000005-0-12748550|2026-09-05|2000000|杭州青禾餐饮管理有限公司|6222020000000013|bank|转账 租金",
  ]
  private static let cmb = [
    "0003-K9310000012ABCZ|2026-09-03|5000000|杭州禾木家居有限公司|6214830000000021|bank|房租 9月租金",
    "0003-K9310000014ABCZ|2026-09-30|678901|浙江远帆文化传播有限公司|6214830000000022|bank|水电",
  ]

  @Test(arguments: [
    ("icbc", "1202000000002002", icbc, "2"), ("cmb", "571900000010003", cmb, "1"),
  ])
  func theStatementOfABankBecomesPaymentsInBothEncodings(
    bank: String, account: String, wanted: [String], outgoing: String
  ) throws {
    let workspace = try Workspace(Prepared.mall)
    let file = "\(StatementTests.folder)/\(bank)"
    let first = try take(workspace, "\(file).csv", "payment-\(bank).csv")
    #expect(first.status == 0, "\(first)")
    #expect(first.err.contains("new \(wanted.count) "))
    #expect(first.err.contains("skipped \(outgoing) outgoing"))
    #expect(try payments(workspace, of: account) == wanted)
    // The same rows from the file as the bank writes it are the same payments.
    let again = try take(
      workspace, "\(file)-gb18030.csv", "payment-\(bank).csv", "--encoding", "gb18030")
    #expect(again.err.contains("unchanged \(wanted.count) "), "\(again)")
    #expect(again.err.contains("nothing changed"))
    #expect(try payments(workspace, of: account) == wanted)
    let agreed = try reconcile(
      workspace, "\(file)-gb18030.csv", "--map", "\(StatementTests.maps)/payment-\(bank).csv",
      "--encoding", "auto")
    #expect(agreed.status == 0, "\(agreed)")
    #expect(agreed.lines.count == 1)
    #expect(agreed.err.hasPrefix("equal \(wanted.count) · only_bank 0 · only_books 0 · differs 0"))
  }

  @Test func aDryRunStoresNothing() throws {
    let workspace = try Workspace(Prepared.mall)
    let before = try workspace.dump()
    let run = try take(
      workspace, "\(StatementTests.folder)/icbc.csv", "payment-icbc.csv", "--dry-run")
    #expect(run.status == 0)
    #expect(run.err.contains("new 3 "))
    #expect(try workspace.dump() == before)
  }

  @Test func aRejectedRowComesBackAsItStoodAndIsTakenWithTheSameMap() throws {
    let workspace = try Workspace(Prepared.mall)
    try workspace.write(
      "s.csv",
      """
      凭证号,本方账号,对方账号,交易时间,贷方发生额,对方单位名称,余额,摘要,用途
      0,1202,6222,20260105 10:22:33,5.00,甲,5.00,转账,
      0,1202,6222,20260199 10:22:33,6.00,乙,11.00,转账,

      """)
    let run = try take(workspace, "s.csv", "payment-icbc.csv", "--rejects", "bad.csv")
    #expect(run.status == 1, "\(run)")
    #expect(run.err.contains("s.csv:3:paid_on: error: there is no day '20260199 10:22:33'"))
    let bad = try workspace.read("bad.csv")
    #expect(bad.contains("0,1202,6222,20260199 10:22:33,6.00,乙,11.00,转账,,3,value.date"))
    try workspace.write("bad.csv", bad.replacingOccurrences(of: "20260199", with: "20260119"))
    let corrected = try take(workspace, "bad.csv", "payment-icbc.csv")
    #expect(corrected.status == 0, "\(corrected)")
    #expect(try payments(workspace, of: "1202").count == 2)
  }

  @Test func aMapAndItsConstantsAreRefusedWhereTheyCannotBeUsed() throws {
    let workspace = try Workspace(Prepared.mall)
    func status(_ arguments: String...) throws -> (Int32, String) {
      let run = try workspace.run("boms-import", ["--db", "m.db", "--lang", "en"] + arguments)
      return (run.status, run.err)
    }
    #expect(try status("--all", ".", "--map", "m.csv").0 == 64)
    #expect(try status("payment", "--map", "none.csv", "x.csv").0 == 66)
    let unknown = try status("payment", "--set", "propertyno=X", "x.csv")
    #expect(unknown.0 == 64)
    #expect(unknown.1.contains("--set propertyno=X"))
    let bad = try status("payment", "--set", "paid_on=yesterday", "x.csv")
    #expect(bad.0 == 64)
    #expect(bad.1.contains("'yesterday' is not a date"))
    try workspace.write("map.csv", "field,heading\nwhen,时间\n")
    let map = try status("payment", "--map", "map.csv", "x.csv")
    #expect(map.0 == 65)
    #expect(map.1.contains("map.csv:2:field: error: 'when' is no field of payment [map.field]"))
  }

  @Test func aConstantServesAnyRegister() throws {
    let workspace = try Workspace(Prepared.mall)
    let run = try workspace.importing(
      "building", "building_no,name\nZ9,附楼\n", "--set", "项目编号=XH01")
    #expect(run.status == 0, "\(run)")
    #expect(try workspace.export("building").contains("XH01,Z9,附楼"))
  }

  // MARK: The same reference twice

  private static let headings = "payment_no,property_no,paid_on,amount,our_account,reference\n"

  private func pay(_ workspace: Workspace, _ rows: String...) throws -> Workspace.Run {
    try workspace.importing(
      "payment", StatementTests.headings + rows.map { $0 + "\n" }.joined())
  }

  @Test func theSameReferenceTwiceOnOneOfOurAccountsIsRefused() throws {
    let workspace = try Workspace(Prepared.mall)
    let twice = try pay(
      workspace, "A1,XH01,2026-09-08,10,1202 0000 0000 2002,R-1",
      "A2,XH01,2026-09-09,10,1202-0000-0000-2002,R-1")
    #expect(twice.status == 65)
    #expect(
      twice.err.contains(
        "<stdin>:3:reference: error: payment 'A1' has reference 'R-1' on the same account of ours "
          + "[payment.reference-used]"))
    #expect(try pay(workspace, "A1,XH01,2026-09-08,10,1202 0000 0000 2002,R-1").status == 0)
    let later = try pay(workspace, "A2,XH01,2026-09-09,10,1202000000002002,R-1")
    #expect(later.status == 65)
    #expect(later.err.contains("payment 'A1' has reference 'R-1'"))
    // The payment itself comes again.
    let again = try pay(workspace, "A1,XH01,2026-09-08,10,1202 0000 0000 2002,R-1")
    #expect(again.err.contains("unchanged 1"))
  }

  @Test func otherAccountsAndPaymentsThatNameNoneAreNotCompared() throws {
    let workspace = try Workspace(Prepared.mall)
    let run = try pay(
      workspace, "A1,XH01,2026-09-08,10,1202000000002002,R-1",
      "A2,XH01,2026-09-08,10,1202000000003003,R-1", "A3,XH01,2026-09-08,10,****2002,R-1",
      "A4,XH01,2026-09-08,10,****2002,R-1", "A5,XH01,2026-09-08,10,,R-1",
      "A6,XH01,2026-09-08,10,1202000000002002,", "A7,XH01,2026-09-08,10,1202000000002002,",
      "A8,XH01,2026-09-08,10,pay@example.com,R-1", "A9,XH01,2026-09-08,10,pay@example.com,R-1")
    #expect(run.status == 0, "\(run)")
  }

  @Test func aVoidedPaymentGivesItsReferenceBack() throws {
    let workspace = try Workspace(Prepared.mall)
    #expect(try pay(workspace, "A1,XH01,2026-09-08,10,1202000000002002,R-1").status == 0)
    try void("A1", workspace)
    #expect(try pay(workspace, "A2,XH01,2026-09-08,12,1202000000002002,R-1").status == 0)
    let third = try pay(workspace, "A3,XH01,2026-09-08,12,1202000000002002,R-1")
    #expect(third.err.contains("payment 'A2' has reference 'R-1'"))
  }

  private func void(_ number: String, _ workspace: Workspace) throws {
    try TestDatabase.run(
      """
      INSERT INTO payment_void (payment_no, voided_on, booked_on, reason)
      VALUES ('\(number)', '2026-09-10', '2026-09-10', '录错')
      """, workspace.file("m.db"))
  }

  @Test func theSchemaRefusesASecondReferenceByItself() throws {
    let workspace = try Workspace(Prepared.mall)
    func insert(_ number: String, _ account: String) throws {
      try TestDatabase.run(
        """
        INSERT INTO payment (payment_no, property_no, paid_on, amount_fen, our_account, reference)
        VALUES ('\(number)', 'XH01', '2026-09-08', 100, '\(account)', 'R-1')
        """, workspace.file("m.db"))
    }
    try insert("A1", "工行 1202 0000 0000 2002")
    #expect(throws: (any Error).self) { try insert("A2", "1202000000002002") }
    try insert("A3", "1202000000002003")
  }

  @Test func aPaymentWithoutANumberIsNumberedByItsAccountAndReference() throws {
    let workspace = try Workspace(Prepared.mall)
    let text =
      "property_no,paid_on,amount,our_account,reference\nXH01,2026-09-08,10,1202 3456,R-1\n"
    #expect(try workspace.importing("payment", text).err.contains("new 1"))
    #expect(try workspace.importing("payment", text).err.contains("unchanged 1"))
    #expect(
      try TestDatabase.texts(
        "SELECT payment_no FROM payment WHERE reference = 'R-1'", workspace.file("m.db"))
        == ["3456-R-1"])
    let none = try workspace.importing(
      "payment", "property_no,paid_on,amount\nXH01,2026-09-08,10\n")
    #expect(none.status == 65)
    #expect(none.err.contains("[payment.number]"))
  }

  // MARK: Beside the books

  /// A1 and A2 agree, A3 has another amount, A4 another day, A5 is only in the books, A6 of another
  /// account, A7 of another month, A8 void.
  private func books() throws -> Workspace {
    let workspace = try Workspace(Prepared.mall)
    let run = try pay(
      workspace, "A1,XH01,2026-09-01,10,1202 0000 0000 2002,R1",
      "A2,XH01,2026-09-02,20,1202000000002002,R2", "A3,XH01,2026-09-03,30,1202000000002002,R3",
      "A4,XH01,2026-08-31,40,1202000000002002,R4", "A5,XH01,2026-09-05,50,1202000000002002,R5",
      "A6,XH01,2026-09-05,60,1202000000009009,R6", "A7,XH01,2026-10-05,70,1202000000002002,R7",
      "A8,XH01,2026-09-05,80,1202000000002002,R8")
    try #require(run.status == 0)
    try void("A8", workspace)
    try workspace.write(
      "bank.csv",
      """
      paid_on,amount,our_account,reference,payer_name
      2026-09-01,10,1202000000002002,R1,甲
      2026-09-02,20,1202000000002002,R2,甲
      2026-09-03,31,1202000000002002,R3,甲
      2026-09-04,40,1202000000002002,R4,甲
      2026-09-05,80,1202000000002002,R8,甲
      2026-09-06,90,1202000000002002,R9,乙

      """)
    return workspace
  }

  private func said(_ run: Workspace.Run) -> [String] {
    records(run.out).map {
      "\($0["state"] ?? "") \($0["reference"] ?? "") \($0["payment_no"] ?? "") "
        + "\($0["bank_amount"] ?? "")−\($0["books_amount"] ?? "")=\($0["difference"] ?? "") "
        + ($0["explain"] ?? "")
    }
  }

  @Test func whatIsNotTheSameIsListedAndNothingIsStored() throws {
    let workspace = try books()
    let before = try workspace.dump()
    let run = try reconcile(workspace, "bank.csv")
    #expect(run.status == 1, "\(run)")
    #expect(
      said(run) == [
        "differs R3 A3 31.00−30.00=1.00 another amount",
        "differs R4 A4 40.00−40.00=0.00 another day: 2026-08-31 in the books",
        "only_bank R8  80.00−=80.00 payment 'A8' was voided on 2026-09-10",
        "only_bank R9  90.00−=90.00 ", "only_books R5 A5 −50.00=-50.00 ",
      ])
    #expect(
      run.err.hasPrefix(
        "equal 2 · only_bank 2 · only_books 1 · differs 2 · bank 271.00 · books 150.00 · "
          + "difference 121.00 · "))
    #expect(run.err.contains("2026-09-01 to 2026-09-06"))
    #expect(try workspace.dump() == before)
  }

  @Test func theDaysMayBeLimitedOrWidened() throws {
    let workspace = try books()
    let agreed = try reconcile(workspace, "bank.csv", "--to", "2026-09-02")
    #expect(agreed.status == 0, "\(agreed)")
    let wider = try reconcile(
      workspace, "bank.csv", "--from", "2026-09-06", "--to", "2026-10-31")
    #expect(
      said(wider) == ["only_bank R9  90.00−=90.00 ", "only_books R7 A7 −70.00=-70.00 "])
    let wrong = try reconcile(workspace, "bank.csv", "--from", "2026-09-02", "--to", "2026-09-01")
    #expect(wrong.status == 64)
  }

  @Test func aSpanWithoutMoneyIsAskedForWithTheAccount() throws {
    let workspace = try books()
    try workspace.write("none.csv", "paid_on,amount,reference\n")
    #expect(try reconcile(workspace, "none.csv").status == 65)
    let run = try reconcile(
      workspace, "none.csv", "--set", "our_account=1202 0000 0000 2002", "--from", "2026-10-01",
      "--to", "2026-10-31")
    #expect(said(run) == ["only_books R7 A7 −70.00=-70.00 "])
  }

  @Test func theNumberServesWhereTheFileHasNoAccount() throws {
    let workspace = try books()
    try workspace.write("n.csv", "payment_no,paid_on,amount\nA1,2026-09-01,10\nX1,2026-09-01,5\n")
    let run = try reconcile(workspace, "n.csv")
    #expect(said(run) == ["only_bank  X1 5.00−=5.00 "])
    #expect(run.err.hasPrefix("equal 1 · only_bank 1 · only_books 0"))
  }

  @Test func aRowThatSaysNeitherAccountNorNumberIsAnError() throws {
    let workspace = try books()
    try workspace.write("n.csv", "paid_on,amount,reference\n2026-09-01,10,R1\n")
    let run = try reconcile(workspace, "n.csv")
    #expect(run.status == 65)
    #expect(run.out == "")
    #expect(run.err.contains("n.csv:2:our_account: error:"))
    #expect(run.err.contains("[reconcile.no-account]"))
  }
}
