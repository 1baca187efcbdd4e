import ArgumentParser
import Shared

/// `boms-depreciate card`: 固定资产卡片, an asset on a sheet of paper.
struct CardCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "card", Phrase("Write asset cards (固定资产卡片) as pages for paper.", "生成固定资产卡片，供打印。"),
    examples: [
      "boms-depreciate card GD00001 --out GD00001.html",
      "boms-depreciate card --out cards/",
    ],
    discussion: Phrase(
      """
      What the asset is, what happened to it, and what it lost year by year, as it is booked. A \
      folder gets a page for each asset; without numbers, for all of them.
      """,
      """
      资产的基本情况、变动记录和逐年折旧，以账上记录为准。写入目录时每项资产一页；未给出编号时\
      为全部资产。
      """))

  @Argument(help: .boms("The assets' numbers; none: all.", "资产编号；不给为全部。", valueName: "asset"))
  var assets: [String] = []

  @OptionGroup var place: PlaceOption
  @OptionGroup var database: DatabaseOptions
  @OptionGroup var say: SayOptions

  func run() throws {
    let context = say.context()
    let books = try context.books(database, .reading)
    let language = say.letters()
    let cards = try books.read { db in
      for number in assets { try KnownNumber.require("asset", number, "资产", db) }
      return try CardStore(db).cards(Set(assets))
    }
    let title = CardPage.name.text(language)
    if case .folder(let folder) = place.place {
      try write(cards, into: folder, title, language)
    } else {
      try place.place.write("") { output in
        try HTMLPage.write(title: title, language, to: output) { html in
          for card in cards { CardPage.write(card, html, language) }
        }
      }
    }
    guard let kept = place.place.summary else { return }
    var summary = Summary((Phrase("cards", "卡片"), cards.count))
    summary.note(kept)
    context.console.say(summary)
  }

  private func write(
    _ cards: [Card], into folder: String, _ title: String, _ language: Language
  ) throws {
    func word(_ en: String, _ zh: String) -> String { Phrase(en, zh).text(language) }
    var pages = try PageFolder(folder, language)
    for card in cards {
      let entry = PageFolder.Entry(
        number: card.assetNo, companyNo: card.companyName ?? "",
        companyName: card.companyName ?? "",
        cells: [(card.name, ""), (card.location ?? "", "small")], amount: card.net)
      try pages.add(entry, title: "\(title) \(card.assetNo)") {
        CardPage.write(card, $0, language)
      }
    }
    try pages.finish(
      title: title, name: word("Asset cards", "固定资产卡片"), subject: "",
      headings: [
        word("Asset", "资产编号"), word("Name", "资产名称"), word("Place", "存放地点"),
        word("Net value", "账面净值"),
      ])
  }
}
