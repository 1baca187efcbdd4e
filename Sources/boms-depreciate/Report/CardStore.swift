import GRDB
import Shared

/// Reads assets for their cards.
struct CardStore {
  private let db: Database
  private let movements: SQLStatement
  private let years: SQLStatement

  init(_ db: Database) throws {
    self.db = db
    movements = try SQLStatement(
      db,
      """
      SELECT "on", kind, explain, cost_fen, accumulated_fen, impairment_fen FROM asset_movement
      WHERE asset_no = ? ORDER BY "on", id
      """)
    years = try SQLStatement(
      db,
      """
      SELECT substr(month, 1, 4), count(DISTINCT month), sum(amount_fen) FROM depreciation
      WHERE asset_no = ? GROUP BY 1 ORDER BY 1
      """)
  }

  /// - Parameter numbers: none: all assets.
  func cards(_ numbers: Set<String>) throws -> [Card] {
    let rows = try SQLStatement(
      db,
      """
      SELECT a.asset_no, a.name, c.name, a.category, a.kind, p.name, a.department,
        \(AssetBook.standing("location")), \(AssetBook.standing("custodian")), a.supplier,
        a.serial_no, a.acquired_on, coalesce(a.in_service_on, a.acquired_on), a.cost_fen,
        a.salvage_fen, a.salvage_percent_e6, a.life_months, a.method, a.total_units_e6,
        (SELECT sum(cost_fen - accumulated_fen - impairment_fen) FROM asset_change v
          WHERE v.asset_no = a.asset_no)
      FROM asset a LEFT JOIN property p ON p.property_no = a.property_no
      LEFT JOIN company c ON c.company_no = p.company_no
      ORDER BY a.asset_no
      """)
    rows.bind(1, "9999-12-31")
    var cards: [Card] = []
    while try rows.step() {
      if numbers.isEmpty || numbers.contains(rows.text(0)) { cards.append(try card(rows)) }
    }
    return cards
  }

  private func card(_ rows: SQLStatement) throws -> Card {
    var card = Card(
      assetNo: rows.text(0), name: rows.text(1), companyName: rows.optionalText(2))
    card.location = rows.optionalText(7)
    card.net = rows.money(19)
    func add(_ en: String, _ zh: String, _ value: String?) {
      card.facts.append((Phrase(en, zh), Phrase(value ?? "", value ?? "")))
    }
    func add(_ en: String, _ zh: String, _ choices: [Choice], _ code: String) {
      let word = choices.first { $0.code == code }?.zh ?? code
      card.facts.append((Phrase(en, zh), Phrase(code, word)))
    }
    add("Number", "资产编号", card.assetNo)
    add("Category", "类别", rows.optionalText(3))
    add("Kind", "资产类型", Choice.assetKinds, rows.text(4))
    add("Property", "项目", rows.optionalText(5))
    add("Department", "部门", rows.optionalText(6))
    add("Place", "存放地点", card.location)
    add("Custodian", "保管人", rows.optionalText(8))
    add("Supplier", "供应商", rows.optionalText(9))
    add("Serial number", "序列号", rows.optionalText(10))
    add("Acquired on", "取得日期", rows.text(11))
    add("In service on", "启用日期", rows.text(12))
    add("Cost", "原值", rows.money(13).yuan)
    let salvage =
      try rows.optionalFixed(15).map { percent in
        try Asset.salvage(percent: percent, of: rows.money(13)).yuan + " (\(percent)%)"
      } ?? rows.money(14).yuan
    add("Salvage", "预计净残值", salvage)
    add("Life in months", "使用月数", rows.optionalText(16))
    add("Method", "折旧方法", Choice.depreciationMethods, rows.text(17))
    add("Total units", "总工作量", rows.optionalFixed(18)?.grouped(atLeast: 0))
    add("Net value", "账面净值", card.net.yuan)
    try readMovements(into: &card)
    try readYears(into: &card)
    return card
  }

  private func readMovements(into card: inout Card) throws {
    movements.bind(1, card.assetNo)
    defer { movements.reset() }
    while try movements.step() {
      card.movements.append(
        Card.Movement(
          on: try movements.date(0), name: CardStore.name(of: movements.text(1)),
          explain: movements.text(2), cost: movements.money(3), accumulated: movements.money(4),
          impairment: movements.money(5)))
    }
  }

  private static func name(of kind: String) -> Phrase {
    switch kind {
    case "acquire": Phrase("acquired", "购入")
    case "opening": Phrase("taken over", "期初")
    case "improve": Phrase("improved", "改良")
    case "impair": Phrase("impaired", "减值")
    case "transfer": Phrase("transferred", "转移")
    default: Phrase("disposed of", "处置")
    }
  }

  private func readYears(into card: inout Card) throws {
    years.bind(1, card.assetNo)
    defer { years.reset() }
    var sum = Money.zero
    while try years.step() {
      sum = try sum + years.money(2)
      card.years.append(
        Card.Year(
          year: years.text(0), months: Int(years.integer(1)), amount: years.money(2), sum: sum))
    }
  }
}
