import Testing

@testable import boms_invoice

/// The values of every sample, where the samples are at hand.
@Suite(.enabled(if: Reading.samples != nil))
struct SampleTests {
  /// Number, net, tax, gross, seller's and buyer's tax number, day, lines.
  private static let sums: [(String, [String?], Int)] = [
    (
      "einv_official_gd_special_v0.2.xml",
      [
        "23440000000000100001", "2.00", "0.12", "2.12", "91440000000000000X", "91440000000000001Y",
        "2023-02-23",
      ], 1
    ),
    (
      "einv_taxi_js_v0.32_discount_negline_emptylabels.xml",
      [
        "26320000000000100001", "38.39", "1.15", "39.54", "91320000000000000X",
        "91xxxxxxxxxxxxxxxx3", "2026-07-18 23:45:14",
      ], 2
    ),
    (
      "einv_toll_zj_v0.32.xml",
      [
        "26337904450900255091", "5.45", "0.16", "5.61", "91330000142942095H", "91330106MACKX4QG41",
        "2026-09-14 12:51:03",
      ], 1
    ),
    (
      "einv_jd_individual_buyer_v0.2_leadingNewline.xml",
      [
        "25327000001739485410", "5838.94", "759.06", "6598.00", "913205830880018839", nil,
        "2025-12-29 13:02:50",
      ], 1
    ),
    (
      "einv_red_minimal_erpnext.xml",
      ["26312000002160801046", "-70000.00", "-9100.00", "-79100.00", nil, nil, nil], 0
    ),
    (
      "ofdattach_old_vat_2020_suwell_original_invoice.xml",
      [
        "83089647", "510.68", "15.32", "526.00", "92330781MA2EDMFU50", "91320115MA202UKD7X",
        "2020年07月23日",
      ], 1
    ),
    (
      "xbrl_einv_official_special.xml",
      [
        "23440000000000100011", "9000.00", "1170.00", "10170.00", "91442000MAXXXXXX3J",
        "91440101MAXXXXXX1R", "2023-11-13 20:05:10",
      ], 0
    ),
    (
      "xbrl_einv_official_ordinary.xml",
      [
        "23440000000000100012", "500", "0", "500", "91440101MAXXXXXX1R", "91440101MAXXXXXX2W",
        "2023-11-13T20:05:10",
      ], 0
    ),
    ("composed_red_full_for_rent.xml", rent("102", "-27522.94", "-2477.06", "-30000.00", 20), 1),
    ("composed_red_partial_allowance.xml", rent("103", "-917.43", "-82.57", "-1000.00", 21), 1),
    ("composed_blue_rent_special_9pct.xml", rent("101", "27522.94", "2477.06", "30000.00"), 1),
    (
      "composed_blue_partially_reversed_origin.xml",
      rent("104", "27522.94", "2477.06", "30000.00"), 1
    ),
  ]

  private static func rent(
    _ number: String, _ net: String, _ tax: String, _ gross: String, _ day: Int = 6
  ) -> [String?] {
    [
      "26332000000000000\(number)", net, tax, gross, "91330000142942095H", "91330106MACKX4QG41",
      "2026-05-\(day < 10 ? "0" : "")\(day) 10:11:12",
    ]
  }

