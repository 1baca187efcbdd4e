/// A file of 数电票 XML with invented parties, to be changed by tests.
struct ComposedInvoice {
  var number = "26332000000000000901"
  var headerNumber: String?
  var issueType = "Y"
  var kind = ("01", "增值税专用发票")
  var net = "1000.00"
  var tax = "90.00"
  var gross = "1090.00"
  var capitals = "壹仟零玖拾圆整"
  var specific = "<SpecificInformation/>"
  var additional = "<AdditionalInformation/>"
  var lines = [
    """
    <IssuItemInformation><ItemName>*经营租赁*铺位租金</ItemName><MeaUnits>㎡</MeaUnits>\
    <Quantity>10</Quantity><UnPrice>100</UnPrice><Amount>1000.00</Amount><TaxRate>0.09</TaxRate>\
    <ComTaxAm>90.00</ComTaxAm><TotaltaxIncludedAmount>1090.00</TotaltaxIncludedAmount>\
    <TaxClassificationCode>3040502020400000000</TaxClassificationCode></IssuItemInformation>
    """
  ]
  var signature = """
    <TaxBureauSignature><Reference URI="/Einvoice/Header"/>\
    <SignatureAlgorithm>1.2.156.10197.1.501</SignatureAlgorithm>\
    <SignatureFormat>DETACH</SignatureFormat><SignatureTime>2026-05-06 10:11:12</SignatureTime>\
    <SignatureValue>AA==</SignatureValue><KeyInfo/></TaxBureauSignature>
    """
  var prolog = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"

  static let seller = "91310101MA1FPX1234"
  static let buyer = "91320200MA1MABCD5P"

  var root: String {
    """
    <EInvoice>
      <Header>
        <EIid>\(headerNumber ?? number)</EIid>
        <EInvoiceTag>SWEI3300</EInvoiceTag>
        <Version>0.33</Version>
        <InherentLabel>
          <InIssuType><LabelCode>\(issueType)</LabelCode><LabelName>是否蓝字发票标志</LabelName></InIssuType>
          <EInvoiceType><LabelCode>01</LabelCode><LabelName>电子发票</LabelName></EInvoiceType>
          <GeneralOrSpecialVAT><LabelCode>\(kind.0)</LabelCode><LabelName>\(kind.1)</LabelName></GeneralOrSpecialVAT>
          <TaxpayerType><LabelCode>1</LabelCode><LabelName>一般纳税人</LabelName></TaxpayerType>
        </InherentLabel>
        <UndefinedLabel><Label><LabelType>发票开具方式标签</LabelType><LabelCode>1</LabelCode>\
    <LabelName>网页开票</LabelName></Label></UndefinedLabel>
      </Header>
      <EInvoiceData>
        <SellerInformation>
          <SellerIdNum>\(ComposedInvoice.seller)</SellerIdNum>
          <SellerName>上海拾光里商业管理有限公司</SellerName>
          <SellerAddr>上海市黄浦区拾光路8号</SellerAddr>
          <SellerTelNum>021-50000000</SellerTelNum>
          <SellerBankName>示例银行拾光支行</SellerBankName>
          <SellerBankAccNum>0100200300</SellerBankAccNum>
        </SellerInformation>
        <BuyerInformation>
          <BuyerIdNum>\(ComposedInvoice.buyer)</BuyerIdNum>
          <BuyerName>无锡山茶咖啡有限公司</BuyerName>
        </BuyerInformation>
        <BasicInformation>
          <TotalAmWithoutTax>\(net)</TotalAmWithoutTax>
          <TotalTaxAm>\(tax)</TotalTaxAm>
          <TotalTax-includedAmount>\(gross)</TotalTax-includedAmount>
          <TotalTax-includedAmountInChinese>\(capitals)</TotalTax-includedAmountInChinese>
          <Drawer>林青</Drawer>
          <RequestTime>2026-05-06 10:11:12</RequestTime>
        </BasicInformation>
    \(lines.joined(separator: "\n"))
        \(specific)
        \(additional)
      </EInvoiceData>
      <SellerAuthentication><AuthenticationMethods>01</AuthenticationMethods></SellerAuthentication>
      <TaxSupervisionInfo>
        <InvoiceNumber>\(number)</InvoiceNumber>
        <IssueTime>2026-05-06</IssueTime>
        <TaxBureauCode>13300000000</TaxBureauCode>
        <TaxBureauName>国家税务总局浙江省税务局</TaxBureauName>
      </TaxSupervisionInfo>
      \(signature)
    </EInvoice>
    """
  }

  var xml: String { prolog + root }
  var bytes: [UInt8] { Array(xml.utf8) }
}
