import Foundation
import TestSupport
import Testing

@testable import Shared

/// Which charge a payment is for.
struct TenantAccountTests {
  /// A charge of bill `B<id>`, due four days after its bill.
  private func row(
    _ id: Int64, _ amount: Money, billOn: CivilDate = "2026-01-01", bill: String? = nil,
    _ change: (inout TenantAccount.Row) -> Void = { _ in }
  ) -> TenantAccount.Row {
    var row = TenantAccount.Row(
      id: id, billNo: bill ?? "B\(id)", contractNo: "C1", billOn: billOn,
      dueOn: billOn.adding(days: 4), amount: amount)
    change(&row)
    return row
  }

  private func payment(
    _ no: String, _ amount: Money, on day: CivilDate,
    _ change: (inout TenantAccount.Payment) -> Void = { _ in }
  ) -> TenantAccount.Payment {
    var payment = TenantAccount.Payment(no: no, paidOn: day, amount: amount)
    change(&payment)
    return payment
  }

  /// `S1→1 100.00 2026-01-04 order` for each allocation.
  private func text(_ allocations: [Allocation]) -> [String] {
    allocations.map {
      let source =
        switch $0.source {
        case .payment(let no): no
        case .creditNote(let id): "N\(id)"
        case .prepaid(let id): "B\(id)"
        case .deposit(let id): "D\(id)"
        case .other(let text): text
        }
      return "\(source)→\($0.chargeID) \($0.amount) \($0.effectiveOn) \($0.step.rawValue)"
    }
  }

  private func allocated(
    _ rows: [TenantAccount.Row], _ payments: [TenantAccount.Payment],
    recorded: [TenantAccount.Recorded] = [], asOf: CivilDate = "2026-12-31"
  ) throws -> [String] {
    try text(
      TenantAccount(rows: rows, payments: payments, recorded: recorded)
        .allocations(asOf: asOf).allocations)
  }

