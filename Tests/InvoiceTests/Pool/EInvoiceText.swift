import Shared

@testable import boms_invoice

/// An invoice as the tax bureau would write it, with invented values.
struct EInvoiceText {
  var number: String
  var sums = Invoice.Sums.of(100)
  var blueNo: String?
  var buyerTaxNo = "91110108690017781B"
  var drawer = "张三"
  var issued = "2026-08-31"

  var xml: String {
    let red = blueNo.map {
      "<RedEInvoice><OriginalInvoiceCode>\($0)</OriginalInvoiceCode>"
        + "<CreditNoteNumber>3300000000000000000\(number.suffix(1))</CreditNoteNumber></RedEInvoice>"
    }
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <EInvoice>
        <Header>
          <EIid>\(number)</EIid><EInvoiceTag>SWEI3300</EInvoiceTag><Version>0.32</Version>
          <InherentLabel>
            <InIssuType><LabelCode>\(blueNo == nil ? "Y" : "N")</LabelCode></InIssuType>
            <GeneralOrSpecialVAT><LabelCode>01</LabelCode><LabelName>增值税专用发票</LabelName></GeneralOrSpecialVAT>
          </InherentLabel>
        </Header>
        <EInvoiceData>
          <SellerInformation>
            <SellerIdNum>91330000142942095H</SellerIdNum><SellerName>示例销售有限公司</SellerName>
          </SellerInformation>
          <BuyerInformation>
            <BuyerIdNum>\(buyerTaxNo)</BuyerIdNum><BuyerName>示例购买有限公司</BuyerName>
          </BuyerInformation>
          <BasicInformation>
            <TotalAmWithoutTax>\(sums.net)</TotalAmWithoutTax><TotalTaxAm>\(sums.tax)</TotalTaxAm>
            <TotalTax-includedAmount>\(sums.gross)</TotalTax-includedAmount>
            <Drawer>\(drawer)</Drawer><RequestTime>\(issued) 10:00:00</RequestTime>
          </BasicInformation>
          <IssuItemInformation>
            <ItemName>*经营租赁*场地费</ItemName><Amount>\(sums.net)</Amount><TaxRate>0.13</TaxRate>
            <ComTaxAm>\(sums.tax)</ComTaxAm><TotaltaxIncludedAmount>\(sums.gross)</TotaltaxIncludedAmount>
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
