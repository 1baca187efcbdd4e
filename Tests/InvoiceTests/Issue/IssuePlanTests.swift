import Foundation
import Shared
import TestSupport
import Testing

@testable import boms_invoice

/// What is asked for is what is wanted less what was asked for, whatever happened before.
struct IssuePlanTests {
  private func charge(_ id: Int64, _ gross: Money, rate: Fixed = "0.09") throws -> IssueCharge {
    let worth = try Amounts(gross: gross, rate: rate)
    return IssueCharge(
      id: id, billNo: "B\(id)", month: CivilMonth(year: 2026, month: 1), contractNo: "C1",
      tenantNo: "T1", companyNo: "A", item: "rent", itemName: "租金", line: 1,
      period: Period("2026-01-01", "2026-01-31"), taxRate: rate, taxCode: "3040502020400000000",
      worth: worth, wanted: worth)
  }

  private func request(
    _ id: Int64, _ state: RequestState, of blue: Int64? = nil, byHand: Bool = false,
    _ parts: (Int64, Money)..., rate: Fixed = "0.09"
  ) throws -> AskedRequest {
    AskedRequest(
      id: id, isRed: blue != nil, state: state, blueID: blue, byHand: byHand,
      parts: try parts.map {
        AskedRequest.Part(
          charge: $0.0, amounts: try Amounts(gross: $0.1, rate: rate), taxRate: rate)
      })
  }

  @Test func whatIsWorthMoreIsAskedFor() throws {
    let plan = try IssuePlan([charge(1, "109")], [], changed: [])
    #expect(plan.blues.map(\.amounts) == [try Amounts(gross: "109", rate: "0.09")])
    let more = try IssuePlan(
      [charge(1, "109")], [request(1, .issued, (1, "100"))], changed: [])
    #expect(more.blues.map(\.amounts.amount) == ["9"])
    #expect(more.reds.isEmpty && more.withdrawals.isEmpty)
  }

  @Test func whatNobodyHasSeenIsWithdrawnAndAskedForAnew() throws {
    let plan = try IssuePlan(
      [charge(1, "80"), charge(2, "50")], [request(1, .requested, (1, "100"), (2, "50"))],
      changed: [])
    #expect(plan.withdrawals.map(\.request) == [1])
    #expect(plan.blues.map(\.amounts.amount) == ["80", "50"])
    #expect(plan.reds.isEmpty)
  }

  @Test(arguments: [RequestState.exported, .issued])
  func whatIsOutIsTakenBackByARedRequest(state: RequestState) throws {
    var less = try charge(1, "80")
    less.endedEarly = true
    let plan = try IssuePlan([less], [request(1, state, (1, "100"))], changed: [])
    #expect(plan.withdrawals.isEmpty && plan.blues.isEmpty)
    #expect(plan.reds.map(\.amounts.amount) == ["20"])
    #expect(plan.reds.map(\.reason) == [.terminated])
    var gone = try charge(1, "0")
    gone.isVoid = true
    let all = try IssuePlan([gone], [request(1, state, (1, "100"))], changed: [])
    #expect(all.reds.map(\.amounts) == [try Amounts(gross: "100", rate: "0.09")])
    #expect(all.reds.map(\.reason) == [.mistake])
  }

  @Test func theNewestIsTakenBackFirst() throws {
    let plan = try IssuePlan(
      [charge(1, "90")], [request(1, .issued, (1, "100")), request(2, .issued, (1, "20"))],
      changed: [])
    #expect(plan.reds.map(\.blue) == [2, 1])
    #expect(plan.reds.map(\.amounts.amount) == ["20", "10"])
    // What is taken back of it counts.
    let again = try IssuePlan(
      [charge(1, "90")],
      [
        request(1, .issued, (1, "100")), request(2, .issued, (1, "20")),
        request(3, .pending, of: 2, (1, "-20")), request(4, .pending, of: 1, (1, "-10")),
      ], changed: [])
    #expect(again.reds.isEmpty && again.blues.isEmpty && again.withdrawals.isEmpty)
  }

  @Test func anotherRateTakesBackEverythingAndAsksAnew() throws {
    let plan = try IssuePlan(
      [charge(1, "100", rate: "0.05")], [request(1, .issued, (1, "100"))], changed: [])
    #expect(plan.reds.map(\.amounts) == [try Amounts(gross: "100", rate: "0.09")])
    #expect(plan.reds.map(\.reason) == [.mistake])
    #expect(plan.blues.map(\.amounts) == [try Amounts(gross: "100", rate: "0.05")])
  }

  @Test func aRedRequestForAWrongRateStaysWhileTheNewOneCannotBeAskedFor() throws {
    let requests = [
      try request(1, .issued, (1, "100")), try request(2, .pending, of: 1, (1, "-100")),
    ]
    let plan = try IssuePlan([charge(1, "100", rate: "0.05")], requests, changed: [])
    #expect(plan.withdrawals.isEmpty && plan.reds.isEmpty)
    #expect(plan.blues.map(\.amounts.amount) == ["100"])
    let back = try IssuePlan([charge(1, "100")], requests, changed: [])
    #expect(back.withdrawals.map(\.request) == [2])
    #expect(back.blues.isEmpty && back.reds.isEmpty)
  }

