import Shared

/// A company's section of a statement as a sheet of paper, for the tenant to confirm.
struct StatementPage {
  /// In how many days an answer is asked for.
  private static let answerDays = 10

  private let statement: Statement
  private let section: Statement.Section
  private let language: Language
  private let html: HTMLWriter

  static func write(
    _ statement: Statement, _ section: Statement.Section, _ html: HTMLWriter, _ language: Language
  ) {
    StatementPage(statement: statement, section: section, language: language, html: html)
      .write()
  }

  private func say(_ en: String, _ zh: String) -> String { Phrase(en, zh).text(language) }

  private func write() {
    html.element("article", .class("sheet")) {
      html.heading(from: section.payee.name, Statement.title.text(language))
      html.list {
        html.fact(
          say("Tenant", "租户"), html.named(statement.tenantName, statement.tenantNo, language))
        html.fact(
          say("Period", "对账期间"),
          "\(statement.span.from)\(say(" to ", " 至 "))\(statement.span.to)")
        html.fact(say("Contract", "合同"), statement.contractNo)
      }
      writeBalances()
      writeEntries()
      writeClosing()
      html.element("div", .class("answer")) { writeConfirmation() }
    }
  }

  private func writeBalances() {
    html.list("balances") {
      html.fact(say("Opening balance", "期初余额"), section.opening.minused)
      html.fact(say("Charged", "本期应收"), section.charged.minused)
      html.fact(say("Paid", "本期已收"), section.paid.minused)
      html.fact(say("Closing balance", "期末余额"), section.closing.minused)
    }
  }

  // MARK: The table

  private static let headings: [(Phrase, String)] = [
    (Phrase("Day", "日期"), ""), (Phrase("Document", "单据"), ""),
    (Phrase("For", "摘要"), ""), (Phrase("Due on", "应收日"), ""),
    (Phrase("Charged", "应收"), "number"), (Phrase("Paid", "已收"), "number"),
    (Phrase("Balance", "余额"), "number"),
  ]

  private func heading(_ column: Int) -> String {
    StatementPage.headings[column].0.text(language)
  }

  private func writeEntries() {
    html.element("table", .class("records")) {
      html.element("thead") {
        html.element("tr", .class("running")) {
          html.element("th", .colspan(7)) {
            html.text(say("Bills and payments, in yuan", "往来明细（元）"))
            html.element(
              "span", text: "\(statement.number) · \(statement.span.from)…\(statement.span.to)")
          }
        }
        html.element("tr") {
          for (name, look) in StatementPage.headings {
            html.element("th", .class(look), .scope("col"), text: name.text(language))
          }
        }
      }
      html.element("tbody") {
        writeBalance(say("Opening balance", "期初余额"), section.opening)
        for entry in section.entries { write(entry) }
      }
      html.element("tbody") {
        html.element("tr", .class("total")) {
          html.element(
            "td", .class("lead"), .colspan(4), text: say("Total and balance", "本期合计与期末余额"))
          html.cell(heading(4), section.charged)
          html.cell(heading(5), section.paid)
          html.cell(heading(6), section.closing)
        }
      }
    }
  }

  private func writeBalance(_ name: String, _ balance: Money) {
    html.element("tr") {
      html.element("td", .class("lead"), .colspan(6), text: name)
      html.cell(heading(6), balance)
    }
  }

  private func write(_ entry: Statement.Entry) {
    html.element("tr") {
      html.element("td", .class("lead date"), text: "\(entry.day)")
      html.element("td", .label(heading(1))) {
        html.element("span") {
          html.text(entry.kind.name.text(language))
          html.text(" ")
          html.element("span", .class("small date under"), text: entry.number)
        }
      }
      html.element("td", .class("small"), .label(heading(2))) {
        html.element("span") { writeSubject(of: entry) }
      }
      if let dueOn = entry.dueOn {
        html.cell(heading(3), "\(dueOn)", "small date")
      } else {
        html.element("td", text: "")
      }
      html.cell(heading(4), entry.charged?.amount)
      html.cell(heading(5), entry.paid)
      html.cell(heading(6), entry.balance)
    }
  }

  /// What a bill is for, and of which contract; how a payment came.
  private func writeSubject(of entry: Statement.Entry) {
    for item in entry.items {
      html.element("span", .class("line")) {
        html.text(item.name + " ")
        html.period(item.period, language)
      }
    }
    var parts: [String] = []
    if let method = entry.method { parts.append(StatementPage.method(method, language)) }
    if let reference = entry.reference { parts.append(reference) }
    if statement.contractNo == nil, let contractNo = entry.contractNo { parts.append(contractNo) }
    if !parts.isEmpty {
      html.element("span", .class("line note"), text: parts.joined(separator: " · "))
    }
  }

  /// The word of register `payment` for how money came.
  private static func method(_ code: String, _ language: Language) -> String {
    guard language == .zh, let index = Catalogue.payment.index(of: "method"),
      case .choice(let choices) = Catalogue.payment.fields[index].kind
    else { return code }
    return choices.first { $0.code == code }?.zh ?? code
  }

  // MARK: The balance and its confirmation

  private func writeClosing() {
    html.element("div", .class("closing")) {
      html.sum(section.closing, language)
      html.element("p", .class("note"), text: meaning)
    }
  }

  /// What the sign of the balance says, and what is not in it.
  private var meaning: String {
    let day = statement.span.to.spoken(language)
    let sign =
      if section.closing > .zero {
        say("On \(day) this sum was open.", "截至 \(day)，贵方应付未付上述金额。")
      } else if section.closing < .zero {
        say("By \(day) this sum was paid in advance.", "截至 \(day)，贵方多付（预付）上述金额。")
      } else {
        say("On \(day) nothing was open.", "截至 \(day)，双方账目结清。")
      }
    if statement.contractNo == nil { return sign }
    return sign
      + say(
        " Payments are in it with what of them paid this contract's charges.",
        "收款按已用于本合同费用的金额列示，未用余款不在本单之内。")
  }

  private func writeConfirmation() {
    let days = StatementPage.answerDays
    if section.closing > .zero {
      section.payee.writeAccount(reference: statement.number, html, language)
    } else {
      section.payee.writeContactList(html, language)
    }
    html.element(
      "p",
      text: say(
        "Please compare this with your books and answer within \(days) days of receiving it. It "
          + "serves to compare the books and changes nothing in the contract.",
        "请贵方核对以上账目，并在收到本单后 \(days) 日内回复。本单仅供核对往来，不改变合同的约定。"))
    html.element("section", .class("panel confirm")) {
      html.element("p", text: say("□ The balance agrees with our books.", "□ 核对相符"))
      html.element("p", text: say("□ It does not agree, because:", "□ 核对不符，差异及原因："))
      html.element("p", .class("wide")) { html.element("span", .class("blank"), text: "") }
      html.element("p", text: say("\(section.payee.name) (seal):", "\(section.payee.name)（盖章）："))
      html.element("p", text: say("Tenant (seal):", "租户确认（盖章）："))
      html.element("p", .class("wide")) { html.element("span", .class("blank"), text: "") }
      for _ in 0..<2 { html.element("p", text: say("Date:", "日期：")) }
    }
  }
}
