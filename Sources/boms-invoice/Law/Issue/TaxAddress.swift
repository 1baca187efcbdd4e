import Shared

/// An address as the tax bureau wants it: the district by its full name, and the rest.
struct TaxAddress: Hashable, Sendable {
  /// `浙江省杭州市西湖区`; nil if there is no district at the beginning.
  var region: String?
  /// Province and city, to tell whether two places are in one city; a city under the central
  /// government is one.
  var city: String?
  /// `文三路100号`.
  var detail: String

  init(_ address: String) {
    let text = String(address.filter { !$0.isWhitespace })
    detail = text
    guard let province = TaxAddress.provinces.first(where: { text.hasPrefix($0) }) else { return }
    var rest = text.dropFirst(province.count)
    var region = province
    if TaxAddress.municipalities.contains(province) {
      city = province
    } else if let name = TaxAddress.name(in: rest, endings: ["自治州", "地区", "盟", "市"]) {
      region += name
      rest = rest.dropFirst(name.count)
      city = region
    }
    if let name = TaxAddress.name(in: rest, endings: ["自治县", "县", "区", "旗", "市"]) {
      region += name
      rest = rest.dropFirst(name.count)
    }
    self.region = region
    detail = String(rest)
  }

  /// What a district's name ends with.
  static let regionEndings = ["市", "盟", "自治州", "地区", "区", "县", "旗"]
  /// What the rest says at least one of.
  static let roadWords: [Character] = ["街", "路", "村", "乡", "镇", "道", "巷", "号"]

  var isRegionComplete: Bool {
    guard let region, city != nil else { return false }
    return TaxAddress.regionEndings.contains { region.hasSuffix($0) }
  }

  var namesRoad: Bool { detail.contains { TaxAddress.roadWords.contains($0) } }

  /// The name at the beginning that ends so, the shortest of two characters and more; none where a
  /// road or a number comes first. Names have 乡, 镇, 路 and the like in their first three characters
  /// only (让胡路区).
  private static func name(in text: Substring, endings: [String]) -> String? {
    var name = ""
    var rest = text
    while let next = rest.popFirst() {
      if name.count >= 20 || next.isNumber || (name.count >= 3 && roadWords.contains(next)) {
        return nil
      }
      name.append(next)
      guard name.count >= 2, endings.contains(where: { name.hasSuffix($0) }) else { continue }
      // 新市区, 辉县市: what looks like the end stands inside the name.
      if let after = rest.first, endings.contains(String(after)),
        after == "区" || after == "县" || name == "辉县" || name == "津市"
      {
        continue
      }
      return name
    }
    return nil
  }

  private static let municipalities: Set = ["北京市", "天津市", "上海市", "重庆市"]

  private static let provinces = [
    "北京市", "天津市", "河北省", "山西省", "内蒙古自治区", "辽宁省", "吉林省", "黑龙江省", "上海市", "江苏省",
    "浙江省", "安徽省", "福建省", "江西省", "山东省", "河南省", "湖北省", "湖南省", "广东省", "广西壮族自治区",
    "海南省", "重庆市", "四川省", "贵州省", "云南省", "西藏自治区", "陕西省", "甘肃省", "青海省", "宁夏回族自治区",
    "新疆维吾尔自治区", "台湾省", "香港特别行政区", "澳门特别行政区",
  ]
}
