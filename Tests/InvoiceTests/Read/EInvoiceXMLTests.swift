import Testing

@testable import InvoiceSamples
@testable import boms_invoice

/// What files of 数电票 XML look like in the wild.
struct EInvoiceXMLTests {
  private func text(_ xml: String) throws -> InvoiceText {
    let reading = Reading.read(xml)
    #expect(reading.findings == [])
    return try #require(reading.text)
  }

  @Test func everyValueHasItsPlace() throws {
    let text = try text(ComposedInvoice().xml)
    #expect(text.carrier == .xml)
    #expect(text.dialect == .einvoice)
    #expect(text.number == "26332000000000000901")
    #expect(text.headerNumber == "26332000000000000901")
    #expect([text.issueType, text.kindCode, text.kindName] == ["Y", "01", "增值税专用发票"])
    #expect([text.net, text.tax, text.gross] == ["1000.00", "90.00", "1090.00"])
    #expect([text.requestedAt, text.issuedAt] == ["2026-05-06 10:11:12", "2026-05-06"])
    #expect([text.seller.phone, text.seller.account] == ["021-50000000", "0100200300"])
    #expect([text.buyer.name, text.buyer.address] == ["无锡山茶咖啡有限公司", nil])
    #expect([text.bureauCode, text.version, text.drawer] == ["13300000000", "0.33", "林青"])
    #expect(text.lines.count == 1)
    #expect(text.lines[0].taxCode == "3040502020400000000")
    #expect(text.lines[0].unit == "㎡")
    #expect(text.signature?.time == "2026-05-06 10:11:12")
    #expect(text.specific == [])
  }

  @Test func theOrderOfChildrenIsFree() throws {
    let basic = """
      <BasicInformation><RequestTime>2026-05-06</RequestTime>\
      <TotalTax-includedAmountInChinese>壹圆整</TotalTax-includedAmountInChinese>\
      <TotalTax-includedAmount>1.00</TotalTax-includedAmount><TotalAmWithoutTax>0.92\
      </TotalAmWithoutTax><TotalTaxAm>0.08</TotalTaxAm></BasicInformation>
      """
    let text = try text(
      """
      <EInvoice><TaxSupervisionInfo><IssueTime>2026-05-06</IssueTime><InvoiceNumber>1</InvoiceNumber>\
      </TaxSupervisionInfo><EInvoiceData><IssuItemInformation><TotaltaxIncludedAmount>-5\
      </TotaltaxIncludedAmount><ItemName>a</ItemName></IssuItemInformation>\(basic)</EInvoiceData>\
      <Header><EIid>2</EIid></Header></EInvoice>
      """)
    #expect([text.number, text.headerNumber] == ["1", "2"])
    #expect([text.net, text.tax, text.gross] == ["0.92", "0.08", "1.00"])
    #expect(text.lines[0].gross == "-5")
  }

  @Test func withoutTheSupervisionBlockTheHeaderHasTheNumber() throws {
    let text = try text(
      "<EInvoice><Header><EIid> 26332000000000000901\n</EIid></Header></EInvoice>")
    #expect(text.number == "26332000000000000901")
  }