  @Test func aRedRequestThatIsOvertakenIsWithdrawn() throws {
    let plan = try IssuePlan(
      [charge(1, "100"), charge(2, "30")],
      [
        request(1, .issued, (1, "100"), (2, "50")),
        request(2, .pending, of: 1, (1, "-100"), (2, "-20")),
      ], changed: [])
    #expect(plan.withdrawals.map(\.request) == [2])
    #expect(plan.reds.map(\.charge) == [2])
    #expect(plan.reds.map(\.amounts.amount) == ["20"])
    #expect(plan.blues.isEmpty)
  }

  @Test func aRedRequestByHandHoldsItsChargesBack() throws {
    var held = try charge(1, "100")
    held.waits = .red
    let requests = [
      try request(1, .issued, (1, "100")),
      try request(2, .pending, of: 1, byHand: true, (1, "-100")),
    ]
    let plan = try IssuePlan([held], requests, changed: [])
    #expect(plan.withdrawals.isEmpty && plan.blues.isEmpty && plan.reds.isEmpty)
    #expect(plan.waiting == [.red: 1])
    held.waits = nil
    #expect(try IssuePlan([held], requests, changed: []).blues.map(\.amounts.amount) == ["100"])
  }

  @Test func aBlueRequestThatCameBackGoesWithItsRedOne() throws {
    let plan = try IssuePlan(
      [charge(1, "80")],
      [request(1, .failed, (1, "100")), request(2, .pending, of: 1, (1, "-20"))], changed: [])
    #expect(plan.withdrawals.map(\.request) == [2, 1])
    #expect(plan.blues.map(\.amounts.amount) == ["80"])
  }

  @Test func whatIsReceivedIsAskedForAndNothingTakenBackForIt() throws {
    var half = try charge(1, "100")
    half.wanted = try Amounts(gross: "40", rate: "0.09")
    #expect(try IssuePlan([half], [], changed: []).blues.map(\.amounts.amount) == ["40"])
    let plan = try IssuePlan([half], [request(1, .issued, (1, "100"))], changed: [])
    #expect(plan.blues.isEmpty && plan.reds.isEmpty)
  }

  @Test func whatIsBelowZeroHasNoInvoice() throws {
    let plan = try IssuePlan([charge(1, "-50")], [], changed: [])
    #expect(plan.belowZero == [1])
    #expect(plan.blues.isEmpty)
  }

  /// Charges change their worth, requests go out, fail and are issued, in any order.
  @Test(arguments: UInt64(1)...20)
  func whatIsAskedForIsAlwaysWhatTheChargesAreWorth(seed: UInt64) throws {
    var chance = Seeded(seed)
    var charges = try (1...6).map {
      try charge($0, Money(fen: .random(in: 1...20_000, using: &chance)))
    }
    var requests: [AskedRequest] = []
    var next: Int64 = 1
    for step in 1...60 {
      for index in charges.indices where Int.random(in: 0..<4, using: &chance) == 0 {
        let rate: Fixed =
          Int.random(in: 0..<6, using: &chance) == 0 ? "0.05" : charges[index].taxRate
        let gross = Money(fen: max(0, .random(in: -4000...20_000, using: &chance)))
        charges[index].taxRate = rate
        charges[index].worth = try Amounts(gross: gross, rate: rate)
        charges[index].wanted = charges[index].worth
      }
      for index in requests.indices where requests[index].state != .issued {
        let states: [RequestState] = [.requested, .exported, .failed, .issued]
        guard let state = states.randomElement(using: &chance), state != .requested else {
          continue
        }
        // A red invoice comes after the blue one.
        let blue = requests.first { $0.id == requests[index].blueID }
        if state == .issued, let blue, blue.state != .issued { continue }
        if state == .failed, requests[index].isRed { continue }
        requests[index].state = state
      }
      let plan = try IssuePlan(charges, requests, changed: [])
      let gone = Set(plan.withdrawals.map(\.request))
      #expect(gone.count == plan.withdrawals.count)
      #expect(requests.allSatisfy { !gone.contains($0.id) || $0.state != .issued })
      requests.removeAll { gone.contains($0.id) }
      for red in plan.reds {
        let rate = requests.first { $0.id == red.blue }?.parts.first { $0.charge == red.charge }
        requests.append(
          AskedRequest(
            id: next, isRed: true, state: .pending, blueID: red.blue,
            parts: [
              AskedRequest.Part(
                charge: red.charge, amounts: try .zero - red.amounts,
                taxRate: try #require(rate).taxRate)
            ]))
        next += 1
      }
      if !plan.blues.isEmpty {
        requests.append(
          AskedRequest(
            id: next, isRed: false, state: .requested,
            parts: plan.blues.map { part in
              AskedRequest.Part(
                charge: part.charge, amounts: part.amounts,
                taxRate: charges[Int(part.charge) - 1].taxRate)
            }))
        next += 1
      }
      for charge in charges {
        var asked = Amounts.zero
        for part in requests.flatMap(\.parts) where part.charge == charge.id {
          asked = try asked + part.amounts
        }
        #expect(asked == charge.worth, "charge \(charge.id) in step \(step)")
      }
      for blue in requests where !blue.isRed {
        for part in blue.parts {
          let back = requests.filter { $0.blueID == blue.id }.flatMap(\.parts)
            .filter { $0.charge == part.charge }.reduce(0) { $0 + $1.amounts.amount.fen }
          #expect(part.amounts.amount.fen + back >= 0)
        }
      }
      let again = try IssuePlan(charges, requests, changed: [])
      #expect(again.withdrawals.isEmpty && again.reds.isEmpty && again.blues.isEmpty)
    }
  }
}
