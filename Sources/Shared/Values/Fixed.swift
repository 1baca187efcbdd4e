/// A decimal number with six places, exact: a unit price, an area, a percent, a reading. The unit
/// is that of the field that it stands in.
package struct Fixed: Hashable, Comparable, Sendable {
  /// How many millionths; the value is `millionths / 1_000_000`.
  package let millionths: Int64

  package static let places = 6
  package static let one: Int64 = 1_000_000
  package static let zero = Fixed(millionths: 0)
  package static let hundred = Fixed(millionths: 100 * one)

  package init(millionths: Int64) {
    self.millionths = millionths
  }

  package static func < (a: Fixed, b: Fixed) -> Bool {
    a.millionths < b.millionths
  }

  package static func + (a: Fixed, b: Fixed) throws(ValueError) -> Fixed {
    let (sum, overflow) = a.millionths.addingReportingOverflow(b.millionths)
    if overflow { throw .overflow(Phrase("the sum", "合计")) }
    return Fixed(millionths: sum)
  }

  /// This number rounded half up to so many decimal places (0…6).
  package func rounded(places: Int) throws(ValueError) -> Fixed {
    var step: Int64 = 1
    for _ in places..<Fixed.places { step *= 10 }
    let units = try roundHalfUp(Int128(millionths), over: Int128(step))
    let (result, overflow) = units.multipliedReportingOverflow(by: step)
    if overflow { throw .overflow(Phrase("the number", "数值")) }
    return Fixed(millionths: result)
  }

  /// This number raised by a percent, exact, then rounded half up to so many places.
  /// - Parameter percent: in percent; `5` raises 100 to 105.
  package func raised(byPercent percent: Fixed, places: Int) throws(ValueError) -> Fixed {
    let factor = Int128(Fixed.hundred.millionths) + Int128(percent.millionths)
    var step: Int128 = 1
    for _ in places..<Fixed.places { step *= 10 }
    let (product, overflow) = Int128(millionths).multipliedReportingOverflow(by: factor)
    if overflow { throw .overflow(Phrase("the price", "单价")) }
    let units = try roundHalfUp(product, over: Int128(Fixed.hundred.millionths) * step)
    let (result, tooLarge) = units.multipliedReportingOverflow(by: Int64(step))
    if tooLarge { throw .overflow(Phrase("the price", "单价")) }
    return Fixed(millionths: result)
  }
}

extension Fixed: CustomStringConvertible {
  /// Without trailing zeros: `5.5`, `120`, `-0.000001`.
  package var description: String {
    Decimals.text(millionths, places: Fixed.places, trim: true)
  }

  /// For people, with at least so many places: `1,120.50`.
  package func grouped(atLeast places: Int) -> String {
    Decimals.grouped(millionths, places: Fixed.places, atLeast: places)
  }
}
