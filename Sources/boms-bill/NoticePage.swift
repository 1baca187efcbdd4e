import Shared

/// A notice as a sheet of paper.
struct NoticePage {
  private let notice: Notice
  private let language: Language
  private let html: HTMLWriter

  static func write(_ notice: Notice, _ html: HTMLWriter, _ language: Language) {
    NoticePage(notice: notice, language: language, html: html).write()
  }

  /// What a page that has notices is called: by its notice, where it has one.
  static func title(_ notice: Notice, _ language: Language) -> String {
    "\(notice.title.text(language)) \(notice.number)"
  }

  private func say(_ en: String, _ zh: String) -> String { Phrase(en, zh).text(language) }

  /// Whether several bills share the page, each with a line of its own.
  private var isGrouped: Bool { notice.grouping == .tenant }

  private func write() {
    html.element("article", .class("sheet")) {
      html.heading(from: notice.payee.name, notice.title.text(language))
      writeFacts()
      writeCharges()
      html.element("div", .class("closing")) {
        html.sum(notice.amounts.amount, language)
        writeRequest()
        html.element("p", .class("signed")) {
          html.element("span", text: notice.payee.name)
          html.element("span", text: day.spoken(language))
        }
      }
    }
  }

  /// The day of the letter: that on which the last of it was billed.
  private var day: CivilDate {
    notice.bills.map(\.billOn).max() ?? notice.month.last
  }

  private var properties: String {
    var names: [String] = []
    for bill in notice.bills where !names.contains(bill.propertyName) {
      names.append(bill.propertyName)
    }
    return names.joined(separator: say(", ", "、"))
  }

  private func writeFacts() {
    html.list {
      html.fact(say("Tenant", "租户"), html.named(notice.tenantName, notice.tenantNo, language))
      if isGrouped {
        html.fact(say("Month billed", "出账月份"), "\(notice.month)")
        html.fact(say("Property", "项目"), properties)
        html.fact(say("Due", "应收日"), dueDays, "strong")
      } else if let bill = notice.bills.first {
        html.fact(say("Number", "单号"), bill.billNo)
        html.fact(say("Property", "项目"), properties)
        html.fact(say("Billed on", "出账日"), "\(bill.billOn)")
        html.fact(
          say("Contract", "合同"), html.named(bill.contractNo, bill.brand, language))
        if bill.isCredit {
          html.fact(say("Credited on", "冲减日"), "\(bill.dueOn)")
        } else {
          html.fact(say("Due on", "应收日"), "\(bill.dueOn)", "strong")
        }
        html.fact(say("Units", "铺位"), units(bill), "wide")
      }
    }
  }

  private var dueDays: String? {
    let days = notice.dueDays
    guard let first = days.first, let last = days.last else { return nil }
    return first == last ? "\(first)" : say("\(first) to \(last)", "\(first) 至 \(last)")
  }

  /// A contract may have a whole floor; a heading has a line or two.
  private func units(_ bill: Notice.Bill) -> String {
    let shown = bill.unitNos.prefix(16).joined(separator: say(", ", "、"))
    let count = bill.unitNos.count
    return count > 16 ? shown + say(" and others, \(count) in all", " 等 \(count) 个") : shown
  }

  // MARK: The table

  private static let headings: [(Phrase, String)] = [
    (Phrase("Item", "收费项目"), ""), (Phrase("Period", "账期"), ""),
    (Phrase("How it arose", "计算说明"), ""), (Phrase("Net", "不含税金额"), "number"),
    (Phrase("Tax", "税额"), "number"), (Phrase("Amount", "价税合计"), "number"),
  ]

  private func heading(_ column: Int) -> String {
    NoticePage.headings[column].0.text(language)
  }

  private func writeCharges() {
    html.element("table", .class("records")) {
      html.element("thead") {
        // Repeated on every sheet of paper: says whose a second one is.
        html.element("tr", .class("running")) {
          html.element("th", .colspan(6)) {
            html.text(say("Charges", "费用明细"))
            html.element("span", text: notice.number)
          }
        }
        html.element("tr") {
          for (name, look) in NoticePage.headings {
            html.element("th", .class(look), .scope("col"), text: name.text(language))
          }
        }
      }
      for bill in notice.bills { write(bill) }
      html.element("tbody") { writeTotal(say("Total", "合计"), notice.amounts) }
    }
  }

