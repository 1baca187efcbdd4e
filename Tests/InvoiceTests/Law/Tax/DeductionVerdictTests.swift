import Shared
import TestSupport
import Testing

@testable import boms_invoice

/// What is ticked, and why what is left out is.
struct DeductionVerdictTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var expected: String
    var isIncoming = true
    var kind: InvoiceKind? = .special
    var business: BusinessType?
    var net: Int64? = 100
    var isRed = false
    var issued: CivilDate = "2026-09-10"
    var events: [InvoiceEvent] = []
    /// Net amounts.
    var reds: [Int64] = []
    var lines: [(String, Money)] = [("*租赁*房租", "13.00")]
    var isVerified = true

    var testDescription: String { "\(expected) \(kind?.rawValue ?? "") \(events.map(\.kind))" }
  }

  private static func said(_ kind: InvoiceEvent.Kind, _ code: String) -> InvoiceEvent {
    InvoiceEvent(kind, on: "2026-09-20", code: code)
  }

  private static let month = CivilMonth(year: 2026, month: 9)

  static let cases: [Case] = [
    Case(expected: "13.00"),
    Case(expected: "13.00", kind: .rail), Case(expected: "13.00", kind: .air),
    Case(expected: "13.00", kind: .vehicle),
    Case(expected: "13.00", kind: .ordinary, business: .toll),
    Case(expected: "kind", kind: .ordinary), Case(expected: "kind", kind: .usedVehicle),
    Case(expected: "kind", kind: nil), Case(expected: "kind", kind: .ordinary, business: .lease),
    Case(expected: "not_incoming", isIncoming: false),
    Case(expected: "no_original", net: nil),
    Case(expected: "red", net: -100, isRed: true),
    Case(expected: "no_tax", net: 0),
    Case(expected: "issued_later", issued: "2026-10-01"),
    Case(expected: "13.00", issued: "2026-09-30"),
    Case(expected: "13.00", issued: "2020-01-01"),
    Case(expected: "conflict", events: [InvoiceEvent(.conflict, on: "2026-09-20")]),
    Case(expected: "deducted", events: [.deducted("13.00")]),
    Case(
      expected: "selected",
      events: [InvoiceEvent(.selected, on: "2026-09-20", period: month, tax: "13.00")]),
    Case(
      expected: "13.00",
      events: [
        InvoiceEvent(.selected, on: "2026-09-20", period: month, tax: "13.00"),
        InvoiceEvent(.deselected, on: "2026-09-21"),
      ]),
    Case(expected: "void", events: [said(.status, "void")]),
    Case(expected: "reversed", events: [said(.status, "reversed_full")]),
    Case(expected: "reversed", reds: [-60, -40]),
    Case(expected: "9.10", reds: [-30]),
    Case(expected: "9.10", events: [said(.status, "reversed_part")], reds: [-30]),
    Case(expected: "red_missing", events: [said(.status, "reversed_part")]),
    Case(expected: "risk", events: [said(.risk, "doubtful")]),
    Case(expected: "risk", events: [said(.risk, "abnormal")]),
    Case(expected: "13.00", events: [said(.risk, "abnormal"), said(.risk, "normal")]),
    Case(expected: "locked", events: [said(.locked, "locked")]),
    Case(expected: "use", events: [said(.used, "welfare")]),
    Case(expected: "use", events: [said(.used, "personal")]),
    Case(expected: "use", events: [said(.used, "exempt")]),
    Case(expected: "use", events: [said(.used, "simplified")]),
    Case(expected: "13.00", events: [said(.used, "welfare"), said(.used, "none")]),
    Case(expected: "service", lines: [("*餐饮服务*餐费", "13.00")]),
    Case(
      expected: "13.00", events: [said(.used, "taxable")], lines: [("*餐饮服务*餐费", "13.00")]),
    Case(expected: "8.00", lines: [("*住宿服务*住宿", "8.00"), ("*餐饮服务*餐费", "5.00")]),
    Case(expected: "9.10", reds: [-30], lines: [("*住宿服务*住宿", "12.00"), ("*餐饮服务*餐费", "1.00")]),
    Case(expected: "not_verified", isVerified: false),
    Case(expected: "verified_otherwise", events: [said(.verified, "02")]),
  ]

  @Test(arguments: cases)
  func theLawTicksOrSaysWhyNot(_ test: Case) throws {
    func member(
      _ number: String, _ sums: Invoice.Sums?, blueNo: String?, _ events: [InvoiceEvent]
    ) -> InvoiceStanding.Member {
      let carrier: Carrier = sums == nil ? .pdf : .xml
      let all = [InvoiceEvent(.received, on: "2026-09-01", code: carrier.rawValue)] + events
      return InvoiceStanding.Member(
        number: number, isRed: blueNo != nil, blueNo: blueNo, issuedOn: test.issued, sums: sums,
        history: InvoiceHistory(all, asOf: "2026-12-31"))
    }
    let verified = test.isVerified ? [DeductionVerdictTests.said(.verified, "00")] : []
    let own = member(
      "A", test.net.map(Invoice.Sums.of), blueNo: test.isRed ? "B" : nil, verified + test.events)
    let reds = test.reds.enumerated().map { member("R\($0)", .of($1), blueNo: "A", []) }
    let verdict = try DeductionVerdict(
      DeductionCase(
        isIncoming: test.isIncoming, kind: test.kind, business: test.business,
        issuedOn: test.issued, standing: try InvoiceStanding(own, reds: reds),
        lines: test.lines.map {
          DeductionCase.Line(itemName: $0, tax: Fixed(millionths: $1.fen * 10_000))
        }), month: DeductionVerdictTests.month)
    switch verdict {
    case .tick(let tax, _): #expect(tax.description == test.expected)
    case .leave(let reason):
      #expect(reason.code == test.expected)
      #expect(!reason.why.en.isEmpty && !reason.why.zh.isEmpty)
    }
  }
}
