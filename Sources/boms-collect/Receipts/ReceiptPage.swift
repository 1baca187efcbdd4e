import Shared

/// A receipt as a sheet of paper.
struct ReceiptPage {
  private let receipt: Receipt
  private let left: Money
  private let language: Language
  private let html: HTMLWriter

  static func write(_ receipt: Receipt, _ html: HTMLWriter, _ language: Language) throws {
    ReceiptPage(receipt: receipt, left: try receipt.left(), language: language, html: html).write()
  }

  static let name = Phrase("Receipt", "收款收据")

  private func say(_ en: String, _ zh: String) -> String { Phrase(en, zh).text(language) }

  private func write() {
    html.element("article", .class("sheet")) {
      html.heading(from: receipt.companyName, ReceiptPage.name.text(language))
      if receipt.voidedOn != nil {
        html.element("p", .class("stamp"), text: say("VOID", "作废"))
      }
      writeFacts()
      writeLines()
      html.element("div", .class("closing")) {
        html.sum(receipt.amount, language)
        writeRemarks()
        html.element("div", .class("confirm signing")) {
          html.element("p", text: say("Received by:", "收款人："))
          html.element(
            "p", text: say("\(receipt.companyName) (seal):", "收款单位（盖章）："))
        }
      }
    }
  }

  private func writeFacts() {
    html.list {
      html.fact(say("Number", "收据号"), receipt.receiptNo, "strong")
      html.fact(say("Date", "日期"), receipt.issuedOn.spoken(language))
      html.fact(
        say("Received from", "交款单位"),
        html.named(receipt.tenantName, receipt.tenantNo, language), "wide")
      if let payer = receipt.payerName, payer != receipt.tenantName {
        html.fact(say("Account name", "付款户名"), payer, "wide")
      }
      html.fact(say("Property", "项目"), receipt.propertyName)
      html.fact(say("Paid on", "收款日期"), "\(receipt.paidOn)")
      html.fact(say("Method", "收款方式"), method)
      html.fact(say("Reference", "流水号"), receipt.reference)
      html.fact(say("Payment", "收款单号"), receipt.paymentNo)
      html.fact(say("Payee's tax no.", "我方税号"), receipt.taxNo)
    }
  }

  private var method: String? {
    guard let method = receipt.method else { return nil }
    let zh = Choice.paymentMethods.first { $0.code == method }?.zh ?? method
    return say(method, zh)
  }

  // MARK: What it paid

  private static let headings: [(Phrase, String)] = [
    (Phrase("Item", "收费项目"), ""), (Phrase("Period", "账期"), ""), (Phrase("Bill", "账单"), ""),
    (Phrase("Amount in yuan", "金额（元）"), "number"),
  ]

  private func heading(_ column: Int) -> String {
    ReceiptPage.headings[column].0.text(language)
  }

  private func writeLines() {
    html.element("table", .class("records")) {
      html.element("thead") {
        html.element("tr", .class("running")) {
          html.element("th", .colspan(4)) {
            html.text(say("Paid", "收款明细"))
            html.element("span", text: receipt.receiptNo)
          }
        }
        html.element("tr") {
          for (name, look) in ReceiptPage.headings {
            html.element("th", .class(look), .scope("col"), text: name.text(language))
          }
        }
      }
      html.element("tbody") {
        for line in receipt.lines { write(line) }
        writeRest(say("Received in advance, not set against a bill yet", "预收款（尚未核销）"), left)
        writeRest(say("Refunded", "已退还"), receipt.refunded)
      }
      html.element("tbody") {
        html.element("tr", .class("total")) {
          html.element("td", .class("lead"), .colspan(3), text: say("Total", "合计"))
          html.cell(heading(3), receipt.amount)
        }
      }
    }
  }

  private func write(_ line: Receipt.Line) {
    html.element("tr") {
      html.element("td", .class("lead"), text: name(line))
      html.element("td", .class("small"), .label(heading(1))) {
        html.element("span") { html.period(line.period, language) }
      }
      html.cell(heading(2), line.billNo, "small date")
      html.cell(heading(3), line.amount)
    }
  }

  private func name(_ line: Receipt.Line) -> String {
    let name = html.charge(line.itemName, line.kind, language)
    if !line.isDeposit || line.itemName.contains("押金") { return name }
    return html.named(name, say("deposit", "押金"), language)
  }

  private func writeRest(_ name: String, _ amount: Money) {
    if amount == .zero { return }
    html.element("tr") {
      html.element("td", .class("lead"), .colspan(3), text: name)
      html.cell(heading(3), amount)
    }
  }

  // MARK: Below it

  private func writeRemarks() {
    if let day = receipt.voidedOn {
      html.element(
        "p",
        text: say(
          "This receipt is void since \(day.spoken(language)): the payment was taken back.",
          "本收据已于 \(day.spoken(language))作废，所载款项已冲回。"))
    }
    html.element(
      "p", .class("note"),
      text: say("This receipt is no tax voucher.", "本收据不作为税务凭证。"))
  }
}
