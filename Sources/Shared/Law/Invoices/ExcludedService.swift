/// 不得抵扣 by what was bought: services whose tax the law keeps from being deducted where they are
/// consumed directly, and loans.
///
/// Source: 增值税法 (in force since 2026-01-01) art. 22 (5), 餐饮服务, 居民日常服务 and 娱乐服务 that are
/// directly consumed; 增值税法实施条例, loans and the fees that go with them (not deductible for the
/// time being). Whether they are consumed directly no invoice says: bought to be sold on, they are
/// deductible, and a person says so with `use --as taxable`.
package enum ExcludedService: String, Sendable, CaseIterable {
  case catering, residents, entertainment, loan

  /// The service of a line by its 税收分类编码; without one, by the 简称 between the asterisks of its
  /// name.
  package init?(itemName: String?, taxCode: String?) {
    if let taxCode, !taxCode.isEmpty {
      guard let found = ExcludedService.allCases.first(where: { taxCode.hasPrefix($0.prefix) })
      else { return nil }
      self = found
      return
    }
    let parts = (itemName ?? "").split(separator: "*", omittingEmptySubsequences: false)
    guard parts.count >= 3, parts[0].allSatisfy(\.isWhitespace) else { return nil }
    let short = parts[1].filter { !$0.isWhitespace }
    guard let found = ExcludedService.allCases.first(where: { $0.shortNames.contains(short) })
    else { return nil }
    self = found
  }

  /// Of the 19 digits of 税收分类编码, those that the group has in common.
  private var prefix: String {
    switch self {
    case .catering: "3070401"
    case .residents: "30705"
    case .entertainment: "3070302"
    case .loan: "30601"
    }
  }

  private var shortNames: Set<String> {
    switch self {
    case .catering: ["餐饮服务"]
    case .residents: ["居民日常服务"]
    case .entertainment: ["娱乐服务"]
    case .loan: ["贷款服务"]
    }
  }

  package var name: Phrase {
    switch self {
    case .catering: Phrase("catering", "餐饮服务")
    case .residents: Phrase("everyday services for residents", "居民日常服务")
    case .entertainment: Phrase("entertainment", "娱乐服务")
    case .loan: Phrase("loans", "贷款服务")
    }
  }
}
