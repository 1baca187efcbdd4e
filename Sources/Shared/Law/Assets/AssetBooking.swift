/// What the books of an asset lack: what the law wants minus what is recorded, month by month and
/// change by change. What is recorded stays; a difference is a further row.
package enum AssetBooking {
  /// A row of the ledger of depreciation.
  package struct RecordedMonth: Sendable {
    package var month: CivilMonth
    package var revision: Int
    package var place: AssetPlace
    package var amount: Money

    package init(month: CivilMonth, revision: Int, place: AssetPlace, amount: Money) {
      (self.month, self.revision, self.place, self.amount) = (month, revision, place, amount)
    }
  }

  /// A row of the ledger of movements.
  package struct RecordedMovement: Sendable {
    package var revision: Int
    package var movement: AssetMovement

    package init(revision: Int, movement: AssetMovement) {
      (self.revision, self.movement) = (revision, movement)
    }
  }

  package struct MissingMonth: Sendable {
    package var month: CivilMonth
    package var place: AssetPlace
    package var revision: Int
    package var amount: Money
    /// What is booked already, where this corrects it.
    package var corrects: Money?
    /// The month as it should be; nil where there is no such month.
    package var wanted: DepreciationMonth?

    package func explanation(_ language: Language) -> String {
      let nothing = Phrase("nothing is to be charged", "该月不应计提")
      let said = wanted?.explanation(language) ?? nothing.text(language)
      guard let corrects else { return said }
      let should = wanted?.place == place ? wanted?.amount ?? .zero : .zero
      return Phrase(
        "correction: \(should.grouped) instead of \(corrects.grouped); \(said)",
        "更正：应为 \(should.grouped)，已记 \(corrects.grouped)；\(said)"
      ).text(language)
    }
  }

  package struct MissingMovement: Sendable {
    package var revision: Int
    package var isCorrection: Bool
    package var movement: AssetMovement

    package func explanation(_ language: Language) throws(ValueError) -> String {
      let said = try movement.explanation().text(language)
      return isCorrection
        ? Phrase("correction: \(said)", "更正：\(said)").text(language) : said
    }
  }

  private struct MonthKey: Hashable {
    var month: CivilMonth
    var place: AssetPlace
  }

  /// - Parameter wanted: every month through the one that is booked, charged or not.
  package static func missing(
    _ wanted: [DepreciationMonth], recorded: [RecordedMonth]
  ) throws(ValueError) -> [MissingMonth] {
    var missing: [MissingMonth] = []
    if recorded.isEmpty {
      for row in wanted where row.reason.isCharge {
        missing.append(
          MissingMonth(
            month: row.month, place: row.place, revision: 0, amount: row.amount, wanted: row))
      }
      return missing
    }
    var sums: [MonthKey: Money] = [:]
    var revisions: [CivilMonth: Int] = [:]
    for row in recorded {
      let key = MonthKey(month: row.month, place: row.place)
      sums[key] = try (sums[key] ?? .zero) + row.amount
      revisions[row.month] = max(revisions[row.month] ?? 0, row.revision + 1)
    }
    func add(_ key: MonthKey, _ amount: Money, corrects: Money?, _ row: DepreciationMonth?) {
      let revision = revisions[key.month] ?? 0
      revisions[key.month] = revision + 1
      missing.append(
        MissingMonth(
          month: key.month, place: key.place, revision: revision, amount: amount,
          corrects: corrects, wanted: row))
    }
    var byMonth: [CivilMonth: DepreciationMonth] = [:]
    for row in wanted {
      byMonth[row.month] = row
      guard row.reason.isCharge else { continue }
      let key = MonthKey(month: row.month, place: row.place)
      let booked = sums.removeValue(forKey: key)
      let difference = try row.amount - (booked ?? .zero)
      if booked == nil || difference != .zero { add(key, difference, corrects: booked, row) }
    }
    for (key, booked) in sums where booked != .zero {
      add(key, Money(fen: -booked.fen), corrects: booked, byMonth[key.month])
    }
    return missing.sorted { ($0.month, $0.revision) < ($1.month, $1.revision) }
  }

  private struct MovementKey: Hashable {
    var kind: AssetMovement.Kind
    var on: CivilDate
    var place: AssetPlace
    var from: AssetPlace?
    var way: AssetEvent.Way?
    var result: AssetMovement.Result?

    init(_ movement: AssetMovement) {
      (kind, on, place, from) = (movement.kind, movement.on, movement.place, movement.from)
      (way, result) = (movement.way, movement.result)
    }
  }

  package static func missing(
    _ wanted: [AssetMovement], recorded: [RecordedMovement]
  ) throws(ValueError) -> [MissingMovement] {
    var left: [MovementKey: AssetMovement] = [:]
    var order: [MovementKey] = []
    func add(_ movement: AssetMovement) throws(ValueError) {
      let key = MovementKey(movement)
      if let there = left[key] {
        left[key] = try there.adding(movement, sign: 1)
      } else {
        left[key] = movement
        order.append(key)
      }
    }
    for movement in wanted { try add(movement) }
    var revisions: [AssetMovement.Kind: [CivilDate: Int]] = [:]
    var corrected: Set<MovementKey> = []
    for row in recorded {
      let (key, movement) = (MovementKey(row.movement), row.movement)
      corrected.insert(key)
      revisions[movement.kind, default: [:]][movement.on] = max(
        revisions[movement.kind]?[movement.on] ?? 0, row.revision + 1)
      if left[key] == nil { try add(try movement.adding(movement, sign: -1)) }
      left[key] = try left[key]?.adding(movement, sign: -1)
    }
    var missing: [MissingMovement] = []
    for key in order {
      guard let movement = left[key], !movement.isNothing else { continue }
      let revision = revisions[key.kind]?[key.on] ?? 0
      revisions[key.kind, default: [:]][key.on] = revision + 1
      missing.append(
        MissingMovement(
          revision: revision, isCorrection: corrected.contains(key), movement: movement))
    }
    return missing
  }
}

extension AssetMovement {
  fileprivate func adding(
    _ other: AssetMovement, sign: Int64
  ) throws(ValueError) -> AssetMovement {
    func sum(_ a: Money, _ b: Money) throws(ValueError) -> Money {
      try a + Money(fen: sign * b.fen)
    }
    var result = self
    result.values = Values(
      cost: try sum(values.cost, other.values.cost),
      accumulated: try sum(values.accumulated, other.values.accumulated),
      impairment: try sum(values.impairment, other.values.impairment))
    result.proceeds = try sum(proceeds, other.proceeds)
    return result
  }

  fileprivate var isNothing: Bool {
    values.cost == .zero && values.accumulated == .zero && values.impairment == .zero
      && proceeds == .zero
  }
}