  @Test func theEarliestDueIsPaidFirst() throws {
    let rows = [
      row(1, "300", billOn: "2026-02-01"), row(2, "200", billOn: "2026-01-01"),
      row(3, "100", billOn: "2026-01-01") { $0.priority = -1 },
    ]
    #expect(
      try allocated(rows, [payment("S1", "450", on: "2026-02-10")]) == [
        "S1→3 100.00 2026-02-10 order", "S1→2 200.00 2026-02-10 order",
        "S1→1 150.00 2026-02-10 order",
      ])
  }

  @Test func ofWhatIsDueOnOneDayTheSmallerNumberIsPaidFirst() throws {
    let rows = [row(1, "10", bill: "B2"), row(3, "10", bill: "B1"), row(2, "10", bill: "B1")]
    #expect(
      try allocated(rows, [payment("S1", "25", on: "2026-01-01")]) == [
        "S1→2 10.00 2026-01-01 order", "S1→3 10.00 2026-01-01 order",
        "S1→1 5.00 2026-01-01 order",
      ])
  }

  @Test func lateFeesArePaidLast() throws {
    let rows = [
      row(1, "100") { $0.isLateFee = true }, row(2, "200", billOn: "2026-02-01"),
    ]
    let paid = [payment("S1", "250", on: "2026-02-10")]
    #expect(
      try allocated(rows, paid) == [
        "S1→2 200.00 2026-02-10 order", "S1→1 50.00 2026-02-10 order",
      ])
    let byDay = TenantAccount(rows: rows, payments: paid, lateFeesLast: false)
    #expect(
      try text(byDay.allocations(asOf: "2026-12-31").allocations) == [
        "S1→1 100.00 2026-02-10 order", "S1→2 150.00 2026-02-10 order",
      ])
  }

  @Test func thePayersLinesComeFirst() throws {
    let rows = [row(1, "300"), row(2, "300"), row(3, "300")]
    let paid = payment("S1", "400", on: "2026-01-10") {
      $0.lines = [
        TenantAccount.Payment.Line(billNo: "B3", amount: "100"),
        TenantAccount.Payment.Line(billNo: "B2", amount: "50"),
        TenantAccount.Payment.Line(billNo: "B9", amount: "100"),
      ]
    }
    #expect(
      try allocated(rows, [paid]) == [
        "S1→3 100.00 2026-01-10 line", "S1→2 50.00 2026-01-10 line",
        "S1→2 250.00 2026-01-10 exact",
      ])
  }

  @Test func thenTheBillAndTheContractThatItNames() throws {
    let rows = [
      row(1, "300"), row(2, "300") { $0.contractNo = "C2" },
      row(3, "300", billOn: "2026-01-02") { $0.contractNo = "C2" },
    ]
    let bill = payment("S1", "350", on: "2026-01-10") { $0.billNo = "B3" }
    #expect(
      try allocated(rows, [bill]) == [
        "S1→3 300.00 2026-01-10 named", "S1→1 50.00 2026-01-10 order",
      ])
    let contract = payment("S1", "650", on: "2026-01-10") { $0.contractNo = "C2" }
    #expect(
      try allocated(rows, [contract]) == [
        "S1→2 300.00 2026-01-10 named", "S1→3 300.00 2026-01-10 named",
        "S1→1 50.00 2026-01-10 order",
      ])
  }

  @Test func thenTheEarliestDueBillWithTheSameOpenAmount() throws {
    let rows = [
      row(1, "500"), row(2, "100", billOn: "2026-01-03", bill: "B7"),
      row(3, "200", billOn: "2026-01-03", bill: "B7"), row(4, "300", billOn: "2026-01-04"),
    ]
    #expect(
      try allocated(rows, [payment("S1", "300", on: "2026-01-10")]) == [
        "S1→2 100.00 2026-01-10 exact", "S1→3 200.00 2026-01-10 exact",
      ])
    // Of B7 other payments have left 150 open.
    let first = payment("S0", "150", on: "2026-01-09") { $0.billNo = "B7" }
    #expect(
      try allocated(rows, [first, payment("S1", "150", on: "2026-01-10")]).suffix(1)
        == ["S1→3 150.00 2026-01-10 exact"])
  }

  @Test func paymentsAreTakenByDayAndNumber() throws {
    let rows = [row(1, "100"), row(2, "100", billOn: "2026-01-02")]
    let paid = [
      payment("S2", "70", on: "2026-01-10"), payment("S1", "70", on: "2026-01-10"),
      payment("S3", "10", on: "2026-01-09"),
    ]
    #expect(
      try allocated(rows, paid) == [
        "S3→1 10.00 2026-01-09 order", "S1→1 70.00 2026-01-10 order",
        "S2→1 20.00 2026-01-10 order", "S2→2 50.00 2026-01-10 order",
      ])
  }

  @Test func whatIsLeftIsCreditForLaterBillsOldestFirst() throws {
    let rows = [
      row(1, "100"), row(2, "100", billOn: "2026-02-01"), row(3, "100", billOn: "2026-03-01"),
    ]
    let paid = [payment("S1", "130", on: "2026-01-10"), payment("S2", "120", on: "2026-01-20")]
    let account = TenantAccount(rows: rows, payments: paid)
    let found = try account.allocations(asOf: "2026-03-31")
    #expect(
      text(found.allocations) == [
        "S1→1 100.00 2026-01-10 order", "S1→2 30.00 2026-02-01 credit",
        "S2→2 70.00 2026-02-01 credit", "S2→3 50.00 2026-03-01 credit",
      ])
    #expect(found.credits == [])
    #expect(
      try account.allocations(asOf: "2026-01-31").credits == [
        TenantAccount.Credit(source: .payment("S1"), since: "2026-01-10", left: "30"),
        TenantAccount.Credit(source: .payment("S2"), since: "2026-01-20", left: "120"),
      ])
  }

  @Test func creditStillFollowsThePayer() throws {
    let rows = [
      row(1, "100", billOn: "2026-02-01"), row(2, "100", billOn: "2026-02-01"),
      row(3, "100", billOn: "2026-02-01") { $0.contractNo = "C2" },
    ]
    let paid = payment("S1", "180", on: "2026-01-10") {
      $0.contractNo = "C2"
      $0.lines = [TenantAccount.Payment.Line(billNo: "B2", amount: "60")]
    }
    #expect(
      try allocated(rows, [paid]) == [
        "S1→2 60.00 2026-02-01 line", "S1→3 100.00 2026-02-01 named",
        "S1→1 20.00 2026-02-01 credit",
      ])
  }

  @Test func aCreditNoteGoesToItsRowThenToItsContractThenIsCredit() throws {
    let rows = [
      row(1, "100") { $0.contractNo = "C2" }, row(2, "100"),
      row(3, "100", billOn: "2026-01-02"),
      row(4, "-330", billOn: "2026-02-01") { $0.adjusts = 3 },
      row(5, "50", billOn: "2026-03-01"),
    ]
    let account = TenantAccount(rows: rows, payments: [payment("S1", "10", on: "2026-01-20")])
    let found = try account.allocations(asOf: "2026-03-31")
    #expect(
      text(found.allocations) == [
        "S1→1 10.00 2026-01-20 order", "N4→3 100.00 2026-02-01 credit_note",
        "N4→2 100.00 2026-02-01 credit_note", "N4→1 90.00 2026-02-01 credit",
        "N4→5 40.00 2026-03-01 credit",
      ])
  }

  @Test func aCreditNoteOfWhatIsPaidIsCredit() throws {
    let rows = [row(1, "100"), row(2, "-40", billOn: "2026-02-01") { $0.adjusts = 1 }]
    let account = TenantAccount(rows: rows, payments: [payment("S1", "100", on: "2026-01-20")])
    let found = try account.allocations(asOf: "2026-03-31")
    #expect(text(found.allocations) == ["S1→1 100.00 2026-01-20 exact"])
    #expect(
      found.credits == [
        TenantAccount.Credit(source: .creditNote(2), since: "2026-02-01", left: "40")
      ])
  }

  @Test func whatIsRecordedStaysWhenAnEarlierPaymentComesIn() throws {
    let rows = [row(1, "100"), row(2, "100", billOn: "2026-02-01")]
    let late = payment("S1", "150", on: "2026-01-10")
    let found = try allocated(
      rows, [payment("S2", "100", on: "2026-01-20"), late],
      recorded: [.init(source: .payment("S2"), chargeID: 1, amount: "100")])
    #expect(found == ["S1→2 100.00 2026-02-01 credit"])
  }

  @Test func whatIsTakenBackIsOpenAgain() throws {
    let recorded: [TenantAccount.Recorded] = [
      .init(source: .payment("S1"), chargeID: 1, amount: "100"),
      .init(source: .payment("S1"), chargeID: 1, amount: "-100"),
      .init(source: .other("write-off"), chargeID: 1, amount: "30"),
    ]
    #expect(
      try allocated([row(1, "100")], [payment("S1", "100", on: "2026-01-10")], recorded: recorded)
        == ["S1→1 70.00 2026-01-10 order"])
  }

  @Test func whatIsNotAboveZeroPaysNothing() throws {
    let account = TenantAccount(
      rows: [row(1, "100")], payments: [payment("S1", "-50", on: "2026-01-10")])
    let found = try account.allocations(asOf: "2026-12-31")
    #expect(found.allocations.isEmpty)
    #expect(found.credits.isEmpty)
  }

  @Test func aPaymentToACompanyPaysItsChargesOnly() throws {
    let rows = [
      row(1, "100") { $0.companyNo = "A" },
      row(2, "100", billOn: "2026-01-02") { $0.companyNo = "B" },
    ]
    let toB = payment("S1", "150", on: "2026-01-10") { $0.companyNo = "B" }
    let account = TenantAccount(rows: rows, payments: [toB])
    let found = try account.allocations(asOf: "2026-12-31")
    #expect(text(found.allocations) == ["S1→2 100.00 2026-01-10 order"])
    #expect(found.credits.map(\.left) == ["50"])
    #expect(
      try allocated(rows, [payment("S2", "150", on: "2026-01-10")]) == [
        "S2→1 100.00 2026-01-10 order", "S2→2 50.00 2026-01-10 order",
      ])
  }

  @Test func aCreditNoteStaysWithItsCompanyAndItsPot() throws {
    let rows = [
      row(1, "100") { $0.companyNo = "A" }, row(2, "100") { $0.isDeposit = true },
      row(3, "100", billOn: "2026-01-02"), row(4, "-250", billOn: "2026-01-03"),
      row(5, "-30", billOn: "2026-01-03") { $0.isDeposit = true },
    ]
    let found = try TenantAccount(rows: rows, payments: []).allocations(asOf: "2026-12-31")
    #expect(
      text(found.allocations) == [
        "N4→3 100.00 2026-01-03 credit_note", "N5→2 30.00 2026-01-03 credit_note",
      ])
    #expect(found.credits.map(\.left) == ["150"])
  }

  @Test func whatWasPrepaidIsUsedFirstOfItsDayAndWithinItsCompany() throws {
    let rows = [
      row(1, "100", billOn: "2026-01-05"), row(2, "100", billOn: "2026-01-06"),
      row(3, "100", billOn: "2026-01-05") { $0.companyNo = "A" },
    ]
    let account = TenantAccount(
      rows: rows, payments: [payment("S1", "80", on: "2026-01-01")],
      prepaid: [
        .init(id: 7, companyNo: "", since: "2026-01-01", amount: "60"),
        .init(id: 8, companyNo: "A", since: "2026-01-07", amount: "60"),
      ])
    #expect(
      text(try account.allocations(asOf: "2026-12-31").allocations) == [
        "B7→1 60.00 2026-01-05 credit", "S1→1 40.00 2026-01-05 credit",
        "S1→3 40.00 2026-01-05 credit", "B8→3 60.00 2026-01-07 credit",
      ])
  }

  @Test func aBillOfLateFeesIsNotPickedByItsAmount() throws {
    let rows = [row(1, "300"), row(2, "70", billOn: "2026-01-02") { $0.isLateFee = true }]
    #expect(
      try allocated(rows, [payment("S1", "70", on: "2026-01-10")])
        == ["S1→1 70.00 2026-01-10 order"])
  }

  @Test func nothingOfTheDayAfterIsSeen() throws {
    let rows = [row(1, "100", billOn: "2026-02-01")]
    #expect(
      try allocated(rows, [payment("S1", "100", on: "2026-01-10")], asOf: "2026-01-31") == [])
    #expect(
      try allocated(rows, [payment("S1", "100", on: "2026-02-10")], asOf: "2026-02-09") == [])
  }

  @Test func eachStepHasItsWords() {
    for step in Allocation.Step.allCases {
      #expect(!step.phrase.en.isEmpty && !step.phrase.zh.isEmpty)
    }
  }
}

