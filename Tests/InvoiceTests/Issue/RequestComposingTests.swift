import Shared
import TestSupport
import Testing

@testable import boms_invoice

/// Which charges go on one invoice, and as which lines.
struct RequestComposingTests {
  private func charge(
    _ id: Int64, bill: String, _ code: String, item: String = "rent", _ gross: Money
  ) throws -> IssueCharge {
    let worth = try Amounts(gross: gross, rate: "0.09")
    return IssueCharge(
      id: id, billNo: bill, month: CivilMonth(year: 2026, month: 1), contractNo: "C1",
      tenantNo: "T1", companyNo: "A", item: item, itemName: item, line: 1,
      period: Period("2026-01-01", "2026-01-31"), taxRate: "0.09", taxCode: code, worth: worth,
      wanted: worth)
  }

  private static let shop = "3040502020400000000"
  private static let service = "3040801010000000000"

  private func composing(
    _ charges: [IssueCharge], by grouping: RequestComposing.Grouping = .bill,
    merges: Bool = false
  ) -> RequestComposing {
    RequestComposing(
      grouping: grouping, merges: merges,
      charges: Dictionary(uniqueKeysWithValues: charges.map { ($0.id, $0) }))
  }

  private func groups(_ composing: RequestComposing) -> [[[Int64]]] {
    let parts = composing.charges.values.sorted { $0.id < $1.id }.map {
      IssuePlan.BluePart(charge: $0.id, amounts: $0.worth)
    }
    return composing.groups(parts).map { $0.map { $0.map(\.charge) } }
  }

  @Test func leasesStandAlone() throws {
    let charges = try [
      charge(1, bill: "B1", Self.shop, "100"), charge(2, bill: "B1", Self.service, "50"),
      charge(3, bill: "B1", TaxCode.parking, "20"), charge(4, bill: "B2", Self.shop, "100"),
    ]
    #expect(groups(composing(charges)) == [[[1]], [[2]], [[3]], [[4]]])
    #expect(groups(composing(charges, by: .tenant)) == [[[1], [4]], [[2]], [[3]]])
    #expect(groups(composing(charges, by: .tenant, merges: true)) == [[[1, 4]], [[2]], [[3]]])
  }

  @Test func moreLinesThanAFileTakesAreSeveralRequests() throws {
    let charges = try (1...2001).map {
      try charge($0, bill: "B1", Self.service, "1")
    }
    #expect(groups(composing(charges)).map(\.count) == [2000, 1])
  }

  @Test func aMergedLineKeepsTheGrossAndSaysByHowMuchTheTaxDiffers() throws {
    let charges = try (1...3).map { try charge($0, bill: "B1", Self.service, "0.06") }
    let composing = composing(charges, merges: true)
    let facts = RequestComposing.Facts(
      seller: RequestDraft.Seller(companyNo: "A", taxpayerKind: .general),
      buyer: RequestRulesTests.good.buyer, leases: [:])
    let parts = charges.map { RequestDraft.Part(charge: $0.id, amounts: $0.worth) }
    let draft = try composing.draft([parts], facts)
    #expect(draft.lines.map(\.amounts) == [Amounts(net: "0.17", tax: "0.01", amount: "0.18")])
    #expect(charges.map(\.worth.tax) == ["0", "0", "0"])
    #expect(try draft.taxDifference() == "0.01")
  }

  @Test(
    arguments: [
      ("0.05", RequestDraft.TaxpayerKind.general, "按5%简易征收"), ("0.03", .general, "按3%简易征收"),
      ("0.09", .general, nil), ("0.05", .small, nil), ("0.03", nil, nil),
    ] as [(Fixed, RequestDraft.TaxpayerKind?, String?)])
  func aGeneralTaxpayerNamesTheSimplifiedMethod(
    rate: Fixed, kind: RequestDraft.TaxpayerKind?, policy: String?
  ) {
    #expect(RequestComposing.policy(rate: rate, kind) == policy)
  }

  @Test func aUnitHasOneRowFromItsFirstDayToItsLast() throws {
    let charges = try [
      charge(1, bill: "B1", Self.shop, "100"), charge(2, bill: "B1", Self.shop, "50"),
    ]
    var later = RequestRulesTests.good.leases[0]
    later.period = Period("2026-02-01", "2026-02-28")
    let facts = RequestComposing.Facts(
      seller: RequestDraft.Seller(companyNo: "A"), buyer: RequestRulesTests.good.buyer,
      leases: [1: RequestRulesTests.good.leases, 2: [later]])
    let parts = charges.map { [RequestDraft.Part(charge: $0.id, amounts: $0.worth)] }
    let draft = try composing(charges).draft(parts, facts)
    #expect(draft.leases.map(\.period) == [Period("2026-01-01", "2026-02-28")])
  }

  @Test func aNumberHasTwentyCharactersAtMost() throws {
    let month = CivilMonth(year: 2026, month: 11)
    #expect(
      try RequestNumber.text(companyNo: "CQ", month: month, serial: 7) == "CQ-KP2611-0007")
    #expect(RequestNumber.fits(companyNo: "COMPANY8"))
    #expect(throws: ValueError.self) {
      try RequestNumber.text(companyNo: "COMPANY8", month: month, serial: 10_000)
    }
  }
}
