// The parts that letters and statements are put together from; page.css knows their classes.

extension HTMLWriter {
  /// Who writes, and what it is.
  package func heading(from sender: String, _ title: String) {
    element("header") {
      element("p", text: sender)
      element("h1", text: title)
    }
  }

  /// A list of names and values.
  /// - Parameter kind: `facts` for two columns; `balances` for amounts side by side.
  package func list(_ kind: String = "facts", _ content: () -> Void) {
    element("dl", .class(kind), content: content)
  }

  /// A name and its value; nothing where there is no value.
  /// - Parameter look: `wide` over both columns, `strong`.
  package func fact(_ name: String, _ value: String?, _ look: String = "") {
    guard let value, !value.isEmpty else { return }
    element("div", .class(look)) {
      element("dt", text: name)
      element("dd", text: value)
    }
  }

  /// A name with another one after it in brackets, if there is one: `名称（T0001）`.
  package func named(_ name: String, _ other: String?, _ language: Language) -> String {
    guard let other else { return name }
    return language == .zh ? "\(name)（\(other)）" : "\(name) (\(other))"
  }

  /// A charge: its item, and what kind of charge it is, where that is not what the item says already.
  package func charge(_ itemName: String, _ kind: ChargeKind, _ language: Language) -> String {
    switch kind {
    case .base, .once, .metered: itemName
    case .turnover, .share, .lateFee, .opening, .adjust:
      itemName == kind.zh
        ? itemName : named(itemName, Phrase(kind.rawValue, kind.zh).text(language), language)
    }
  }

  /// A sum in capitals and in figures.
  package func sum(_ amount: Money, _ language: Language) {
    list("sum") {
      element("div") {
        element("dt", text: Phrase("In capitals (RMB): ", "人民币（大写）：").text(language))
        element("dd", text: amount.capitals)
      }
      element("div", .class("figures")) {
        element("dt", text: Phrase("Total: ", "（小写）：").text(language))
        element("dd", text: amount.yuan)
      }
    }
  }

  /// A cell with its heading, which a phone shows before it.
  package func cell(_ heading: String, _ text: String, _ look: String = "") {
    element("td", .class(look), .label(heading), text: text)
  }

  /// Days from and to, of which neither is broken over two lines; one day once.
  package func period(_ period: Period, _ language: Language) {
    element("span", .class("date"), text: "\(period.from)")
    if period.from == period.to { return }
    text(" ")
    element("span", .class("date"), text: Phrase("to ", "至 ").text(language) + "\(period.to)")
  }

  /// An amount; an empty cell where there is none.
  package func cell(_ heading: String, _ amount: Money?) {
    guard let amount else { return element("td", .class("number"), text: "") }
    cell(heading, amount.minused, "number")
  }
}

extension Money {
  /// For letters: `¥19,882.50`, `−¥20.00`.
  package var yuan: String {
    fen < 0 ? "−¥\(grouped.dropFirst())" : "¥\(grouped)"
  }

  /// For columns of figures: with a minus sign as wide as a digit, which a hyphen is not.
  package var minused: String {
    fen < 0 ? "−\(grouped.dropFirst())" : grouped
  }
}

extension CivilDate {
  /// As a sentence says it: `2026年9月21日`, `21 September 2026`.
  package func spoken(_ language: Language) -> String {
    let (year, month, day) = parts
    if language == .zh { return "\(year)年\(month)月\(day)日" }
    let names = [
      "January", "February", "March", "April", "May", "June", "July", "August", "September",
      "October", "November", "December",
    ]
    return "\(day) \(names[month - 1]) \(year)"
  }
}