/// Random accounts with the allocations that the reference in `Tests/Reference` finds.
struct TenantAccountTableTests {
  struct Case {
    var account: TenantAccount
    var asOf: CivilDate
    var allocations: [String]
    var credits: [String]

    init(_ object: [String: Any]) throws {
      func source(_ text: String) -> Allocation.Source {
        let name = String(text.dropFirst(2))
        return switch text.first {
        case "P": .payment(name)
        case "N": .creditNote(Int64(name) ?? -1)
        case "B": .prepaid(Int64(name) ?? -1)
        default: .other(name)
        }
      }
      func lists(_ value: Any?) -> [[Any]] { value as? [[Any]] ?? [] }
      func words(_ list: [Any]) -> String { list.map { "\($0)" }.joined(separator: " ") }
      func day(_ value: Any?) -> CivilDate { CivilDate(stringLiteral: value as? String ?? "") }
      func money(_ value: Any?) -> Money { Money(stringLiteral: value as? String ?? "") }
      account = TenantAccount(
        rows: lists(object["rows"]).map {
          TenantAccount.Row(
            id: Int64($0[0] as? Int ?? -1), billNo: $0[1] as? String ?? "",
            contractNo: $0[2] as? String ?? "",
            companyNo: $0.count > 9 ? $0[9] as? String ?? "" : "",
            isDeposit: $0.count > 10 && $0[10] as? Bool ?? false, priority: $0[3] as? Int ?? -1,
            isLateFee: $0[4] as? Bool ?? false, billOn: day($0[5]), dueOn: day($0[6]),
            amount: money($0[7]), adjusts: ($0[8] as? Int).map(Int64.init))
        },
        payments: (object["payments"] as? [[String: Any]] ?? []).map {
          TenantAccount.Payment(
            no: $0["no"] as? String ?? "", paidOn: day($0["paid_on"]), amount: money($0["amount"]),
            companyNo: $0["company_no"] as? String, contractNo: $0["contract_no"] as? String,
            billNo: $0["bill_no"] as? String,
            lines: lists($0["lines"]).map {
              TenantAccount.Payment.Line(billNo: $0[0] as? String ?? "", amount: money($0[1]))
            })
        },
        prepaid: lists(object["prepaid"]).map {
          TenantAccount.Prepaid(
            id: Int64($0[0] as? Int ?? -1), companyNo: $0[1] as? String ?? "", since: day($0[2]),
            amount: money($0[3]))
        },
        recorded: lists(object["recorded"]).map {
          TenantAccount.Recorded(
            source: source($0[0] as? String ?? ""), chargeID: Int64($0[1] as? Int ?? -1),
            amount: money($0[2]))
        },
        lateFeesLast: try #require(object["late_fees_last"] as? Bool))
      asOf = day(object["as_of"])
      let expected = object["expected"] as? [String: Any] ?? [:]
      allocations = lists(expected["allocations"]).map(words)
      credits = lists(expected["credits"]).map(words)
    }
  }

