import Shared

/// 数电票 XML, root `EInvoice`: no namespace, no schema was ever published. The order of children is
/// free, and any of them may be absent or empty.
///
/// Source: 电子凭证会计数据标准——全面数字化的电子发票, and files of 2023 to 2026 (versions 0.2 to 0.37).
enum EInvoiceXML {
  static func read(
    _ root: XMLElement, carrier: Carrier, _ findings: inout [InvoiceFinding]
  ) -> InvoiceText {
    var text = InvoiceText(carrier: carrier, dialect: .einvoice)
    findings += ElementWalk.read(root, layout, into: &text)
    text.number = text.number ?? text.headerNumber
    if let signature = root.child("TaxBureauSignature"), signature.hasChildren {
      text.isSigned = true
      text.signature = InvoiceText.SignatureText(
        algorithm: signature.child("SignatureAlgorithm")?.text,
        format: signature.child("SignatureFormat")?.text,
        time: signature.child("SignatureTime")?.text)
    }
    text.completeFromRemark()
    return text
  }

  /// `TotalTax-includedAmount` is the sum of the invoice, `TotaltaxIncludedAmount` that of a line.
  static let layout = ElementWalk.Layout(
    fields: ElementTree(
      [
        ("Header/EIid", \.headerNumber),
        ("Header/Version", \.version),
        ("Header/InherentLabel/InIssuType/LabelCode", \.issueType),
        ("Header/InherentLabel/GeneralOrSpecialVAT/LabelCode", \.kindCode),
        ("Header/InherentLabel/GeneralOrSpecialVAT/LabelName", \.kindName),
        ("Header/InherentLabel/TaxpayerType/LabelCode", \.taxpayerType),
        ("EInvoiceData/SellerInformation/SellerIdNum", \.seller.taxNumber),
        ("EInvoiceData/SellerInformation/SellerName", \.seller.name),
        ("EInvoiceData/SellerInformation/SellerAddr", \.seller.address),
        ("EInvoiceData/SellerInformation/SellerTelNum", \.seller.phone),
        ("EInvoiceData/SellerInformation/SellerBankName", \.seller.bank),
        ("EInvoiceData/SellerInformation/SellerBankAccNum", \.seller.account),
        ("EInvoiceData/BuyerInformation/BuyerIdNum", \.buyer.taxNumber),
        ("EInvoiceData/BuyerInformation/BuyerName", \.buyer.name),
        ("EInvoiceData/BuyerInformation/BuyerAddr", \.buyer.address),
        ("EInvoiceData/BuyerInformation/BuyerTelNum", \.buyer.phone),
        ("EInvoiceData/BuyerInformation/BuyerBankName", \.buyer.bank),
        ("EInvoiceData/BuyerInformation/BuyerBankAccNum", \.buyer.account),
        ("EInvoiceData/BasicInformation/TotalAmWithoutTax", \.net),
        ("EInvoiceData/BasicInformation/TotalTaxAm", \.tax),
        ("EInvoiceData/BasicInformation/TotalTax-includedAmount", \.gross),
        ("EInvoiceData/BasicInformation/TotalTax-includedAmountInChinese", \.capitals),
        ("EInvoiceData/BasicInformation/Drawer", \.drawer),
        ("EInvoiceData/BasicInformation/RequestTime", \.requestedAt),
        ("EInvoiceData/SpecificInformation/RedEInvoice/OriginalInvoiceCode", \.blueNumber),
        ("EInvoiceData/SpecificInformation/RedEInvoice/CreditNoteNumber", \.confirmationNumber),
        ("EInvoiceData/AdditionalInformation/Remark", \.remark),
        ("TaxSupervisionInfo/InvoiceNumber", \.number),
        ("TaxSupervisionInfo/IssueTime", \.issuedAt),
        ("TaxSupervisionInfo/TaxBureauCode", \.bureauCode),
        ("TaxSupervisionInfo/TaxBureauName", \.bureauName),
      ],
      roles: [
        "EInvoiceData/IssuItemInformation": .line,
        "EInvoiceData/SpecificInformation": .specific,
        "Header/UndefinedLabel/Label": .label,
        // How the issuer's system calls itself, and how it knew the seller.
        "Header/EInvoiceTag": .left,
        "SellerAuthentication": .left,
        // 电子发票, whatever it is.
        "Header/InherentLabel/EInvoiceType": .left,
        // The names of codes.
        "Header/InherentLabel/InIssuType/LabelName": .left,
        "Header/InherentLabel/TaxpayerType/LabelName": .left,
        "TaxBureauSignature": .left,
      ]),
    lines: ElementTree([
      ("ItemName", \.itemName),
      ("SpecMod", \.spec),
      ("MeaUnits", \.unit),
      ("Quantity", \.quantity),
      ("UnPrice", \.price),
      ("Amount", \.net),
      ("TaxRate", \.rate),
      ("ComTaxAm", \.tax),
      ("TotaltaxIncludedAmount", \.gross),
      ("TaxClassificationCode", \.taxCode),
    ]),
    wrapper: "EInvoiceData")
}

extension InvoiceText {
  /// Takes the numbers of the blue invoice and of the confirmation from the remark, where the carrier
  /// has no element for them.
  mutating func completeFromRemark() {
    guard blueNumber == nil || confirmationNumber == nil, let remark else { return }
    let red = RedRemark(remark)
    blueNumber = blueNumber ?? red.blueNumber
    confirmationNumber = confirmationNumber ?? red.confirmationNumber
  }
}
