/// An invoice as the tax bureau would write it, with invented values.
package struct EInvoiceText: Sendable {
  package var number: String
  package var net = "100.00"
  package var tax = "13.00"
  package var gross = "113.00"
  package var blueNo: String?
  package var sellerTaxNo = "91330000142942095H"
  package var buyerTaxNo = "91110108690017781B"
  package var drawer = "张三"
  package var issued = "2026-08-31"
  /// Changes the bytes and nothing else.
  package var comment = ""

  package init(number: String, blue: String? = nil) {
    self.number = number
    blueNo = blue
  }

  /// With another net amount, at 13 percent.
  package func of(_ net: Int) -> EInvoiceText {
    var it = self
    (it.net, it.tax, it.gross) = (
      "\(net).00", EInvoiceText.yuan(net * 13), EInvoiceText.yuan(net * 113)
    )
    return it
  }

  private static func yuan(_ fen: Int) -> String {
    let digits = String(fen.magnitude)
    let padded = String(repeating: "0", count: max(3 - digits.count, 0)) + digits
    return (fen < 0 ? "-" : "") + padded.dropLast(2) + "." + padded.suffix(2)
  }

  package var xml: String {
    let red = blueNo.map {
      "<RedEInvoice><OriginalInvoiceCode>\($0)</OriginalInvoiceCode>"
        + "<CreditNoteNumber>3300000000000000000\(number.suffix(1))</CreditNoteNumber></RedEInvoice>"
    }
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <EInvoice><!-- \(comment) -->
        <Header>
          <EIid>\(number)</EIid><EInvoiceTag>SWEI3300</EInvoiceTag><Version>0.32</Version>
          <InherentLabel>
            <InIssuType><LabelCode>\(blueNo == nil ? "Y" : "N")</LabelCode></InIssuType>
            <GeneralOrSpecialVAT><LabelCode>01</LabelCode><LabelName>增值税专用发票</LabelName></GeneralOrSpecialVAT>
          </InherentLabel>
        </Header>
        <EInvoiceData>
          <SellerInformation>
            <SellerIdNum>\(sellerTaxNo)</SellerIdNum><SellerName>示例销售有限公司</SellerName>
          </SellerInformation>
          <BuyerInformation>
            <BuyerIdNum>\(buyerTaxNo)</BuyerIdNum><BuyerName>示例购买有限公司</BuyerName>
          </BuyerInformation>
          <BasicInformation>
            <TotalAmWithoutTax>\(net)</TotalAmWithoutTax><TotalTaxAm>\(tax)</TotalTaxAm>
            <TotalTax-includedAmount>\(gross)</TotalTax-includedAmount>
            <Drawer>\(drawer)</Drawer><RequestTime>\(issued) 10:00:00</RequestTime>
          </BasicInformation>
          <IssuItemInformation>
            <ItemName>*经营租赁*场地费</ItemName><Amount>\(net)</Amount><TaxRate>0.13</TaxRate>
            <ComTaxAm>\(tax)</ComTaxAm><TotaltaxIncludedAmount>\(gross)</TotaltaxIncludedAmount>
            <TaxClassificationCode>3040502020400000000</TaxClassificationCode>
          </IssuItemInformation>
          <SpecificInformation>\(red ?? "")</SpecificInformation>
          <AdditionalInformation><Remark>测试</Remark></AdditionalInformation>
        </EInvoiceData>
        <TaxSupervisionInfo>
          <InvoiceNumber>\(number)</InvoiceNumber><IssueTime>\(issued) 10:00:01</IssueTime>
          <TaxBureauCode>13300000000</TaxBureauCode><TaxBureauName>国家税务总局浙江省税务局</TaxBureauName>
        </TaxSupervisionInfo>
      </EInvoice>
      """
  }
}