  static let cases = Result {
    let path = Repository.path("Tests/Fixtures/allocations.jsonl")
    return try objects(String(contentsOfFile: path, encoding: .utf8)).map(Case.init)
  }

  private func name(_ source: Allocation.Source) -> String {
    switch source {
    case .payment(let no): "P:\(no)"
    case .creditNote(let id): "N:\(id)"
    case .prepaid(let id): "B:\(id)"
    case .deposit(let id): "D:\(id)"
    case .other(let text): "O:\(text)"
    }
  }

  private func text(_ allocations: [Allocation]) -> [String] {
    allocations.map {
      "\(name($0.source)) \($0.chargeID) \($0.amount) \($0.effectiveOn) \($0.step.rawValue)"
    }
  }

  @Test func theAllocationsAreThoseOfTheReference() throws {
    let cases = try TenantAccountTableTests.cases.get()
    #expect(cases.count >= 500)
    for (index, one) in cases.enumerated() {
      let found = try one.account.allocations(asOf: one.asOf)
      #expect(text(found.allocations) == one.allocations, "line \(index + 1)")
      let credits = found.credits.map { "\(name($0.source)) \($0.since) \($0.left)" }
      #expect(credits == one.credits, "line \(index + 1)")
    }
  }

  @Test func nightByNightOrOnceTheSameIsAllocated() throws {
    for (index, one) in try TenantAccountTableTests.cases.get().enumerated() {
      let days =
        one.account.rows.map(\.billOn) + one.account.payments.map(\.paidOn)
        + one.account.prepaid.map(\.since)
      for step in [1, 9] {
        var nightly = one.account
        var found: [Allocation] = []
        var day = days.min() ?? one.asOf
        // What is recorded already may be of days to come: the first run takes all of them in.
        if !one.account.recorded.isEmpty { day = max(day, one.asOf) }
        while true {
          day = min(day, one.asOf)
          let new = try nightly.allocations(asOf: day).allocations
          found += new
          nightly.recorded += new.map(TenantAccount.Recorded.init)
          if day == one.asOf { break }
          day = day.adding(days: step)
        }
        #expect(text(found) == one.allocations, "line \(index + 1), every \(step) days")
        #expect(try nightly.allocations(asOf: one.asOf).allocations == [], "line \(index + 1)")
      }
    }
  }

