/// OFD packages of both families of tags.
enum OFDSamples {
  /// Two lines and a discount, each text a piece; the name of the first is broken.
  private static let pieces: [(String, String, String)] = [
    ("20", "170 10 38 5", "26332000000000000901"), ("21", "170 16 38 5", "2026年05月06日"),
    ("22", "20 33 84 10", "无锡山茶咖啡有限公司"), ("23", "120 33 84 10", "上海拾光里商业管理有限公司"),
    ("24", "127 90 26 5", "¥"), ("25", "127 90 26 5", "290.00"),
    ("26", "179 90 26 5", "¥"), ("27", "179 90 26 5", "26.10"),
    ("28", "155 96 48 7", "¥"), ("29", "155 96 48 7", "316.10"),
    ("30", "4 56 36 4", "*经营租赁*铺位租"), ("31", "4 60.5 36 4", "金"),
    ("32", "127 56.1 25 4", "100.00"), ("33", "154 56.1 25 4", "9%"),
    ("34", "179 56.1 26 4", "9.00"),
    ("35", "77 56.1 25 4", "2"), ("36", "102 56.1 25 4", "50"),
    ("40", "4 65 36 4", "*物业服务*物业费"), ("41", "127 65.1 25 4", "200.00"),
    ("42", "154 65.1 25 4", "9%"), ("43", "179 65.1 26 4", "18.00"),
    ("50", "4 69.5 36 4", "*物业服务*物业费"), ("51", "127 69.6 25 4", "-10.00"),
    ("52", "179 69.6 26 4", "-0.90"),
  ]

  static func familyA() -> ComposedOFD {
    typealias OFD = ComposedOFD
    var ofd = ComposedOFD(pieces: pieces)
    let tags = [
      OFD.tag("InvoiceNo", "20"), OFD.tag("IssueDate", "21"),
      "<ofd:Buyer>\(OFD.tag("BuyerName", "22"))</ofd:Buyer>",
      "<ofd:Seller>\(OFD.tag("SellerName", "23"))</ofd:Seller>",
      OFD.tag("TaxExclusiveTotalAmount", "24", "25"), OFD.tag("TaxTotalAmount", "26", "27"),
      OFD.tag("TaxInclusiveTotalAmount", "28", "29"),
      OFD.tag("Item", "30", "31"), OFD.tag("Item", "40"), OFD.tag("Item", "50"),
      OFD.tag("Amount", "32"), OFD.tag("Amount", "41"), OFD.tag("Amount", "51"),
      OFD.tag("TaxScheme", "33"), OFD.tag("TaxScheme", "42"), OFD.tag("Quantity", "35"),
      OFD.tag("Price", "36"), OFD.tag("TaxAmount", "34", "43", "52"),
    ]
    ofd.tags = tags.joined()
    return ofd
  }

  static func familyB() -> ComposedOFD {
    typealias OFD = ComposedOFD
    var ofd = ComposedOFD(pieces: pieces)
    ofd.tags = """
      <ofd:EInvoiceData><ofd:SellerInformation>\(OFD.tag("SellerName", "23"))</ofd:SellerInformation>\
      <ofd:BuyerInformation>\(OFD.tag("BuyerName", "22"))</ofd:BuyerInformation>\
      <ofd:BasicInformation>\(OFD.tag("TotalAmWithoutTax", "24", "25"))\(OFD.tag("TotalTaxAm", "27"))\
      \(OFD.tag("TotalTax-includedAmount", "28"))</ofd:BasicInformation>\
      <ofd:IssuItemInformation>\(OFD.tag("ItemName", "30", "31"))\
      \(OFD.tag("Amount", "32"))\(OFD.tag("TaxRate", "33"))\(OFD.tag("ComTaxAm", "34"))\
      </ofd:IssuItemInformation></ofd:EInvoiceData>\
      <ofd:TaxSupervisionInfo>\(OFD.tag("InvoiceNumber", "20"))\
      <ofd:IssueTime><ofd:ObjectData><ofd:ObjectRef PageRef="61">21</ofd:ObjectRef></ofd:ObjectData>\
      </ofd:IssueTime></ofd:TaxSupervisionInfo>
      """
    return ofd
  }
}
