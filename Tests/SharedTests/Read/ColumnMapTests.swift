import Shared
import Testing

struct ColumnMapTests {
  private func map(_ text: String) throws -> (map: ColumnMap?, findings: [String]) {
    var findings: [String] = []
    let map = try ColumnMap.read(source(text), for: Catalogue.payment) {
      findings.append("\($0.line)! \($0.rule)")
    }
    return (map, findings)
  }

  /// `line: day amount payer reference` for each row that is taken, `line! rule`, and at the end how
  /// many were passed over.
  private func read(
    _ statement: String, _ columns: String, constants: Constants = [:]
  ) throws -> [String] {
    let (map, findings) = try map("field,heading,value\n" + columns)
    try #require(findings == [])
    var found: [String] = []
    let reader = RegisterReader(register: Catalogue.payment, map: map, constants: constants) {
      found.append("\($0.line)! \($0.rule)")
    }
    _ = try reader.read(source(statement)) { record, row in
      guard row.isGood else { return }
      let words = [record.text("payer_name"), record.text("reference")].map { $0 ?? "-" }
      found.append(
        "\(row.line): \(record.text("paid_on") ?? "") \(record.number("amount") ?? 0) "
          + words.joined(separator: " "))
    }
    return found + ["\(reader.outgoing) outgoing"]
  }

  private static let twoColumns = """
    incoming,收入,
    paid_on,时间,
    amount,收入,
    payer_name,对方|户名,
    reference,流水号,
    property_no,,P1

    """

