/// 资产变动账: what changes an asset's values, apart from depreciation.
package struct AssetMovement: Sendable, Equatable {
  package enum Kind: String, Sendable {
    case acquire, opening, improve, impair, transfer, dispose
  }

  /// Where gain or loss belongs: 资产处置损益 for what is sold, 营业外收支 for the rest.
  package enum Result: String, Sendable {
    case gain, income, loss
  }

  package struct Values: Sendable, Equatable {
    package var cost = Money.zero
    package var accumulated = Money.zero
    package var impairment = Money.zero

    package init(
      cost: Money = .zero, accumulated: Money = .zero, impairment: Money = .zero
    ) {
      (self.cost, self.accumulated, self.impairment) = (cost, accumulated, impairment)
    }

    package func net() throws(ValueError) -> Money { try cost - accumulated - impairment }

    var reversed: Values {
      Values(
        cost: Money(fen: -cost.fen), accumulated: Money(fen: -accumulated.fen),
        impairment: Money(fen: -impairment.fen))
    }
  }

  package var kind: Kind
  package var on: CivilDate
  package var place: AssetPlace
  /// Of a transfer.
  package var from: AssetPlace?
  package var way: AssetEvent.Way?
  package var result: Result?
  /// What is added at the place; of a disposal below zero.
  package var values: Values
  package var proceeds = Money.zero

  package init(kind: Kind, on: CivilDate, place: AssetPlace, values: Values) {
    (self.kind, self.on, self.place, self.values) = (kind, on, place, values)
  }

  static func entry(of asset: Asset) throws(ValueError) -> AssetMovement {
    AssetMovement(
      kind: asset.isTakenOver ? .opening : .acquire, on: asset.enteredOn, place: asset.place,
      values: Values(
        cost: asset.cost, accumulated: asset.openingAccumulated,
        impairment: asset.openingImpairment))
  }

  static func change(_ event: AssetEvent, at place: AssetPlace) -> AssetMovement {
    let isImpairment = event.kind == .impair
    return AssetMovement(
      kind: isImpairment ? .impair : .improve, on: event.on, place: place,
      values: isImpairment ? Values(impairment: event.amount) : Values(cost: event.amount))
  }

  static func transfer(
    on: CivilDate, from: AssetPlace, to: AssetPlace, _ standing: Values
  ) -> AssetMovement {
    var movement = AssetMovement(kind: .transfer, on: on, place: to, values: standing)
    movement.from = from
    return movement
  }

  static func disposal(
    _ event: AssetEvent, at place: AssetPlace, _ standing: Values
  ) -> AssetMovement {
    var movement = AssetMovement(
      kind: .dispose, on: event.on, place: place, values: standing.reversed)
    movement.way = event.way ?? .scrap
    movement.proceeds = event.proceeds
    let net = standing.cost.fen - standing.accumulated.fen - standing.impairment.fen
    movement.result =
      movement.way == .sale ? .gain : event.proceeds.fen >= net ? .income : .loss
    return movement
  }

  /// Whether it takes along what the asset lost through the end of its month, and so is booked then.
  package var takesBalances: Bool { kind == .transfer || kind == .dispose }

  /// What a disposal gained; below zero what it lost.
  package func gain() throws(ValueError) -> Money { try proceeds + values.net() }

  /// What it is, in a sentence.
  package func explanation() throws(ValueError) -> Phrase {
    let cost = values.cost.grouped
    switch kind {
    case .acquire: return Phrase("acquired for \(cost)", "购入，原值 \(cost)")
    case .opening:
      return Phrase(
        "taken over: cost \(cost), accumulated \(values.accumulated.grouped), impairment "
          + values.impairment.grouped,
        "期初：原值 \(cost)，累计折旧 \(values.accumulated.grouped)，减值 \(values.impairment.grouped)")
    case .improve: return Phrase("improved by \(cost)", "改良，增加原值 \(cost)")
    case .impair:
      let amount = values.impairment.grouped
      return Phrase("impaired by \(amount)", "计提减值 \(amount)")
    case .transfer:
      return Phrase(
        "moved from \(from?.name.en ?? "") to \(place.name.en)",
        "由\(from?.name.zh ?? "")转入\(place.name.zh)")
    case .dispose:
      let net = Money(fen: -(try values.net().fen))
      let gain = try gain()
      return Phrase(
        "proceeds \(proceeds.grouped) − net value \(net.grouped) = \(gain.grouped)",
        "处置收入 \(proceeds.grouped) − 账面净值 \(net.grouped) = \(gain.grouped)")
    }
  }
}

extension AssetPlace {
  fileprivate var name: Phrase {
    let parts = [propertyNo, department].compactMap(\.self).joined(separator: " ")
    return parts.isEmpty ? Phrase("(no place)", "（未填）") : Phrase("'\(parts)'", "“\(parts)”")
  }
}