  private func write(_ bill: Notice.Bill) {
    html.element("tbody") {
      if isGrouped { writeHeading(of: bill) }
      for charge in bill.charges { write(charge) }
      if isGrouped, bill.charges.count > 1, notice.bills.count > 1 {
        writeTotal(say("Subtotal", "小计"), bill.amounts)
      }
    }
  }

  private func writeHeading(of bill: Notice.Bill) {
    var parts = [
      "\(say("contract", "合同")) \(html.named(bill.contractNo, bill.brand, language))"
    ]
    if !bill.unitNos.isEmpty { parts.append("\(say("units", "铺位")) \(units(bill))") }
    parts.append(
      "\(bill.isCredit ? say("credited on", "冲减日") : say("due on", "应收日")) \(bill.dueOn)")
    html.element("tr", .class("group")) {
      html.element("th", .colspan(6), .scope("rowgroup")) {
        html.text("\(bill.kind.text(language)) \(bill.billNo) ")
        html.element("span", .class("note"), text: parts.joined(separator: " · "))
      }
    }
  }

  private func write(_ charge: Notice.Charge) {
    html.element("tr") {
      html.element("td", .class("lead"), text: html.charge(charge.itemName, charge.kind, language))
      html.element("td", .class("small days"), .label(heading(1))) {
        html.element("span") { html.period(charge.period, language) }
      }
      html.element("td", .class("small long"), .label(heading(2))) { writeExplanation(charge) }
      html.cell(heading(3), charge.amounts.net)
      html.element("td", .class("number tax"), .label(heading(4))) {
        html.element("span") {
          html.text(charge.amounts.tax.minused)
          let percent = Fixed(millionths: charge.taxRate.millionths * 100)
          html.element("span", .class("rate"), text: "\(percent)%")
        }
      }
      html.cell(heading(5), charge.amounts.amount)
    }
  }

  /// The stored sentence; of several segments each begins a line.
  private func writeExplanation(_ charge: Notice.Charge) {
    for (index, part) in charge.explain.split(separator: " + [").enumerated() {
      html.element("span", .class("line"), text: index == 0 ? String(part) : " + [\(part)")
    }
  }

  private func writeTotal(_ name: String, _ amounts: Amounts) {
    html.element("tr", .class("total")) {
      html.element("td", .class("lead"), .colspan(3), text: name)
      html.cell(heading(3), amounts.net)
      html.cell(heading(4), amounts.tax)
      html.cell(heading(5), amounts.amount)
    }
  }

  // MARK: What is asked for

  private func writeRequest() {
    guard notice.amounts.amount > .zero else {
      html.element(
        "p",
        text: say(
          "Nothing is to be paid on this. The amount is set against what you owe.",
          "本单无需付款，冲减金额用于抵减贵方应付的款项。"))
      notice.payee.writeContactList(html, language)
      return
    }
    html.element("p", text: request)
    notice.payee.writeAccount(reference: notice.number, html, language)
  }

  private var request: String {
    let (to, toZh) =
      notice.payee.bankAccount == nil
      ? ("to us", "付给我方") : ("to the account below", "付至以下账户")
    let days = notice.dueDays
    guard days.count == 1, let due = days.first else {
      return say(
        "Please pay each bill by its due day \(to), naming the reference.",
        "请在各账单的应收日（含当日）之前将款项\(toZh)，并注明付款附言。")
    }
    let spoken = due.spoken(language)
    if due < day {
      // An opening receivable, or a page of a month whose last bill came later. What was paid
      // meanwhile is not known here.
      return say(
        "This sum was due on \(spoken). Please pay what is still open \(to) without delay, naming "
          + "the reference.",
        "上述款项的应收日为 \(spoken)，如有未付部分，请尽快\(toZh)，并注明付款附言。")
    }
    return say(
      "Please pay this sum by \(spoken) \(to), naming the reference.",
      "请在 \(spoken)（含当日）之前将上述款项\(toZh)，并注明付款附言。")
  }
}
