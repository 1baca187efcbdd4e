import Shared

extension Export {
  /// 单价走势: the unit price of every term over its whole life, escalation expanded.
  static let pricePath = Export(
    name: "price_path", zh: "单价走势",
    summary: Phrase(
      "from which day each term has which unit price, escalation and steps expanded",
      "每条条款自何日起执行何单价（含递增与调价）"),
    columns: [
      .code("contract_no", "合同编号"), .integer("line", "行号", 0...9999),
      .code("item", "收费项目"), .choice("method", "计费方式", Choice.chargeMethods),
      .date("from_on", "起"), .date("to_on", "止"), .decimal("price", "单价"),
      .choice("per", "计价单位", Choice.timeUnits),
    ]
  ) { db, selection, _, writer in
    try Look.at(db, .all(property: nil, contract: nil))
    let cursor = try LeaseCursor(db)
    while let entry = try cursor.next() {
      for term in entry.lease.terms {
        guard let path = try entry.lease.pricePath(of: term) else { continue }
        for point in path {
          try ComputedRow(cells: [
            .text(entry.lease.contractNo), .integer(Int64(term.line)), .text(term.item),
            .text(term.method.rawValue), .init(point.days.from), .init(point.days.to),
            .init(point.price), .init(term.per?.rawValue),
          ]).write(selection, to: writer)
        }
      }
    }
  }
}

extension Lease {
  /// The days of each unit price of a term; nil where the term has no price over time.
  fileprivate func pricePath(
    of term: LeaseTerm
  ) throws -> [(days: Period, price: Fixed)]? {
    guard term.price != nil, term.method != .once, let days = days(of: term) else { return nil }
    let points = try PricePath(of: term, in: self, through: days.to).points
    return points.enumerated().compactMap { index, point in
      let to = index + 1 < points.count ? points[index + 1].fromOn.previous : days.to
      return Period(point.fromOn, max(point.fromOn, to)).intersection(days).map {
        ($0, point.price)
      }
    }
  }
}