  @Test func aLineNeverSetsTheTotalNorAPlateTheNumber() throws {
    var invoice = ComposedInvoice()
    invoice.specific = """
      <SpecificInformation><Toll><PlateNumber>沪A12345</PlateNumber>\
      <InvoiceNumber>26332000000000000999</InvoiceNumber></Toll></SpecificInformation>
      """
    invoice.lines.append(
      "<IssuItemInformation><TotalTax-includedAmount>7.00</TotalTax-includedAmount>"
        + "</IssuItemInformation>")
    let text = try text(invoice.xml)
    #expect(text.number == "26332000000000000901")
    #expect(text.gross == "1090.00")
    #expect(
      text.extras.map { "\($0.path)=\($0.text)" }.filter { !$0.hasPrefix("Header") } == [
        "IssuItemInformation[2]/TotalTax-includedAmount=7.00",
        "SpecificInformation/Toll/PlateNumber=沪A12345",
        "SpecificInformation/Toll/InvoiceNumber=26332000000000000999",
      ])
  }

  @Test func labelsMayBeEmptyOrAbsent() throws {
    let text = try text(
      """
      <EInvoice><Header><EIid>1</EIid><InherentLabel><InIssuType/><EInvoiceType></EInvoiceType>\
      </InherentLabel><UndefinedLabel><Label/><Label><LabelType>特定征税方式标签</LabelType>\
      <LabelCode>01</LabelCode><LabelName>不征税</LabelName></Label><Label><LabelCode>9</LabelCode>\
      </Label></UndefinedLabel></Header></EInvoice>
      """)
    #expect(text.issueType == nil)
    #expect(
      text.extras.map { "\($0.path)=\($0.text)" } == [
        "Header/UndefinedLabel/特定征税方式标签=01 不征税", "Header/UndefinedLabel/Label[3]/LabelCode=9",
      ])
  }

  @Test func whatIsUnknownIsKeptAsPathAndText() throws {
    var invoice = ComposedInvoice()
    invoice.additional = """
      <AdditionalInformation>自由文字<Remark>备注</Remark><Additional>\
      <AdditionalInformation>楼层</AdditionalInformation><InformationValue>3</InformationValue>\
      </Additional><Additional><AdditionalInformation>铺号</AdditionalInformation></Additional>\
      </AdditionalInformation>
      """
    let text = try text(invoice.xml)
    #expect(text.remark == "备注")
    #expect(
      text.extras.filter { $0.path.hasPrefix("Additional") }.map { "\($0.path)=\($0.text)" } == [
        "AdditionalInformation/Additional[1]/AdditionalInformation=楼层",
        "AdditionalInformation/Additional[1]/InformationValue=3",
        "AdditionalInformation/Additional[2]/AdditionalInformation=铺号",
      ])
  }

  @Test func theRemarkOfARedOneNamesTheBlueOne() throws {
    for label in ["数电票", "数电发票"] {
      var invoice = ComposedInvoice()
      invoice.issueType = ""
      invoice.additional = """
        <AdditionalInformation><Remark>被红冲蓝字\(label)号码：26332000000000000800 \
        红字发票信息确认单编号：33010826051002615708 其他</Remark></AdditionalInformation>
        """
      let text = try text(invoice.xml)
      #expect(text.blueNumber == "26332000000000000800")
      #expect(text.confirmationNumber == "33010826051002615708")
    }
    #expect(RedRemark("对应正数发票代码:144031809110号码:12345678").blueNumber == "144031809110-12345678")
    #expect(RedRemark("参见数电发票号码：26332000000000000800").blueNumber == nil)
    #expect(RedRemark("被红冲蓝字数电发票号码：2633200000000000080").blueNumber == nil)
    #expect(RedRemark("").confirmationNumber == nil)
  }

  @Test func twoValuesForOneElementAreAnError() {
    let xml = ComposedInvoice().xml.replacing(
      "<TotalTaxAm>90.00</TotalTaxAm>",
      with: "<TotalTaxAm>90.00</TotalTaxAm><TotalTaxAm>9.00</TotalTaxAm>")
    let reading = Reading.read(xml)
    #expect(reading.text == nil)
    #expect(reading.findings.map(\.rule) == ["invoice.element-repeated"])
    // Whatever stands there twice goes into the logs of the night.
    let phones = ComposedInvoice().xml.replacing(
      "</SellerInformation>",
      with: "<SellerTelNum>0571-88887777</SellerTelNum><SellerTelNum>13912345678</SellerTelNum>"
        + "</SellerInformation>")
    let said = Reading.read(phones).findings.map(\.message.en).joined()
    #expect(said.contains("SellerTelNum comes twice"))
    #expect(!said.contains("8887") && !said.contains("1391234"))
    let same = ComposedInvoice().xml.replacing(
      "<TotalTaxAm>90.00</TotalTaxAm>",
      with: "<TotalTaxAm>90.00</TotalTaxAm><TotalTaxAm> 90.00</TotalTaxAm>")
    #expect(Reading.read(same).findings == [])
  }

  @Test func oneFileHasOneInvoice() {
    let one = ComposedInvoice().root
    for xml in ["<EInvoices>\(one)\(one)</EInvoices>", one + one, "<a><b>\(one)</b>\(one)</a>"] {
      let reading = Reading.read(xml)
      #expect(reading.text == nil)
      #expect(reading.findings.map(\.rule) == ["invoice.one-per-file"])
      #expect(reading.findings.first?.value == "2")
    }
    let body = one.replacing("</EInvoiceData>", with: "</EInvoiceData><EInvoiceData/>")
    #expect(Reading.read(body).findings.map(\.rule) == ["invoice.one-per-file"])
  }

  @Test(arguments: [
    ("<发票><FPHM>1</FPHM></发票>", "发票"), ("<invoice/>", "invoice"), ("<html></html>", "html"),
    ("<xbrl/>", "xbrl"), ("<Doc><EInvoice/></Doc>", "Doc"),
  ])
  func anotherDialectIsNamed(_ file: (String, String)) {
    let reading = Reading.read(file.0)
    #expect(reading.text == nil)
    #expect(reading.findings.map(\.rule) == ["invoice.dialect-known"])
    #expect(reading.findings.first?.value == file.1)
  }
}
