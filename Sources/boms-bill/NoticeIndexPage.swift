import Shared

/// The list of a folder of notices, by company.
struct NoticeIndexPage {
  /// What the list says of a notice, so that a run of many thousands need not be kept.
  struct Entry {
    var file: String
    var number: String
    var payee: Payee
    var tenant: String
    var contractNos: [String]
    var dueDays: [CivilDate]
    var amount: Money

    init(_ notice: Notice, file: String) {
      self.file = file
      number = notice.number
      payee = notice.payee
      tenant = "\(notice.tenantNo) \(notice.tenantName)"
      contractNos = []
      for bill in notice.bills where !contractNos.contains(bill.contractNo) {
        contractNos.append(bill.contractNo)
      }
      dueDays = notice.dueDays
      amount = notice.amounts.amount
    }
  }

  private let language: Language
  private let html: HTMLWriter

  static func write(
    _ entries: [Entry], of subject: String, _ html: HTMLWriter, _ language: Language
  ) throws {
    try NoticeIndexPage(language: language, html: html).write(entries, subject)
  }

  private func say(_ en: String, _ zh: String) -> String { Phrase(en, zh).text(language) }

  private func write(_ entries: [Entry], _ subject: String) throws {
    let companies = Dictionary(grouping: entries) { $0.payee.companyNo }.sorted { $0.key < $1.key }
    let headings = [
      say("Notice", "单号"), say("Tenant", "租户"), say("Contract", "合同"), say("Due on", "应收日"),
      say("Amount", "金额"),
    ]
    try html.element("article", .class("sheet")) {
      html.heading(from: subject, say("Payment notices", "缴费通知单"))
      try html.element("table", .class("records")) {
        html.element("thead") {
          html.element("tr") {
            for (index, heading) in headings.enumerated() {
              html.element(
                "th", .class(index == 4 ? "number" : ""), .scope("col"), text: heading)
            }
          }
        }
        for (_, entries) in companies { try write(entries, headings) }
        if companies.count > 1 {
          try html.element("tbody") {
            try writeTotal(say("All companies", "全部收款主体"), entries, headings)
          }
        }
      }
    }
  }

  /// A company's notices and their sum.
  private func write(_ entries: [Entry], _ headings: [String]) throws {
    try html.element("tbody") {
      html.element("tr", .class("group")) {
        html.element("th", .colspan(5), .scope("rowgroup"), text: entries[0].payee.name)
      }
      for entry in entries {
        html.element("tr") {
          html.element("td", .class("lead date")) {
            html.element("a", .file(entry.file), text: entry.number)
          }
          html.cell(headings[1], entry.tenant)
          html.cell(headings[2], entry.contractNos.joined(separator: say(", ", "、")), "small")
          html.cell(
            headings[3], entry.dueDays.map(\.description).joined(separator: say(", ", "、")),
            "small due")
          html.cell(headings[4], entry.amount)
        }
      }
      try writeTotal(say("Total", "合计"), entries, headings)
    }
  }

  private func writeTotal(_ name: String, _ entries: [Entry], _ headings: [String]) throws {
    let sum = try entries.reduce(Money.zero) { try $0 + $1.amount }
    html.element("tr", .class("total")) {
      html.element(
        "td", .class("lead"), .colspan(4), text: html.named(name, "\(entries.count)", language))
      html.cell(headings[4], sum)
    }
  }
}
