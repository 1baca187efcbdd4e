/// A folder of pages: a file for each of them, and `index.html`, which lists them by company.
package struct PageFolder {
  /// What the list says of a page, so that a run of many thousands need not be kept.
  package struct Entry {
    package var number: String
    package var companyNo: String
    package var companyName: String
    /// What stands between the number and the amount, each with its look (see `page.css`).
    package var cells: [(text: String, look: String)]
    package var amount: Money

    package init(
      number: String, companyNo: String, companyName: String,
      cells: [(text: String, look: String)], amount: Money
    ) {
      self.number = number
      self.companyNo = companyNo
      self.companyName = companyName
      self.cells = cells
      self.amount = amount
    }
  }

  private let place: Place
  private let language: Language
  private var names = FileNames(taken: "index.html")
  private var entries: [(file: String, entry: Entry)] = []

  /// Makes the folder if it is not there.
  package init(_ path: String, _ language: Language) throws {
    try OutputFile.makeFolder(path)
    place = .folder(path)
    self.language = language
  }

  /// Writes a page into a file that is named after its number.
  package mutating func add(
    _ entry: Entry, title: String, body: (HTMLWriter) throws -> Void
  ) throws {
    let name = names.name(entry.number, ending: ".html")
    try place.write(name) { output in
      try HTMLPage.write(title: title, language, to: output, body: body)
    }
    entries.append((name, entry))
  }

  /// Writes the list.
  /// - Parameters:
  ///   - title: of the file.
  ///   - name: what the pages are, over the list.
  ///   - subject: what was asked for.
  ///   - headings: of the number, of the cells, of the amount.
  package func finish(
    title: String, name: String, subject: String, headings: [String]
  ) throws {
    try place.write("index.html") { output in
      try HTMLPage.write(title: title, language, to: output) { html in
        try html.element("article", .class("sheet")) {
          html.heading(from: subject, name)
          try writeList(headings, html)
        }
      }
    }
  }

  private func writeList(_ headings: [String], _ html: HTMLWriter) throws {
    let companies = Dictionary(grouping: entries) { $0.entry.companyNo }.sorted { $0.key < $1.key }
    try html.element("table", .class("records")) {
      html.element("thead") {
        html.element("tr") {
          for (index, heading) in headings.enumerated() {
            html.element(
              "th", .class(index == headings.count - 1 ? "number" : ""), .scope("col"),
              text: heading)
          }
        }
      }
      for (_, entries) in companies { try writeCompany(entries, headings, html) }
      if companies.count > 1 {
        try html.element("tbody") {
          let name = Phrase("All companies", "全部收款主体").text(language)
          try writeTotal(name, entries, headings, html)
        }
      }
    }
  }

  private func writeCompany(
    _ entries: [(file: String, entry: Entry)], _ headings: [String], _ html: HTMLWriter
  ) throws {
    try html.element("tbody") {
      html.element("tr", .class("group")) {
        html.element(
          "th", .colspan(headings.count), .scope("rowgroup"), text: entries[0].entry.companyName)
      }
      for (file, entry) in entries {
        html.element("tr") {
          html.element("td", .class("lead date")) {
            html.element("a", .file(file), text: entry.number)
          }
          for (index, cell) in entry.cells.enumerated() {
            html.cell(headings[index + 1], cell.text, cell.look)
          }
          html.cell(headings[headings.count - 1], entry.amount)
        }
      }
      try writeTotal(Phrase("Total", "合计").text(language), entries, headings, html)
    }
  }

  private func writeTotal(
    _ name: String, _ entries: [(file: String, entry: Entry)], _ headings: [String],
    _ html: HTMLWriter
  ) throws {
    let sum = try entries.reduce(Money.zero) { try $0 + $1.entry.amount }
    html.element("tr", .class("total")) {
      html.element(
        "td", .class("lead"), .colspan(headings.count - 1),
        text: html.named(name, "\(entries.count)", language))
      html.cell(headings[headings.count - 1], sum)
    }
  }
}
