import Shared

/// Reads an asset of the filter: one JSON object with its events and usage. Fields, types and rules are
/// those of the registers; what is absent takes its default.
final class AssetReader {
  /// Keys that no section knows, so that a slip of the pen is noticed.
  private(set) var unknownKeys: Set<String> = []

  private let asset = ObjectReader(Catalogue.asset)
  private let event: ObjectReader
  private let usage: ObjectReader

  init() {
    // Whose events and usage they are, the object says.
    event = ObjectReader(AssetReader.ofOneAsset(Catalogue.assetEvent))
    usage = ObjectReader(AssetReader.ofOneAsset(Catalogue.assetUsage))
  }

  private static func ofOneAsset(_ register: Register) -> Register {
    Register(
      register.name, register.zh, register.summary,
      fields: register.fields.filter { $0.name != "asset_no" }, rules: register.rules)
  }

  /// - Throws: `ObjectReader.Problem`, or a `ValueError` of the salvage.
  func asset(_ node: JSONNode) throws -> Asset {
    let record = try asset.read(node, arrays: ["events", "usage"], unknown: &unknownKeys)
    guard let number = record.text("asset_no") else { throw missing("asset_no") }
    guard let acquired = record.date("acquired_on") else { throw missing("acquired_on") }
    guard let cost = record.money("cost") else { throw missing("cost") }
    guard let method: Asset.Method = record.word("method") else { throw missing("method") }
    var asset = Asset(
      assetNo: number, acquiredOn: acquired, inServiceOn: record.date("in_service_on"),
      cost: cost, lifeMonths: record.number("life_months").map { Int($0) } ?? 0)
    asset.kind = record.word("kind") ?? .fixed
    asset.method = method
    asset.form = record.word("straight_line_form") ?? .fixed
    asset.salvage =
      try record.fixed("salvage_percent").map { try Asset.salvage(percent: $0, of: cost) }
      ?? record.money("salvage") ?? .zero
    asset.totalUnits = record.fixed("total_units")
    asset.openingMonths = Int(record.number("opening_months") ?? 0)
    asset.openingAccumulated = record.money("opening_accumulated") ?? .zero
    asset.openingImpairment = record.money("opening_impairment") ?? .zero
    asset.place = AssetPlace(
      propertyNo: record.text("property_no"), department: record.text("department"))
    try node.forEachMember { (key, value) throws -> Void in
      switch String(decoding: key, as: UTF8.self) {
      case "events":
        try value.forEachElement {
          if let event = try self.event($0) { asset.events.append(event) }
        }
      case "usage": try value.forEachElement { try self.usage($0, &asset) }
      default: break
      }
    }
    return asset
  }

  /// Nil for a count, which changes no value.
  private func event(_ node: JSONNode) throws -> AssetEvent? {
    let record = try event.read(node, unknown: &unknownKeys)
    guard let on = record.date("on") else { throw missing("events.on") }
    guard let word = record.text("kind") else { throw missing("events.kind") }
    guard let kind = AssetEvent.Kind(rawValue: word) else { return nil }
    var event = AssetEvent(kind, on: on)
    event.amount = record.money("amount") ?? .zero
    event.lifeMonths = record.number("life_months").map { Int($0) }
    event.salvage = record.money("salvage")
    event.method = record.word("method")
    event.propertyNo = record.text("property_no")
    event.department = record.text("department")
    event.way = record.word("way")
    event.proceeds = record.money("proceeds") ?? .zero
    return event
  }

  private func usage(_ node: JSONNode, _ asset: inout Asset) throws {
    let record = try usage.read(node, unknown: &unknownKeys)
    guard let month = record.text("month").flatMap(CivilMonth.init(iso:)) else {
      throw missing("usage.month")
    }
    guard let units = record.fixed("units") else { throw missing("usage.units") }
    guard asset.usage.updateValue(units, forKey: month) == nil else {
      throw ObjectReader.Problem(
        "asset_usage.duplicate-key", field: "usage.month", value: "\(month)",
        Phrase("two figures of one month", "同一月份有两条工作量"))
    }
  }

  private func missing(_ field: String) -> ObjectReader.Problem { .missing(field) }
}

extension Record {
  fileprivate func money(_ field: String) -> Money? { number(field).map { Money(fen: $0) } }

  fileprivate func word<Word: RawRepresentable>(_ field: String) -> Word?
  where Word.RawValue == String {
    text(field).flatMap(Word.init(rawValue:))
  }
}
