import Shared

extension RequestRule {
  static let lease: [RequestRule] = [region, road, crossCity]

  private static let region = RequestRule(
    id: "request.region",
    meaning: Phrase(
      "the address begins with province, city and district, by their full names",
      "不动产地址以省、市、县（区）全称开头")
  ) { draft, _ in
    draft.leases.compactMap { lease in
      if lease.address.isRegionComplete { return nil }
      let shown = (lease.address.region ?? "") + lease.address.detail
      return RequestFinding(
        rule: "request.region", subject: lease.unitNo ?? draft.tenantNo, field: "deed_address",
        value: shown,
        message: Phrase(
          "'\(shown)' does not begin with province, city and district",
          "“\(shown)”不是以省、市、县（区）全称开头"),
        hint: Phrase(
          "write deed_address of the unit, or address of the property, as 浙江省杭州市西湖区文三路100号",
          "请将铺位的不动产地址或项目地址写作：浙江省杭州市西湖区文三路100号"))
    }
  }

  private static let road = RequestRule(
    id: "request.address",
    meaning: Phrase(
      "the rest of the address has one of 街 路 村 乡 镇 道 巷 号", "详细地址含街、路、村、乡、镇、道、巷、号之一")
  ) { draft, _ in
    draft.leases.compactMap { lease in
      if lease.address.namesRoad || !lease.address.isRegionComplete { return nil }
      return RequestFinding(
        rule: "request.address", subject: lease.unitNo ?? draft.tenantNo, field: "deed_address",
        value: lease.address.detail,
        message: Phrase(
          "'\(lease.address.detail)' names no street or number (街 路 村 乡 镇 道 巷 号)",
          "“\(lease.address.detail)”未含街、路、村、乡、镇、道、巷、号"),
        hint: Phrase(
          "complete deed_address of the unit, or address of the property",
          "请补全铺位的不动产地址或项目地址"))
    }
  }

  private static let crossCity = RequestRule(
    id: "request.cross-city",
    meaning: Phrase(
      "it can be told whether company and premises are in one city", "可判断收款主体与不动产是否同城")
  ) { draft, _ in
    guard draft.leases.contains(where: { $0.isCrossCity == nil && $0.address.isRegionComplete })
    else { return [] }
    let company = draft.seller.companyNo
    return [
      RequestFinding(
        rule: "request.cross-city", subject: company, field: "address",
        message: Phrase(
          "the city of company '\(company)' is not known, so 跨地市标志 cannot be said",
          "收款主体“\(company)”所在城市不明，无法填写跨地市标志"),
        hint: Phrase(
          "write address of the company with province and city", "请在收款主体登记中填写含省市的地址"))
    ]
  }
}
