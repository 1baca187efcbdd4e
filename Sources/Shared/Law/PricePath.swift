/// The unit price of a term over time: from each day on, a price. Escalation is expanded here each
/// time and never stored.
package struct PricePath: Sendable {
  package struct Point: Sendable, Equatable {
    package let fromOn: CivilDate
    package let price: Fixed
  }

  /// In the order of time; the first holds from the term's first day, and before.
  package let points: [Point]

  /// - Parameter through: no escalation after this day is expanded.
  /// - Throws: `value.overflow` if a price outgrows its type.
  package init(
    of term: LeaseTerm, in lease: Lease, through: CivilDate
  ) throws(ValueError) {
    let first = term.fromOn ?? lease.startOn
    var points = [Point(fromOn: first, price: term.price ?? .zero)]
    if let percent = term.escalatePercent, let months = term.escalateMonths, months > 0 {
      // Up to the term's last day or the contract's end, whatever the termination.
      let last = min(term.toOn ?? lease.endOn, lease.endOn, through)
      var price = points[0].price
      var step = 1
      while true {
        let day = first.adding(months: step * months)
        if day > last { break }
        price = try price.raised(byPercent: percent, places: term.pricePlaces)
        points.append(Point(fromOn: day, price: price))
        step += 1
      }
    }
    // Rows come in any order of days.
    let steps = lease.priceSteps.filter { $0.line == term.line }.sorted { $0.fromOn < $1.fromOn }
    for step in steps {
      if step.fromOn <= first {
        points[0] = Point(fromOn: first, price: step.price)
      } else {
        points.append(Point(fromOn: step.fromOn, price: step.price))
      }
    }
    self.points = points
  }

  package func price(on day: CivilDate) -> Fixed {
    var price = points[0].price
    for point in points.dropFirst() where point.fromOn <= day { price = point.price }
    return price
  }
}