  @Test(arguments: sums.indices)
  func everySampleSaysItsSums(_ index: Int) throws {
    let (name, values, lines) = SampleTests.sums[index]
    let reading = try Reading.sample(name)
    #expect(reading.findings == [])
    let text = try #require(reading.text)
    #expect(
      [
        text.number, text.net, text.tax, text.gross, text.seller.taxNumber, text.buyer.taxNumber,
        text.requestedAt,
      ] == values)
    #expect(text.lines.count == lines)
  }

  @Test func labelsAndSignatureOfTheOfficialSample() throws {
    let text = try #require(try Reading.sample("einv_official_gd_special_v0.2.xml").text)
    #expect(text.issueType == "Y")
    #expect(text.kindCode == "01")
    #expect(text.kindName == "增值税专用发票")
    #expect(text.taxpayerType == "1")
    #expect(text.capitals == "贰圆壹角贰分")
    #expect(text.remark == "备注内容描述")
    #expect(text.isSigned)
    #expect(text.signature?.algorithm == "1.2.156.10197.1.501")
    #expect(text.signature?.format == "DETACH")
    #expect(text.signature?.time == "2023-02-23 10:08:55")
    #expect(text.lines[0].tax == "0.120000")
    #expect(text.lines[0].spec == nil)
    #expect(
      text.extras.map { "\($0.path)=\($0.text)" } == [
        "Header/UndefinedLabel/企业行业性质类标签=01,20 示例行业,示例类型",
        "Header/UndefinedLabel/发票开具方式标签=1 网页开票",
      ])
  }

  @Test func theTotalIsNotThatOfTheDiscountLine() throws {
    let text = try #require(
      try Reading.sample("einv_taxi_js_v0.32_discount_negline_emptylabels.xml").text)
    #expect(text.gross == "39.54")
    #expect(text.lines.map(\.gross) == ["40.53", "-0.99"])
    #expect(text.issueType == nil)
    #expect(text.blueNumber == nil)
    #expect(!text.isSigned)
  }

  @Test func theNumberPlateIsNoNumberOfAnInvoice() throws {
    let text = try #require(try Reading.sample("einv_toll_zj_v0.32.xml").text)
    #expect(text.number == "26337904450900255091")
    #expect(text.specific == ["Toll"])
    #expect(
      text.extras.filter { $0.path.hasPrefix("SpecificInformation") }
        .map { "\($0.path)=\($0.text)" } == [
          "SpecificInformation/Toll/PlateNumber=浙AB59453",
          "SpecificInformation/Toll/VehicleType=客车",
          "SpecificInformation/Toll/StartDatesOfPassage=20260914094742000",
          "SpecificInformation/Toll/EndDatesOfPassage=20260914094742000",
        ])
  }

  @Test(arguments: [
    ("composed_red_full_for_rent.xml", "26332000000000000101", "33010826051002615708"),
    ("composed_red_partial_allowance.xml", "26332000000000000104", "33010826051002615709"),
    ("einv_red_minimal_erpnext.xml", "26312000002160569446", "CN2026040001"),
  ])
  func aRedOneNamesItsBlueOne(_ sample: (String, String, String)) throws {
    let text = try #require(try Reading.sample(sample.0).text)
    #expect(text.blueNumber == sample.1)
    #expect(text.confirmationNumber == sample.2)
    #expect(text.specific == ["RedEInvoice"])
  }

  @Test(arguments: [
    ("composed_enc_gbk_declared.xml", [String]()),
    ("composed_enc_utf8_bom.xml", []),
    ("composed_enc_gbk_but_declares_utf8.xml", ["invoice.encoding"]),
  ])
  func encodingsAreReadAsTheyAre(_ sample: (String, [String])) throws {
    let reading = try Reading.sample(sample.0)
    #expect(reading.findings.map(\.rule) == sample.1)
    #expect(reading.text?.seller.name == "浙江示例商业管理有限公司")
  }

  @Test(arguments: [
    ("composed_bad_doctype_entity.xml", "invoice.internal-subset"),
    ("composed_bad_empty.xml", "invoice.file-empty"),
    ("composed_bad_not_invoice.xml", "invoice.dialect-known"),
    ("composed_bad_truncated.xml", "invoice.xml-form"),
    ("composed_two_invoices_one_file.xml", "invoice.one-per-file"),
    ("dialect_pinyin_synthetic.xml", "invoice.dialect-known"),
  ])
  func whatIsNoInvoiceIsRejected(_ sample: (String, String)) throws {
    let reading = try Reading.sample(sample.0)
    #expect(reading.text == nil)
    #expect(reading.findings.map(\.rule) == [sample.1])
    if sample.1 == "invoice.xml-form" { #expect(reading.findings.first?.place == 33) }
    if sample.0.hasPrefix("dialect") { #expect(reading.findings.first?.value == "发票") }
  }
}

/// The OFD and the pack of the samples.
@Suite(.enabled(if: Reading.samples != nil))
struct SamplePackageTests {
  @Test func theOFDOf2024ComesOutWhole() throws {
    let reading = try Reading.sample("ofd_shudian_2024_bj.ofd")
    #expect(reading.findings == [])
    let text = try #require(reading.text)
    #expect(text.carrier == .ofd)
    #expect(text.number == "24112000000048542163")
    #expect(text.requestedAt == "2024年05月28日")
    #expect(text.buyer.name == "海南麒麟云服科技有限公司")
    #expect(text.buyer.taxNumber == "91460300MAA92DJN95")
    #expect(text.seller.name == "北京互联三六五科技有限公司")
    #expect(text.seller.taxNumber == "91110108690017781B")
    #expect([text.net, text.tax, text.gross] == ["4197.17", "251.83", "4449.00"])
    #expect(text.capitals == "肆仟肆佰肆拾玖圆整")
    #expect(text.kindName == "电子发票（增值税专用发票）")
    #expect(text.drawer == "于俪")
    #expect(text.remark == "收款人:李蓉蓉;    复核人:周欣铭;")
    #expect(!text.isSigned)
    let line = try #require(text.lines.first)
    #expect(text.lines.count == 1)
    #expect(line.itemName == "*信息技术服务*技术服务费")
    #expect([line.quantity, line.price] == ["1", "4197.16981132075"])
    #expect([line.net, line.rate, line.tax] == ["4197.17", "6%", "251.83"])
  }

  @Test func thePackOfTheBureauHasTwoInvoicesAndJunk() throws {
    let path = try #require(Reading.samples) + "/composed_bureau_batch.zip"
    #expect(
      try Sources.each(path).map { $0.1 ?? "" } == [
        "dzfp_26332000000000000101_杭州示例科技有限公司_20260506101112.xml",
        "dzfp_26332000000000000102_杭州示例科技有限公司_20260520101112.xml",
      ])
  }
}