  @Test func neverMoreThanTheMoneyNorTheCharge() throws {
    for (index, one) in try TenantAccountTableTests.cases.get().enumerated() {
      let outcome = try one.account.allocations(asOf: one.asOf)
      let all = one.account.recorded + outcome.allocations.map(TenantAccount.Recorded.init)
      for allocation in outcome.allocations { #expect(allocation.amount > .zero) }
      func sum(_ isAsked: (TenantAccount.Recorded) -> Bool) -> Int64 {
        all.filter(isAsked).reduce(0) { $0 + $1.amount.fen }
      }
      for row in one.account.rows where row.amount > .zero {
        let isTouched = outcome.allocations.contains { $0.chargeID == row.id }
        if isTouched { #expect(sum { $0.chargeID == row.id } <= row.amount.fen, "\(index + 1)") }
      }
      var money = outcome.credits.map { ($0.source, $0.left.fen) }
      for payment in one.account.payments where payment.amount > .zero {
        if payment.paidOn > one.asOf { continue }
        let source = Allocation.Source.payment(payment.no)
        let left = money.first { $0.0 == source }?.1 ?? 0
        #expect(sum { $0.source == source } + left == payment.amount.fen, "\(index + 1)")
        money.removeAll { $0.0 == source }
      }
      for row in one.account.rows where row.amount < .zero && row.billOn <= one.asOf {
        let source = Allocation.Source.creditNote(row.id)
        let left = money.first { $0.0 == source }?.1 ?? 0
        #expect(sum { $0.source == source } + left == -row.amount.fen, "\(index + 1)")
      }
      for prepaid in one.account.prepaid where prepaid.since <= one.asOf {
        let source = Allocation.Source.prepaid(prepaid.id)
        let left = money.first { $0.0 == source }?.1 ?? 0
        #expect(sum { $0.source == source } + left == prepaid.amount.fen, "\(index + 1)")
      }
      // Either nothing is left of the money, or nothing that is billed is open that it may pay.
      for credit in outcome.credits {
        for row in one.account.rows where row.amount > .zero && row.billOn <= one.asOf {
          guard one.account.mayPay(credit.source, row) else { continue }
          #expect(sum { $0.chargeID == row.id } >= row.amount.fen, "\(index + 1)")
        }
      }
      for allocation in outcome.allocations {
        let row = one.account.rows.first { $0.id == allocation.chargeID }
        #expect(row.map { one.account.mayPay(allocation.source, $0) } == true, "\(index + 1)")
      }
    }
  }
}

extension TenantAccount {
  /// Whether companies and pots let the money pay the row.
  fileprivate func mayPay(_ source: Allocation.Source, _ row: Row) -> Bool {
    switch source {
    case .payment(let no):
      return payments.contains { $0.no == no && ($0.companyNo ?? row.companyNo) == row.companyNo }
    case .creditNote(let id):
      return rows.contains {
        $0.id == id && $0.companyNo == row.companyNo && $0.isDeposit == row.isDeposit
      }
    case .prepaid(let id): return prepaid.contains { $0.id == id && $0.companyNo == row.companyNo }
    case .deposit, .other: return true
    }
  }
}
