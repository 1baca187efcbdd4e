/// Invoices in other forms than 数电票 XML.
enum DialectSamples {
  static let old = """
    <eInvoice xmlns:fp="http://www.edrm.org.cn/schema/e-invoice/2019" Version="1.0">\
    <fp:InvoiceCode>031002000211</fp:InvoiceCode><fp:InvoiceNo>12345678</fp:InvoiceNo>\
    <fp:TypeCode>0</fp:TypeCode><fp:IssueDate>2020年07月23日</fp:IssueDate>\
    <fp:InvoiceCheckCode>01234567890123456789</fp:InvoiceCheckCode>\
    <fp:Buyer><fp:BuyerName>无锡山茶咖啡有限公司</fp:BuyerName><fp:BuyerTaxID>
     </fp:BuyerTaxID></fp:Buyer><fp:Seller><fp:SellerName>上海拾光里商业管理有限公司</fp:SellerName>\
    <fp:SellerAddrTel>拾光路8号 021-50000000</fp:SellerAddrTel></fp:Seller>\
    <fp:TaxInclusiveTotalAmount>103.00</fp:TaxInclusiveTotalAmount>\
    <fp:TaxExclusiveTotalAmount>100.00</fp:TaxExclusiveTotalAmount>\
    <fp:TaxTotalAmount>***</fp:TaxTotalAmount><fp:Signature>MII=</fp:Signature>\
    <fp:GoodsInfos><fp:GoodsInfo><fp:Item>*餐饮服务*餐费</fp:Item><fp:Amount>100.00</fp:Amount>\
    <fp:TaxScheme>3%</fp:TaxScheme><fp:TaxAmount>3.00</fp:TaxAmount></fp:GoodsInfo>\
    <fp:GoodsInfo><fp:Item>*餐饮服务*餐费</fp:Item><fp:Amount>-1.00</fp:Amount></fp:GoodsInfo>\
    </fp:GoodsInfos></eInvoice>
    """

  /// An instance of a taxonomy, with the facts that it states.
  static func instance(_ taxonomy: String, _ facts: [(String, String)], day: String = "2023-12-31")
    -> String
  {
    let facts = facts.map {
      "<\(taxonomy):\($0.0) contextRef=\"c1\">\($0.1)</\(taxonomy):\($0.0)>"
    }
    return """
      <xbrl xmlns="http://www.xbrl.org/2003/instance" \
      xmlns:\(taxonomy)="http://xbrl.mof.gov.cn/taxonomy/\(day)/\(taxonomy)">\
      <context id="c1"><entity><identifier scheme="http://xbrl.mof.gov.cn">x</identifier></entity>\
      </context><unit id="u1"><measure>iso4217:CNY</measure></unit>\(facts.joined())</xbrl>
      """
  }

  static let ticket: [(String, String)] = [
    ("TypeOfVoucher", "电子发票（铁路电子客票）"),
    ("ElectronicInvoiceRailwayETicketNumber", "26319000000000000901"),
    ("DateOfIssue", "2026-05-08"), ("TravelDate", "2026-05-02"), ("TypeOfBusiness", "售"),
    ("Fare", "109.00"), ("TotalAmountExcludingTax", "100.00"), ("TaxRate", "0.09"),
    ("TaxAmount", "9.00"), ("NameOfPurchaser", "无锡山茶咖啡有限公司"),
    ("UnifiedSocialCreditCodeOfPurchaser", ComposedInvoice.buyer), ("IssueParty", ""),
  ]

  static let flight: [(String, String)] = [
    ("ElectronicInvoiceAirTransportReceiptNumber", "26319000000000000902"),
    ("IssueDate", "2026-05-08"), ("ETicketNumber", "7810000000000"), ("Fare", "550.46"),
    ("FuelSurcharge", "9.17"), ("VatRate", "0.09"), ("VatTaxAmount", "50.37"),
    ("CivilAviationDevelopmentFund", "50.00"), ("OtherTaxes", "0.00"), ("TotalAmount", "660.00"),
    ("NameOfPurchaser", "无锡山茶咖啡有限公司"), ("IssueParty", "示例航空有限公司"),
  ]
}
