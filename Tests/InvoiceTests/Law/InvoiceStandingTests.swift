import Shared
import TestSupport
import Testing

@testable import boms_invoice

/// Every order in which a blue invoice, its reds, its posting and its deduction can come.
struct InvoiceStandingTests {
  static let blue = "26332000000000000001"

  /// A blue invoice of 100 + 13, and reds: what each takes back (net) and the day on which it came.
  struct Case: CustomTestStringConvertible, Sendable {
    var name: String
    var events: [InvoiceEvent] = []
    var reds: [Red] = []
    var reversal = Reversal.none
    /// Net amounts.
    var leftToPost: Int64 = 0
    var toReverse: Int64 = 0
    var redsToPost: [String] = []
    var selectable: Money = "0.00"
    var due: [InvoiceStanding.Transfer] = []

    var testDescription: String { name }
  }

  struct Red: Sendable {
    var number: String
    var net: Int64
    var on: CivilDate
    var issued: CivilDate = "2026-10-20"
    var events: [InvoiceEvent] = []
  }

  static func transfer(_ redNo: String, _ tax: Money, _ month: String = "2026-10")
    -> InvoiceStanding.Transfer
  {
    InvoiceStanding.Transfer(
      redNo: redNo, month: CivilMonth(iso: month) ?? CivilMonth(year: 0, month: 1), tax: tax)
  }

