/// 最低折旧年限: the shortest life that tax law accepts for a kind of thing (企业所得税法实施条例 art. 60).
/// The books may have a shorter one; the difference is then adjusted in the tax return.
package enum TaxLife: String, Sendable, CaseIterable {
  case building, equipment, furniture, vehicle, electronic

  package var months: Int {
    switch self {
    case .building: 240
    case .equipment: 120
    case .furniture: 60
    case .vehicle: 48
    case .electronic: 36
    }
  }

  /// Where the life may be shortened (art. 98): 60 percent, in whole months.
  package var shortenedMonths: Int { (months * 3 + 4) / 5 }

  /// By the words that the category of an asset has.
  package init?(category: String) {
    let words: [(TaxLife, [String])] = [
      (.electronic, ["electronic", "电子", "电脑", "计算机", "服务器", "打印机"]),
      (.vehicle, ["vehicle", "汽车", "轿车", "货车", "客车", "运输工具"]),
      (.building, ["building", "房屋", "建筑", "构筑物"]),
      (.equipment, ["equipment", "机器", "机械", "生产设备"]),
      (.furniture, ["furniture", "家具", "器具", "工具"]),
    ]
    let text = category.lowercased()
    guard let found = words.first(where: { $0.1.contains { text.contains($0) } }) else {
      return nil
    }
    self = found.0
  }
}
