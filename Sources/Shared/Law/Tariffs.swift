/// The register of a meter: one that counts everything, or one of a time of use (分时).
package enum MeterRegister: String, Sendable, CaseIterable, Comparable {
  case total, sharp, peak, flat, valley, deep

  private var order: Int {
    switch self {
    case .total: 0
    case .sharp: 1
    case .peak: 2
    case .flat: 3
    case .valley: 4
    case .deep: 5
    }
  }

  package static func < (a: MeterRegister, b: MeterRegister) -> Bool { a.order < b.order }

  /// The word in Chinese texts.
  package var zh: String {
    switch self {
    case .total: "总"
    case .sharp: "尖"
    case .peak: "峰"
    case .flat: "平"
    case .valley: "谷"
    case .deep: "深谷"
    }
  }
}

/// One price of a tariff: of the usage of a register above `tierFrom`.
package struct TariffBand: Sendable {
  package var fromOn: CivilDate
  package var register: MeterRegister
  /// In the unit of the meter.
  package var tierFrom: Fixed
  /// Yuan per unit of the meter.
  package var price: Fixed
  /// Whether tiers count by the year; else by the month.
  package var isByYear: Bool

  package init(
    fromOn: CivilDate, register: MeterRegister = .total, tierFrom: Fixed = .zero, price: Fixed,
    isByYear: Bool = false
  ) {
    self.fromOn = fromOn
    self.register = register
    self.tierFrom = tierFrom
    self.price = price
    self.isByYear = isByYear
  }
}

/// Tariffs by number. The bands of a tariff with one `fromOn` are a version of it.
package struct Tariffs: Sendable {
  /// What a version says of a register: its bands from the lowest; none: it does not price it.
  package struct Prices: Sendable {
    package var isByYear = false
    package var bands: [TariffBand] = []
  }

  private struct Version: Sendable {
    var fromOn: CivilDate
    var bands: [TariffBand] = []
  }

  private var versions: [String: [Version]] = [:]

  package init() {}

  package var isEmpty: Bool { versions.isEmpty }

  /// Bands come in any order.
  package mutating func add(_ band: TariffBand, to tariffNo: String) {
    var known = versions[tariffNo] ?? []
    if let index = known.firstIndex(where: { $0.fromOn == band.fromOn }) {
      known[index].bands.append(band)
    } else {
      known.append(Version(fromOn: band.fromOn, bands: [band]))
    }
    versions[tariffNo] = known
  }

  /// The prices of a register on a day, by the newest version that is not later.
  /// - Throws: `tariff.no-version` if there is none; `tariff.first-tier`, `tariff.tier-basis` and
  ///   `tariff.duplicate-tier` if its bands make no sense.
  package func prices(
    _ tariffNo: String, _ register: MeterRegister, on day: CivilDate
  ) throws(ValueError) -> Prices {
    var newest: Version?
    for version in versions[tariffNo] ?? [] where version.fromOn <= day {
      if newest.map({ $0.fromOn < version.fromOn }) ?? true { newest = version }
    }
    guard let newest else {
      throw ValueError(
        "tariff.no-version",
        Phrase(
          "tariff '\(tariffNo)' has no price on \(day)", "费率“\(tariffNo)”在 \(day) 没有价格"),
        hint: Phrase("import a version that begins by then", "请导入该日之前开始的费率版本"))
    }
    var bands = newest.bands.filter { $0.register == register }
    guard let first = bands.first else { return Prices() }
    bands.sort { $0.tierFrom < $1.tierFrom }
    let version = Phrase(
      "tariff '\(tariffNo)' of \(newest.fromOn), register \(register.rawValue)",
      "费率“\(tariffNo)”\(newest.fromOn) 版的时段“\(register.zh)”")
    if bands[0].tierFrom != .zero {
      throw ValueError(
        "tariff.first-tier",
        Phrase(
          "\(version.en): the first tier begins at \(bands[0].tierFrom), not at 0",
          "\(version.zh)：首个阶梯从 \(bands[0].tierFrom) 起，而不是 0"))
    }
    if bands.contains(where: { $0.isByYear != first.isByYear }) {
      throw ValueError(
        "tariff.tier-basis",
        Phrase(
          "\(version.en): tiers by month and by year in one version",
          "\(version.zh)：同一版本中既有按月阶梯又有按年阶梯"))
    }
    for (band, next) in zip(bands, bands.dropFirst()) where band.tierFrom == next.tierFrom {
      throw ValueError(
        "tariff.duplicate-tier",
        Phrase(
          "\(version.en): two prices from \(band.tierFrom)",
          "\(version.zh)：阶梯起点 \(band.tierFrom) 有两个价格"))
    }
    return Prices(isByYear: first.isByYear, bands: bands)
  }
}

/// Marginal bands: of a stretch from `low` to `high`, how much lies in each band that begins at
/// one of `starts` (in order) and ends where the next begins. What lies below the first is left
/// out.
func marginalParts(
  from low: Int128, to high: Int128, starts: [Int128]
) -> [(band: Int, part: Int128)] {
  var parts: [(Int, Int128)] = []
  for (index, start) in starts.enumerated() {
    let end = index + 1 < starts.count ? starts[index + 1] : max(high, start)
    let part = min(high, end) - max(low, start)
    if part > 0 { parts.append((index, part)) }
  }
  return parts
}