  @Test func theHeadingRowIsTheFirstThatHasAllHeadings() throws {
    let text = """
      某银行对账单
      账号：1202,户名：甲
      时间,支出,收入,户名,流水号
      20260105 10:22:33,,"1,200.00",乙,R1

      """
    #expect(
      try read(text, ColumnMapTests.twoColumns) == [
        "4: 2026-01-05 120000 乙 R1", "0 outgoing",
      ])
  }

  @Test func whatIsNoMoneyInIsPassedOverAndCounted() throws {
    let text = """
      时间,支出,收入,户名,流水号
      2026-01-05,5.00,,乙,R1
      2026-01-05,5.00,0.00,乙,R2
      2026-01-05,,-3.00,乙,R3
      2026-01-05,5.00,--,乙,R4
      2026-01-05,,3.00,乙,R5

      """
    #expect(
      try read(text, ColumnMapTests.twoColumns) == ["6: 2026-01-05 300 乙 R5", "4 outgoing"])
  }

  @Test func sumsRemarksAndHeadingsThatComeAgainAreNoRows() throws {
    let text = """
      时间,支出,收入,户名,流水号
      2026-01-05,,3.00,乙,R1
      时间,支出,收入,户名,流水号
      本页合计,,3.00,,
      以上为全部明细,,,,
      打印时间：2026-02-01

      """
    #expect(
      try read(text, ColumnMapTests.twoColumns) == ["2: 2026-01-05 300 乙 R1", "0 outgoing"])
  }

  @Test func aRowWithMoneyThatCannotBeReadIsAnError() throws {
    let text = """
      时间,支出,收入,户名,流水号
      昨天,,3.00,乙,R1
      ,,3.00,乙,R2
      2026-01-05,,三元,乙,R3
      2026-01-05,,3.00
      2026-01-05,,3.001,乙,R4

      """
    #expect(
      try read(text, ColumnMapTests.twoColumns) == [
        "2! value.date", "3! value.required", "4! value.money", "5! csv.cells", "6! value.money",
        "0 outgoing",
      ])
  }

  static let days = [
    "20260105", "20260105 10:22:33", "20260105102233", "2026-01-05 10:22:33", "2026-01-05T10:22",
    "2026-01-05-10.22.33.123456", "2026/1/5 9:05", "2026年1月5日 10:22:33", "\t2026-01-05\t",
  ]

  @Test(arguments: days)
  func aDayMayHaveItsTime(_ cell: String) throws {
    #expect(
      try read("时间,收入,户名,流水号\n\(cell),3.00,乙,R1\n", ColumnMapTests.twoColumns)
        == ["2: 2026-01-05 300 乙 R1", "0 outgoing"])
  }

  @Test(arguments: ["2026-01-05 上午", "2026-13-05 10:22", "20260105x", "10:22:33 2026-01-05"])
  func whatIsNoDayIsNotCutUntilItIs(_ cell: String) throws {
    #expect(
      try read("时间,收入,户名,流水号\n\(cell),3.00,乙,R1\n", ColumnMapTests.twoColumns)
        == ["2! value.date", "0 outgoing"])
  }

  @Test func aWordSaysWhichWayMoneyWent() throws {
    let text = """
      时间,标志,金额,户名,流水号
      2026-01-05,贷,3.00,乙,R1
      2026-01-05,借,4.00,乙,R2
      2026-01-05,收入 ,5.00,乙,R3
      2026-01-05,,6.00,乙,R4

      """
    let columns = """
      入账,标志,贷|收入
      收款日期,时间,
      金额,金额,
      付款户名,户名,
      流水号,流水号,
      项目编号,,P1

      """
    #expect(
      try read(text, columns) == [
        "2: 2026-01-05 300 乙 R1", "4: 2026-01-05 500 乙 R3", "5! map.incoming", "1 outgoing",
      ])
  }

  @Test func anAmountThatOnlyChoosesRowsMustBeOne() throws {
    let columns = "incoming,收入,\npaid_on,时间,\namount,金额,\nproperty_no,,P1\n"
    #expect(
      try read("时间,金额,收入\n2026-01-05,3.00,三元\n2026-01-05,3.00,3.00\n", columns)
        == ["2! map.incoming", "3: 2026-01-05 300 - -", "0 outgoing"])
  }

  @Test func aSignSaysWhichWayMoneyWent() throws {
    let columns =
      "incoming,发生额,\npaid_on,时间,\namount,发生额,\npayer_name,户名,\nproperty_no,,P1\n"
    #expect(
      try read(
        "时间,发生额,户名\n2026-01-05,+3.00,乙\n2026-01-05,-4.00,乙\n", columns)
        == ["2: 2026-01-05 300 乙 -", "1 outgoing"])
  }

  @Test func partsOfACodeAreJoinedByTheirLettersAndDigits() throws {
    let columns = """
      paid_on,时间,
      amount,收入,
      payer_name,户名,
      payer_name,用途,
      reference,,GH
      reference,时间,
      reference,凭证,
      reference,余额,
      property_no,,P1

      """
    #expect(
      try read(
        """
        时间,收入,户名,用途,凭证,余额
        2026-01-05 10:22:33,3.00,乙,房租,A-1,"1,000.00"
        20260105102233,3.00,乙,,\t,1000.00

        """, columns) == [
          "2: 2026-01-05 300 乙 房租 GH-20260105102233-A1-100000",
          "3: 2026-01-05 300 乙 GH-20260105102233-100000", "0 outgoing",
        ])
  }

  @Test func aConstantReplacesTheColumnThatAFileLacks() throws {
    let index = try #require(Catalogue.payment.index(of: "reference"))
    let text = "时间,收入,户名\n2026-01-05,3.00,乙\n"
    #expect(
      try read(text, ColumnMapTests.twoColumns, constants: [index: "R7"])
        == ["2: 2026-01-05 300 乙 R7", "0 outgoing"])
    #expect(try read(text, ColumnMapTests.twoColumns) == ["1! map.headings", "0 outgoing"])
  }

  @Test func theRowThatComesNearestIsNamed() throws {
    #expect(
      try read("某银行\n对方,x\n时间,收入,户名\n2026-01-05,3.00,乙\n", ColumnMapTests.twoColumns)
        == ["3! map.headings", "0 outgoing"])
    #expect(try read("", ColumnMapTests.twoColumns) == ["1! map.headings", "0 outgoing"])
  }

  @Test func aMapWithoutAFieldThatEveryRowNeedsIsRefusedOnce() throws {
    let columns = "paid_on,时间,\namount,收入,\n"
    let text = "时间,收入\n2026-01-05,3.00\n2026-01-06,3.00\n"
    #expect(try read(text, columns) == ["1! map.missing", "0 outgoing"])
    let index = try #require(Catalogue.payment.index(of: "property_no"))
    #expect(
      try read(text, columns, constants: [index: "P1"]) == [
        "2: 2026-01-05 300 - -", "3: 2026-01-06 300 - -", "0 outgoing",
      ])
  }

  @Test func whatIsWrongWithAMapIsSaidAtItsLine() throws {
    let (map, findings) = try map(
      """
      field,heading,value,note
      paid_onn,时间,,
      amount,,,
      note,摘要,x,
      incoming,,贷,
      ,时间,,
      paid_on,时间,,收款日

      """)
    #expect(map == nil)
    #expect(
      findings.sorted() == [
        "2! map.field", "3! map.value", "4! map.value", "5! map.value", "6! value.required",
      ])
    #expect(try self.map("field,column\namount,收入\n").findings == ["1! read.heading"])
  }

  @Test func aConstantStandsForAColumnOfAnyFile() throws {
    let index = try #require(Catalogue.payment.index(of: "property_no"))
    func read(_ text: String) throws -> [String] {
      var found: [String] = []
      let reader = RegisterReader(register: Catalogue.payment, constants: [index: "P1"]) {
        found.append("\($0.line)! \($0.rule)")
      }
      _ = try reader.read(source(text)) { record, row in
        if row.isGood { found.append("\(row.line): \(record.text("property_no") ?? "-")") }
      }
      return found
    }
    #expect(try read("payment_no,paid_on,amount\nS1,2026-01-05,3\n") == ["2: P1"])
    #expect(
      try read("payment_no,paid_on,amount,项目编号\nS1,2026-01-05,3,P2\n")
        == ["1! read.heading-repeated"])
    let object = "{\"payment_no\":\"S1\",\"paid_on\":\"2026-01-05\",\"amount\":3"
    #expect(try read(object + "}") == ["1: P1"])
    #expect(try read(object + ",\"property_no\":\"P2\"}") == ["1! read.heading-repeated"])
  }
}
