import Shared
import TestSupport
import Testing

@testable import boms_invoice

@Suite struct RedWithinBlueTests {
  private static func sums(_ net: Money, _ tax: Money, _ gross: Money) -> Invoice.Sums {
    Invoice.Sums(net: net, tax: tax, gross: gross)
  }

  private static let blue = sums("27522.94", "2477.06", "30000.00")

  private func found(_ reds: [Invoice.Sums]) throws -> [String] {
    let number = try #require(InvoiceNumber(code: nil, number: "26332000000000000101"))
    return try RedWithinBlue.findings(blue: number, RedWithinBlueTests.blue, reds: reds)
      .map { "\($0.field ?? "") \($0.value ?? "")" }
  }

  @Test func redOnesUpToTheWholeAreWithinIt() throws {
    #expect(try found([]) == [])
    #expect(try found([Self.sums("-917.43", "-82.57", "-1000.00")]) == [])
    #expect(try found([Self.sums("-27522.94", "-2477.06", "-30000.00")]) == [])
    #expect(
      try found([
        Self.sums("-27000.00", "-2430.00", "-29430.00"), Self.sums("-522.94", "-47.06", "-570.00"),
      ]) == [])
  }

  @Test func aCentMoreIsTooMuch() throws {
    let most = Self.sums("-27522.94", "-2477.06", "-30000.00")
    #expect(
      try found([most, Self.sums("-0.01", "0.00", "-0.01")]) == ["net 0.01", "gross 0.01"])
    #expect(try found([most, most]) == ["net 27522.94", "tax 2477.06", "gross 30000.00"])
  }

  @Test func whatIsLeftIsTheRemainder() throws {
    let left = try RedWithinBlue.remainder(
      of: Self.blue, after: [Self.sums("-917.43", "-82.57", "-1000.00")])
    #expect(left == Self.sums("26605.51", "2394.49", "29000.00"))
  }
}