  static let cases: [Case] = [
    Case(name: "nothing happened yet", leftToPost: 100, selectable: "13.00"),
    Case(name: "posted", events: [.posted(.of(100))], selectable: "13.00"),
    Case(
      name: "posted and taken back",
      events: [.posted(.of(100)), InvoiceEvent(.unposted, on: "2026-09-11")], leftToPost: 100,
      selectable: "13.00"),
    Case(name: "deducted", events: [.deducted("13.00")], leftToPost: 100),
    Case(
      name: "a part taken back before anything: the rest is posted and selected",
      reds: [Red(number: "R1", net: -30, on: "2026-09-05")], reversal: .part, leftToPost: 70,
      selectable: "9.10"),
    Case(
      name: "all taken back before anything: nothing is left",
      reds: [Red(number: "R1", net: -100, on: "2026-09-05")], reversal: .full),
    Case(
      name: "two parts that are all of it",
      reds: [
        Red(number: "R1", net: -30, on: "2026-09-05"),
        Red(number: "R2", net: -70, on: "2026-09-06"),
      ], reversal: .full),
    Case(
      name: "the rest posted after a part was taken back: the red one needs no voucher",
      events: [.posted(.of(70))], reds: [Red(number: "R1", net: -30, on: "2026-09-05")],
      reversal: .part, selectable: "9.10"),
    Case(
      name:
        "posted, then a part taken back: the red one is to be posted, the rest stays selectable",
      events: [.posted(.of(100))], reds: [Red(number: "R1", net: -30, on: "2026-10-20")],
      reversal: .part, toReverse: 30, redsToPost: ["R1"], selectable: "9.10"),
    Case(
      name: "posted, then all taken back",
      events: [.posted(.of(100))], reds: [Red(number: "R1", net: -100, on: "2026-10-20")],
      reversal: .full, toReverse: 100, redsToPost: ["R1"]),
    Case(
      name: "posted, taken back, and the red one posted",
      events: [.posted(.of(100))],
      reds: [
        Red(
          number: "R1", net: -100, on: "2026-10-20",
          events: [.posted(.of(-100), on: "2026-10-21")])
      ], reversal: .full),
    Case(
      name: "the red one's posting taken back: it is to be posted again",
      events: [.posted(.of(100))],
      reds: [
        Red(
          number: "R1", net: -100, on: "2026-10-20",
          events: [
            .posted(.of(-100), on: "2026-10-21"), InvoiceEvent(.unposted, on: "2026-10-22"),
          ])
      ], reversal: .full, toReverse: 100, redsToPost: ["R1"]),
    Case(
      name:
        "posted, taken back in part, the blue one's posting taken back: the rest is to be posted",
      events: [.posted(.of(100)), InvoiceEvent(.unposted, on: "2026-10-21")],
      reds: [Red(number: "R1", net: -30, on: "2026-10-20")], reversal: .part, leftToPost: 70,
      selectable: "9.10"),
    Case(
      name: "… and posted again for the rest",
      events: [
        .posted(.of(100)), InvoiceEvent(.unposted, on: "2026-10-21"),
        .posted(.of(70), on: "2026-10-22"),
      ],
      reds: [Red(number: "R1", net: -30, on: "2026-10-20")], reversal: .part, selectable: "9.10"),
    Case(
      name: "the rest posted, then more taken back: only the newer red one is to be posted",
      events: [.posted(.of(70))],
      reds: [
        Red(number: "R1", net: -30, on: "2026-09-05"),
        Red(number: "R2", net: -20, on: "2026-10-20"),
      ], reversal: .part, toReverse: 20, redsToPost: ["R2"], selectable: "6.50"),
    Case(
      name: "two reds after the posting, one of them posted",
      events: [.posted(.of(100))],
      reds: [
        Red(
          number: "R1", net: -30, on: "2026-10-20", events: [.posted(.of(-30), on: "2026-10-21")]),
        Red(number: "R2", net: -20, on: "2026-10-22"),
      ], reversal: .part, toReverse: 20, redsToPost: ["R2"], selectable: "6.50"),
    Case(
      name:
        "the red one came and was posted before its blue one was there: the blue is posted whole",
      reds: [
        Red(
          number: "R1", net: -30, on: "2026-08-20", events: [.posted(.of(-30), on: "2026-08-21")])
      ], reversal: .part, leftToPost: 100, selectable: "9.10"),
    Case(
      name: "deducted, then a part taken back: it goes out in the red one's month",
      events: [.deducted("13.00")], reds: [Red(number: "R1", net: -30, on: "2026-10-20")],
      reversal: .part, leftToPost: 70, due: [transfer("R1", "3.90")]),
    Case(
      name: "a part taken back, then all of it deducted: it goes out in the deduction's month",
      events: [.deducted("13.00")],
      reds: [Red(number: "R1", net: -30, on: "2026-05-21", issued: "2026-05-20")],
      reversal: .part, leftToPost: 70, due: [transfer("R1", "3.90", "2026-09")]),
    Case(
      name: "deducted, all taken back, and gone out",
      events: [.deducted("13.00"), .transferredOut("13.00", red: "R1")],
      reds: [Red(number: "R1", net: -100, on: "2026-10-20")], reversal: .full),
    Case(
      name: "the rest deducted after a part was taken back: nothing goes out",
      events: [.deducted("9.10")], reds: [Red(number: "R1", net: -30, on: "2026-09-05")],
      reversal: .part, leftToPost: 70),
    Case(
      name: "… then more taken back: the newer one goes out",
      events: [.deducted("9.10")],
      reds: [
        Red(number: "R1", net: -30, on: "2026-09-05"),
        Red(number: "R2", net: -20, on: "2026-11-03", issued: "2026-11-02"),
      ], reversal: .part, leftToPost: 50, due: [transfer("R2", "2.60", "2026-11")]),
    Case(
      name: "two reds in two months, the first gone out",
      events: [.deducted("13.00"), .transferredOut("3.90", red: "R1")],
      reds: [
        Red(number: "R1", net: -30, on: "2026-10-20"),
        Red(number: "R2", net: -20, on: "2026-11-03", issued: "2026-11-02"),
      ], reversal: .part, leftToPost: 50, due: [transfer("R2", "2.60", "2026-11")]),
    Case(
      name: "what went out for another reason does not go out again",
      events: [.deducted("13.00"), .transferredOut("10.00")],
      reds: [Red(number: "R1", net: -100, on: "2026-10-20")], reversal: .full,
      due: [transfer("R1", "3.00")]),
    Case(
      name: "the deduction was taken back: nothing goes out, the rest is selectable",
      events: [.deducted("13.00"), InvoiceEvent(.undeducted, on: "2026-10-19")],
      reds: [Red(number: "R1", net: -30, on: "2026-10-20")], reversal: .part, leftToPost: 70,
      selectable: "9.10"),
    Case(
      name: "posted and deducted, then all taken back: both are undone",
      events: [.posted(.of(100)), .deducted("13.00")],
      reds: [Red(number: "R1", net: -100, on: "2026-10-20")], reversal: .full, toReverse: 100,
      redsToPost: ["R1"], due: [transfer("R1", "13.00")]),
  ]

  static func standing(_ it: Case, asOf day: CivilDate = "2026-12-31") throws -> (
    blue: InvoiceStanding, reds: [String: InvoiceStanding]
  ) {
    func member(
      _ number: String, _ net: Int64, _ on: CivilDate, _ issued: CivilDate, _ events: [InvoiceEvent]
    ) -> InvoiceStanding.Member {
      let received = InvoiceEvent(.received, on: on, fileID: 1, code: "xml")
      return InvoiceStanding.Member(
        number: number, isRed: net < 0, blueNo: net < 0 ? blue : nil, issuedOn: issued,
        sums: .of(net), history: InvoiceHistory([received] + events, asOf: day))
    }
    let own = member(blue, 100, "2026-09-01", "2026-08-31", it.events)
    let reds = it.reds.map { member($0.number, $0.net, $0.on, $0.issued, $0.events) }
    return (
      try InvoiceStanding(own, reds: reds),
      Dictionary(
        uniqueKeysWithValues: try reds.map {
          ($0.number, try InvoiceStanding($0, reds: reds, blue: own))
        })
    )
  }

