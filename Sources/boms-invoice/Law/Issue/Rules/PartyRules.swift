import Shared

extension RequestRule {
  static let parties: [RequestRule] = [number, taxNo, special, lengths]

  private static let number = RequestRule(
    id: "request.number",
    meaning: Phrase(
      "the company's number leaves room for 20 characters of 发票流水号",
      "主体编号长度须使发票流水号不超过 20 字符")
  ) { draft, _ in
    let company = draft.seller.companyNo
    if RequestNumber.fits(companyNo: company) { return [] }
    return [
      RequestFinding(
        rule: "request.number", subject: company, field: "company_no",
        message: Phrase(
          "the company's number is too long for a 发票流水号 of 20 characters",
          "主体编号过长，发票流水号将超过 20 字符"), hint: RequestNumber.hint)
    ]
  }

  private static let taxNo = RequestRule(
    id: "request.buyer-tax-no",
    meaning: Phrase(
      "a company has a tax number; on a special invoice it is right to its check character",
      "企业须有税号；开具专票时校验位须正确")
  ) { draft, _ in
    let buyer = draft.buyer
    let hint = Phrase(
      "give invoice_tax_no or credit_code in the register of tenants",
      "请在租户登记中填写发票税号或统一社会信用代码")
    guard let number = buyer.taxNo else {
      if buyer.isPerson { return [] }
      return [
        RequestFinding(
          rule: "request.buyer-tax-no", subject: draft.tenantNo, field: "invoice_tax_no",
          message: Phrase("the buyer has no tax number", "购买方没有纳税人识别号"), hint: hint)
      ]
    }
    if buyer.isPerson || Buyer.isTaxpayerNumber(number) { return [] }
    let shown = Masking.identity(number)
    return [
      RequestFinding(
        level: buyer.kind == .special ? .error : .warning, rule: "request.buyer-tax-no",
        subject: draft.tenantNo, field: "invoice_tax_no", value: shown,
        message: Phrase(
          "'\(shown)' is no taxpayer's number", "“\(shown)”不是有效的纳税人识别号"), hint: hint)
    ]
  }

  private static let special = RequestRule(
    id: "request.special",
    meaning: Phrase(
      "a special invoice has taxed lines only", "专用发票的各行均须有税")
  ) { draft, _ in
    guard draft.buyer.kind == .special else { return [] }
    let free = Set(draft.lines.filter { $0.taxRate == .zero }.map(\.item)).sorted()
    return free.map {
      RequestFinding(
        rule: "request.special", subject: $0, field: "tax_rate", value: "0",
        message: Phrase(
          "no special invoice is issued without tax", "免税、零税率不得开具专用发票"),
        hint: Phrase(
          "tenant '\(draft.tenantNo)' gets special invoices: is the rate of the item right?",
          "租户“\(draft.tenantNo)”开专票，请核对项目税率"))
    }
  }

  private static let lengths = RequestRule(
    id: "request.length",
    meaning: Phrase(
      "no text is longer than the tax bureau's template takes", "各项文字不超过税务局模板的长度")
  ) { draft, _ in
    let buyer = draft.buyer
    let texts: [(field: String, text: String?, limit: Int)] = [
      ("invoice_title", buyer.name, 100), ("invoice_tax_no", buyer.taxNo, 20),
      ("address", buyer.address, 100), ("phone", buyer.phone, 50), ("bank_name", buyer.bank, 100),
      ("bank_account", buyer.account, 100), ("invoice_email", buyer.email, 72),
    ]
    var found = texts.compactMap {
      RequestFinding.longer("request.length", draft.tenantNo, $0.field, $0.text, than: $0.limit)
    }
    for line in draft.lines {
      let more = [("name", line.itemName, 100), ("unit", line.measure?.unit, 22)].compactMap {
        RequestFinding.longer("request.length", line.item, $0.0, $0.1, than: $0.2)
      }
      found += more
    }
    for lease in draft.leases {
      let subject = lease.unitNo ?? draft.tenantNo
      let address = (lease.address.region ?? "") + lease.address.detail
      let more = [("deed_no", lease.deedNo, 40), ("deed_address", address, 120)].compactMap {
        RequestFinding.longer("request.length", subject, $0.0, $0.1, than: $0.2)
      }
      found += more
    }
    return found
  }
}
