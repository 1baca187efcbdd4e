import TestSupport
import Testing

@testable import Shared

/// Late fees and what is paid, each by the other.
struct LateFeeForesightTests {
  /// 1‰ a day of everything, from the day after the due day.
  private func contract(
    _ recorded: [RecordedCharge], no: String = "C1"
  ) -> LateFeeForesight.Contract {
    var rules = LateFeeRules()
    rules.add(LateFeeRules.Rule(fromOn: "2020-01-01", ratePermille: "1"), for: "*")
    return LateFeeForesight.Contract(
      contractNo: no,
      billing: LateFeeBilling(rules: rules, deposits: [], billingFrom: nil),
      recorded: recorded, courses: [:])
  }

  private func charge(_ id: Int64, _ amount: Money, due: CivilDate) -> RecordedCharge {
    RecordedCharge(
      id: id, line: 1, item: "rent", kind: .base, companyNo: "CQ", source: "L\(id)",
      period: Period(due, due), dueOn: due, taxRate: "0", taxCode: nil,
      amounts: Amounts(net: amount, tax: "0", amount: amount))
  }

  private func row(_ charge: RecordedCharge, of contractNo: String = "C1") -> TenantAccount.Row {
    TenantAccount.Row(
      id: charge.id, billNo: "CQ-\(charge.id)", contractNo: contractNo, companyNo: "CQ",
      billOn: charge.dueOn, dueOn: charge.dueOn, amount: charge.amounts.amount)
  }

  private func payment(
    _ no: String, _ amount: Money, _ day: CivilDate, contract: String? = nil
  ) -> TenantAccount.Payment {
    TenantAccount.Payment(no: no, paidOn: day, amount: amount, contractNo: contract)
  }

  private func settled(
    _ charges: [RecordedCharge], _ payments: [TenantAccount.Payment], asOf: CivilDate
  ) throws -> [String] {
    let account = TenantAccount(rows: charges.map { row($0) }, payments: payments)
    let settled = try LateFeeForesight(account, [contract(charges)]).settlements(asOf: asOf)
    // Those of the charges; fees have none of their own.
    return charges.flatMap { charge in
      (settled[charge.id] ?? []).map { "\(charge.id) \($0.amount) \($0.effectiveOn)" }
    }
  }

  @Test func whatIsPaidInTimeIsSettledAsIfItWereRecorded() throws {
    #expect(
      try settled(
        [charge(1, "1000", due: "2026-01-05")], [payment("P", "1000", "2026-01-05")],
        asOf: "2026-02-28") == ["1 1000.00 2026-01-05"])
  }

  @Test func aFeeTakesWhatWouldHavePaidTheNextCharge() throws {
    // 26 days of 1.00 in January, 10 in February on the day of payment: what is over the 1,000.00
    // pays 36.00 of fees, and 14.00 of the next charge.
    #expect(
      try settled(
        [charge(1, "1000", due: "2026-01-05"), charge(2, "500", due: "2026-03-05")],
        [payment("P", "1050", "2026-02-10")], asOf: "2026-03-31")
        == ["1 1000.00 2026-02-10", "2 14.00 2026-03-05"])
  }

  @Test func feesOfSeveralMonthsFollowFromEachOther() throws {
    // Each payment is 20.00 over its charge and pays fees; what is left then pays the next charge
    // before its day, so that it bears less.
    let charges = [
      charge(1, "1000", due: "2026-01-05"), charge(2, "1000", due: "2026-02-05"),
      charge(3, "1000", due: "2026-03-05"),
    ]
    let payments = [
      payment("P1", "1020", "2026-01-15"), payment("P2", "1020", "2026-02-15"),
      payment("P3", "1020", "2026-03-15"),
    ]
    // P1 leaves 10.00 after 10.00 of fees. Charge 2 begins with 990.00 open: 9.90 in 10 days. P2
    // leaves 1,020.00 − 990.00 − 9.90 = 20.10, and so on.
    #expect(
      try settled(charges, payments, asOf: "2026-03-31") == [
        "1 1000.00 2026-01-15", "2 10.00 2026-02-05", "2 990.00 2026-02-15",
        "3 20.10 2026-03-05", "3 979.90 2026-03-15",
      ])
  }

  @Test func aPaymentThatNamesItsContractPaysItsFeesBeforeOthersCharges() throws {
    let (mine, other) = (
      charge(1, "1000", due: "2026-01-05"), charge(2, "1000", due: "2026-01-08")
    )
    let account = TenantAccount(
      rows: [row(mine), row(other, of: "C2")],
      payments: [payment("P", "1100", "2026-01-15", contract: "C1")])
    let settled = try LateFeeForesight(account, [contract([mine]), contract([other], no: "C2")])
      .settlements(asOf: "2026-01-31")
    #expect(settled[1]?.map(\.amount) == ["1000"])
    // 10.00 of fees on the first come before.
    #expect(settled[2]?.map(\.amount) == ["90"])
  }

  @Test func whatACreditNoteGivesToOthersIsMissingAtItsOwnCharge() throws {
    let (first, second) = (
      charge(1, "1000", due: "2026-01-05"), charge(2, "1000", due: "2026-01-10")
    )
    var account = TenantAccount(rows: [row(first), row(second)], payments: [])
    account.recorded = [.init(source: .payment("P"), chargeID: 1, amount: "1000")]
    account.rows.append(
      TenantAccount.Row(
        id: 3, billNo: "CQ-3", contractNo: "C1", companyNo: "CQ", billOn: "2026-01-20",
        dueOn: "2026-01-20", amount: "-300", adjusts: 1))
    var adjusted = first
    adjusted.rows.append(LateFee.Demand("-300", dueOn: "2026-01-20"))
    let settled = try LateFeeForesight(account, [contract([adjusted, second])])
      .settlements(asOf: "2026-01-31")
    #expect(settled[1]?.map(\.amount) == ["-300"])
    #expect(settled[2]?.map(\.amount) == ["300"])
  }

  @Test func onlyWhatIsOverdueAndOpenMatters() throws {
    let charge = charge(1, "1000", due: "2026-01-05")
    var account = TenantAccount(rows: [row(charge)], payments: [])
    #expect(try !account.isOverdue(on: "2026-01-05"))
    #expect(try account.isOverdue(on: "2026-01-06"))
    account.recorded = [.init(source: .payment("P"), chargeID: 1, amount: "1000")]
    #expect(try !account.isOverdue(on: "2026-01-06"))
  }
}
