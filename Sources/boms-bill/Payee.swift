import Shared

/// Who charges and is paid: the company in whose name a page goes out.
struct Payee: Hashable {
  var companyNo: String
  var name: String
  var bankName: String?
  var bankAccount: String?
  var phone: String?
  var address: String?

  /// The company's account, and how to reach it, for the one who pays.
  /// - Parameter reference: what the payer is to name.
  func writeAccount(reference: String?, _ html: HTMLWriter, _ language: Language) {
    html.element("section", .class("panel")) {
      let heading =
        bankAccount == nil
        ? Phrase("Payee", "收款单位") : Phrase("Account for payment", "收款账户")
      html.element("h2", text: heading.text(language))
      html.list {
        html.fact(Phrase("Name", "户名").text(language), name, "wide")
        html.fact(Phrase("Bank", "开户银行").text(language), bankName)
        html.fact(Phrase("Account", "账号").text(language), bankAccount, "strong")
        html.fact(Phrase("Reference", "付款附言").text(language), reference, "wide")
        writeContact(html, language)
      }
    }
  }

  /// The contact alone, where nothing is to be paid.
  func writeContactList(_ html: HTMLWriter, _ language: Language) {
    if phone == nil, address == nil { return }
    html.list { writeContact(html, language) }
  }

  private func writeContact(_ html: HTMLWriter, _ language: Language) {
    html.fact(Phrase("Phone", "联系电话").text(language), phone)
    html.fact(Phrase("Address", "联系地址").text(language), address)
  }
}
