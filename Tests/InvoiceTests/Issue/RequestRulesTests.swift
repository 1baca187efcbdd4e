import Shared
import TestSupport
import Testing

@testable import boms_invoice

/// A request that nothing is wrong with passes; each rule finds what breaks it.
struct RequestRulesTests {
  static let good: RequestDraft = {
    let amounts = Amounts(net: "100", tax: "9", amount: "109")
    return RequestDraft(
      seller: RequestDraft.Seller(companyNo: "CQ", taxpayerKind: .general),
      buyer: Buyer(
        name: "甲店", isPerson: false, taxNo: "91330106MACKX4QG41", kind: .special),
      tenantNo: "T1", business: .lease,
      lines: [
        RequestDraft.Line(
          item: "rent", itemName: "租金", taxCode: "3040502020400000000", taxRate: "0.09",
          measure: IssueCharge.Measure(quantity: "10.9", price: "10"), amounts: amounts,
          parts: [RequestDraft.Part(charge: 1, amounts: amounts)])
      ],
      leases: [
        RequestDraft.LeaseRow(
          unitNo: "U1", deedNo: "无", address: TaxAddress("浙江省杭州市西湖区文三路100号"),
          period: Period("2026-01-01", "2026-01-31"), isCrossCity: false, areaUnit: "㎡")
      ], remark: nil)
  }()

  private static func changed(_ change: (inout RequestDraft) -> Void) -> RequestDraft {
    var draft = good
    change(&draft)
    return draft
  }

  static let cases: [(rule: String, draft: RequestDraft)] = [
    ("request.number", changed { $0.seller.companyNo = "COMPANY-9" }),
    ("request.buyer-tax-no", changed { $0.buyer.taxNo = nil }),
    ("request.buyer-tax-no", changed { $0.buyer.taxNo = "91330106MACKX4QG42" }),
    ("request.special", changed { $0.lines[0].taxRate = .zero }),
    ("request.length", changed { $0.buyer.name = String(repeating: "长", count: 101) }),
    ("request.length", changed { $0.leases[0].deedNo = String(repeating: "1", count: 41) }),
    ("request.length", changed { $0.lines[0].itemName = String(repeating: "租", count: 101) }),
    (
      "request.length",
      changed {
        $0.leases[0].address = TaxAddress(
          "浙江省杭州市西湖区文三路" + String(repeating: "长", count: 110) + "1号")
      }
    ),
    ("request.tax-code", changed { $0.lines[0].taxCode = nil }),
    ("request.tax-code", changed { $0.lines[0].taxCode = "304050202040000000" }),
    ("request.tax-code-summary", changed { $0.lines[0].taxCode = "3040502020000000000" }),
    ("request.tax-rate", changed { $0.lines[0].taxRate = "0.07" }),
    ("request.tax-rate", changed { $0.lines[0].taxRate = .zero }),
    ("request.seller-rate", changed { $0.seller.taxpayerKind = .small }),
    ("request.seller-rate", changed { $0.lines[0].taxRate = "0.01" }),
    ("request.price", changed { $0.lines[0].measure?.price = "11" }),
    ("request.region", changed { $0.leases[0].address = TaxAddress("西湖区文三路100号") }),
    ("request.address", changed { $0.leases[0].address = TaxAddress("浙江省杭州市西湖区星河城") }),
    ("request.cross-city", changed { $0.leases[0].isCrossCity = nil }),
  ]

  @Test func aRequestThatIsRightPasses() {
    #expect(RequestRulesTests.good.findings(RequestSetting()) == [])
    #expect(RequestRulesTests.good.content != nil)
  }

  @Test(arguments: RequestRulesTests.cases.indices)
  func eachRuleFindsWhatBreaksIt(index: Int) {
    let (rule, draft) = RequestRulesTests.cases[index]
    let found = draft.findings(RequestSetting())
    #expect(found.contains { $0.rule == rule && $0.level == .error })
  }

  @Test func everyRuleHasACase() {
    let ids = RequestRule.all.map(\.id)
    #expect(Set(ids).count == ids.count)
    #expect(Set(RequestRulesTests.cases.map(\.rule)) == Set(ids))
  }

  @Test func aWrongNumberStopsNoOrdinaryInvoice() {
    let draft = RequestRulesTests.changed {
      $0.buyer.kind = .ordinary
      $0.buyer.taxNo = "91330106MACKX4QG42"
    }
    #expect(draft.findings(RequestSetting()).map(\.level) == [.warning])
  }

  @Test func aCodeOfTheRegistersMakesItsOwnSummaryKnown() {
    let draft = RequestRulesTests.changed { $0.lines[0].taxCode = "3070100000000000000" }
    #expect(draft.findings(RequestSetting()) == [])
    let known = RequestSetting(taxCodes: ["3070101000000000000"])
    #expect(draft.findings(known).map(\.rule) == ["request.tax-code-summary"])
  }
}
