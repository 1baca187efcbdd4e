import Shared

/// A card as a sheet of paper.
struct CardPage {
  static let name = Phrase("Asset card", "固定资产卡片")

  private let card: Card
  private let language: Language
  private let html: HTMLWriter

  static func write(_ card: Card, _ html: HTMLWriter, _ language: Language) {
    CardPage(card: card, language: language, html: html).write()
  }

  private func say(_ en: String, _ zh: String) -> String { Phrase(en, zh).text(language) }

  private func write() {
    html.element("article", .class("sheet")) {
      html.heading(from: card.companyName ?? "", CardPage.name.text(language))
      html.list {
        html.fact(say("Name", "资产名称"), card.name, "wide strong")
        for (name, value) in card.facts {
          html.fact(name.text(language), value.text(language))
        }
      }
      if !card.movements.isEmpty { writeMovements() }
      if !card.years.isEmpty { writeYears() }
      html.element("div", .class("closing")) {
        html.element("div", .class("confirm signing")) {
          html.element("p", text: say("Custodian:", "保管人："))
          html.element("p", text: say("Prepared by:", "制表："))
        }
      }
    }
  }

  private func table(_ headings: [(Phrase, String)], _ rows: () -> Void) {
    html.element("table", .class("records")) {
      html.element("thead") {
        html.element("tr") {
          for (name, look) in headings {
            html.element("th", .class(look), .scope("col"), text: name.text(language))
          }
        }
      }
      html.element("tbody", content: rows)
    }
  }

  private func writeMovements() {
    let headings: [(Phrase, String)] = [
      (Phrase("What happened", "变动"), ""), (Phrase("Day", "日期"), ""),
      (Phrase("Cost", "原值"), "number"), (Phrase("Accumulated", "累计折旧"), "number"),
      (Phrase("Impairment", "减值准备"), "number"),
    ]
    table(headings) {
      for movement in card.movements {
        html.element("tr") {
          html.element("td", .class("lead")) {
            html.text(movement.name.text(language))
            html.element("span", .class("small"), text: " " + movement.explain)
          }
          html.cell(headings[1].0.text(language), "\(movement.on)", "small date")
          html.cell(headings[2].0.text(language), movement.cost)
          html.cell(headings[3].0.text(language), movement.accumulated)
          html.cell(headings[4].0.text(language), movement.impairment)
        }
      }
    }
  }

  private func writeYears() {
    let headings: [(Phrase, String)] = [
      (Phrase("Year", "年度"), ""), (Phrase("Months", "计提月数"), "number"),
      (Phrase("Depreciation", "折旧额"), "number"), (Phrase("Sum", "累计"), "number"),
    ]
    table(headings) {
      for year in card.years {
        html.element("tr") {
          html.element("td", .class("lead"), text: year.year)
          html.cell(headings[1].0.text(language), "\(year.months)", "number")
          html.cell(headings[2].0.text(language), year.amount)
          html.cell(headings[3].0.text(language), year.sum)
        }
      }
    }
  }
}
