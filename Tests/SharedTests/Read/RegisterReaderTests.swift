import Shared
import Testing

@Suite struct RegisterReaderTests {
  static let cases: [(String, [String])] = [
    ("", ["1! read.empty", "stopped"]),
    ("\n\n", ["1! read.empty", "stopped"]),
    ("编号,名称\n", []),
    ("编号,名称\nA1,灯\n", ["2: thing_no=A1 register=total name=灯"]),
    ("NAME , 编号＊,Line*\n灯,A1,7\n", ["2: thing_no=A1 register=total name=灯 line=7"]),
    ("编 号,*名称,\"面积\n(平方米)\"\nA1,灯,2.5", ["3: thing_no=A1 register=total name=灯 area_m2=2500000"]),
    (
      "物品台账,,\n单位：元,,截至 11 月\n序号,编号,名称,金额（元）\n1,A1,灯,\"1,200.00\"\n合 计,,,1200\n",
      ["4: thing_no=A1 register=total name=灯 amount=120000"]
    ),
    ("物品台账\n编号,名程\n", ["2! read.heading", "2:name! read.missing-column", "stopped"]),
    ("编号,名称,金额(万元)\nA1,灯,1\n", ["1! read.heading", "stopped"]),
    ("编号,名称,面积(平方米)\nA1,灯,2.5", ["2: thing_no=A1 register=total name=灯 area_m2=2500000"]),
    ("编号,名称,类型\nA1,灯,\n", ["2: thing_no=A1 register=total name=灯 kind=~"]),
    ("\n编号,名程\n", ["2! read.heading", "2:name! read.missing-column", "stopped"]),
    ("名称\n灯\n", ["1:thing_no! read.missing-column", "stopped"]),
    (
      "编号,名称,name\n",
      ["1! read.heading-repeated", "stopped"]
    ),
    (
      "编号,名称,\nA1,灯,\nA2,灯,x\nA3,灯\n",
      [
        "2: thing_no=A1 register=total name=灯", "3! read.heading",
        "3?: thing_no=A2 register=total name=灯", "4: thing_no=A3 register=total name=灯",
      ]
    ),
    (
      "编号,名称\nA1\nA2,灯,,\nA3,灯,x\nA4,灯\n",
      [
        "2! csv.cells", "2?: ", "3: thing_no=A2 register=total name=灯", "4! csv.cells", "4?: ",
        "5: thing_no=A4 register=total name=灯",
      ]
    ),
    ("编号,名称,line,rule\nA1,灯,7,value.date\n", ["2: thing_no=A1 register=total name=灯"]),
    (
      "编号,名称,金额,购入日期\n,,x,y\n",
      [
        "2:thing_no! value.required", "2:name! value.required", "2:amount! value.money",
        "2:bought_on! value.date", "2?: thing_no=~ register=total name=~ bought_on=~ amount=~",
      ]
    ),
    (
      "编号,名称\nA1,\"灯\n",
      ["2! csv.quote", "stopped"]
    ),
    (
      "[{\"thing_no\":\"A1\",\"名称\":\"灯\",\"line\":7,\"invoiced\":true,\"days\":[1,\"2\"],"
        + "\"kind\":null}]",
      ["1: thing_no=A1 register=total name=灯 line=7 invoiced=1 kind=~ days=1;2"]
    ),
    (
      "{\"thing_no\":\"A1\"}\n{\"thing_no\":\"A2\",\"name\":{}}\n",
      [
        "1:name! value.required", "1?: thing_no=A1 register=total",
        "2:name! json.nested", "2?: thing_no=A2 register=total name=~",
      ]
    ),
    (
      "{\"thing_no\":\"A1\",\"name\":\"a\",\"名称\":\"b\",\"nam\":1}",
      [
        "1:name! read.heading-repeated", "1! read.heading",
        "1?: thing_no=A1 register=total name=b",
      ]
    ),
    (
      "[{\"thing_no\":\"A1\",\"name\":\"a\"},\n{]",
      ["1: thing_no=A1 register=total name=a", "2! json.syntax", "stopped"]
    ),
  ]