  @Test(arguments: cases) func anInvoiceStandsWhereItsEventsPutIt(_ it: Case) throws {
    let (standing, reds) = try Self.standing(it)
    #expect(standing.reversal == it.reversal)
    #expect(standing.leftToPost == .of(it.leftToPost))
    #expect(standing.toReverse == .of(it.toReverse))
    #expect(standing.redsToPost == it.redsToPost)
    #expect(standing.selectableTax == it.selectable)
    #expect(standing.transfersDue == it.due)
    // A red one is to be posted exactly where its blue one says so, and is never selectable.
    for red in it.reds {
      let own = try #require(reds[red.number])
      #expect(own.leftToPost == (it.redsToPost.contains(red.number) ? .of(red.net) : .zero))
      #expect(own.selectableTax == .zero)
    }
  }

  @Test(arguments: cases) func theOrderOfTheRedsInTheListDoesNotMatter(_ it: Case) throws {
    var turned = it
    turned.reds.reverse()
    let (a, b) = (try Self.standing(it).blue, try Self.standing(turned).blue)
    #expect(a.leftToPost == b.leftToPost)
    #expect(a.redsToPost == b.redsToPost)
    #expect(a.transfersDue == b.transfersDue)
  }

  @Test func redsThatTakeBackTooMuchLeaveNothingBelowZero() throws {
    let it = Case(
      name: "", events: [.posted(.of(100)), .deducted("13.00")],
      reds: [
        Red(number: "R1", net: -80, on: "2026-10-20"),
        Red(number: "R2", net: -80, on: "2026-10-21"),
      ])
    let standing = try Self.standing(it).blue
    #expect(standing.isReversedTooMuch)
    #expect(standing.toReverse == .of(100))
    #expect(standing.selectableTax == .zero)
    #expect(standing.transfersDue.map(\.tax) == ["10.40", "2.60"].reversed())
  }

  @Test func aRedInvoiceWithoutItsBlueOneIsPostedForItself() throws {
    let red = InvoiceStanding.Member(
      number: "R", isRed: true, blueNo: "B", sums: .of(-5),
      history: InvoiceHistory(
        [InvoiceEvent(.received, on: "2026-09-01", code: "xml")], asOf: "2026-09-01"))
    let standing = try InvoiceStanding(red)
    #expect(!standing.hasBlue)
    #expect(standing.leftToPost == .of(-5))
  }

  @Test func aDayBeforeAnEventDoesNotSeeIt() throws {
    let events: [InvoiceEvent] = [
      InvoiceEvent(.received, on: "2026-09-01", fileID: 1, code: "pdf"),
      InvoiceEvent(.completed, on: "2026-09-03", fileID: 2, code: "xml"),
      InvoiceEvent(.verified, on: "2026-09-04", code: "00"),
      InvoiceEvent(.conflict, on: "2026-09-05", fileID: 3),
      InvoiceEvent(.resolved, on: "2026-09-06", fileID: 3),
      .posted(.of(100)),
    ]
    #expect(InvoiceHistory(events, asOf: "2026-08-31").receivedOn == nil)
    #expect(InvoiceHistory(events, asOf: "2026-09-02").carrier == .pdf)
    #expect(InvoiceHistory(events, asOf: "2026-09-03").fileID == 2)
    #expect(InvoiceHistory(events, asOf: "2026-09-04").verification?.word == .genuine)
    #expect(InvoiceHistory(events, asOf: "2026-09-05").isInConflict)
    #expect(InvoiceHistory(events, asOf: "2026-09-06").fileID == 3)
    #expect(InvoiceHistory(events, asOf: "2026-09-09").posting == nil)
    #expect(InvoiceHistory(events, asOf: "2026-09-10").posting?.voucher == "记-1")
  }

  @Test func anOlderListThatIsReadLaterDoesNotUndoANewerOne() {
    let events: [InvoiceEvent] = [
      InvoiceEvent(.received, on: "2026-09-01", code: "xml"),
      InvoiceEvent(.risk, on: "2026-11-05", code: "abnormal"),
      InvoiceEvent(.risk, on: "2026-10-31", code: "normal"),
    ]
    #expect(InvoiceHistory(events, asOf: "2026-12-01").risk?.word == .abnormal)
    #expect(InvoiceHistory(events, asOf: "2026-11-01").risk?.word == .normal)
  }
}