  @Test(arguments: cases)
  func rowsBecomeRecordsOrFindings(text: String, wanted: [String]) throws {
    for chunkSize in chunkSizes {
      #expect(try records(source(text, chunkSize: chunkSize)) == wanted, "chunks of \(chunkSize)")
    }
  }

  @Test func unknownHeadingsAreSkippedOnDemand() throws {
    let text = "编号,颜色,名称\nA1,红,灯\n"
    #expect(
      try records(source(text), ignoreUnknown: true) == ["2: thing_no=A1 register=total name=灯"])
    let object = "{\"thing_no\":\"A1\",\"颜色\":1,\"name\":\"灯\"}"
    #expect(
      try records(source(object), ignoreUnknown: true)
        == ["1: thing_no=A1 register=total name=灯"])
  }

  @Test func anUnknownHeadingNamesTheNearestOne() throws {
    var findings: [Finding] = []
    let reader = RegisterReader(register: thing) { findings.append($0) }
    #expect(try !reader.read(source("编号,名称,amont\n")) { _, _ in })
    #expect(findings.map(\.message.en) == ["unknown heading 'amont'"])
    #expect(findings.first?.hint?.en == "did you mean 'amount'?")
  }

  /// A list that only some command reads has no page of boms-import, and no option of it.
  @Test func hintsNameWhatThereIs() throws {
    func hint(_ register: Register, _ headings: String) throws -> String? {
      var findings: [Finding] = []
      let reader = RegisterReader(register: register) { findings.append($0) }
      #expect(try !reader.read(source(headings)) { _, _ in })
      return findings.first?.hint?.en
    }
    let unit = try #require(Catalogue.register(named: "unit"))
    #expect(
      try hint(unit, "unknown\n")
        == "see 'boms-import --describe unit', or skip it with --ignore-unknown")
    #expect(try hint(unit, "") == "see 'boms-import --template unit'")
    let own = "its headings: " + thing.fields.map(\.name).joined(separator: ", ")
    #expect(try hint(thing, "unknown\n") == own)
    #expect(try hint(thing, "") == own)
  }

  @Test func chineseExcelNeedsItsEncoding() throws {
    #expect(try records(source(bytes: gb18030)) == ["1! read.encoding", "stopped"])
    for encoding in [TextEncoding.auto, .gb18030] {
      #expect(
        try records(source(bytes: gb18030), ignoreUnknown: true, encoding: encoding)
          == ["1:thing_no! read.missing-column", "stopped"])
    }
  }

  @Test func aSensitiveValueIsMasked() throws {
    var findings: [Finding] = []
    let reader = RegisterReader(register: thing) { findings.append($0) }
    _ = try reader.read(source("编号,名称,联系电话\nA1,灯,1.38E+10\n")) { _, row in
      #expect(!row.isGood)
      #expect(row.cells == ["A1", "灯", "1.38E+10"])
      #expect(row.headings == ["编号", "名称", "联系电话"])
    }
    #expect(findings.map(\.value) == ["1***"])
    #expect(findings.first?.message.en.contains("1.38") == false)
  }

  @Test func theCellsOfARowStandUnderItsHeadings() throws {
    let reader = RegisterReader(register: thing) { _ in }
    _ = try reader.read(source("编号,名称,行号\nA1,\"x\n,\"\n")) { _, row in
      #expect(row.cells == ["A1", "x\n,", ""])
    }
    _ = try reader.read(source("{\"名称\":\"x\",\"days\":[1,2]}")) { _, row in
      #expect(row.headings == thing.fields.map(\.name))
      #expect(row.cells[2] == "x")
      #expect(row.cells[13] == "1;2")
    }
  }

  @Test func aMissingFileIsAFailure() {
    let reader = RegisterReader(register: thing) { _ in }
    let failure = #expect(throws: Failure.self) {
      try reader.read(InputSource("/no/such")) { _, _ in }
    }
    #expect(failure?.status == .noInput)
  }
}
