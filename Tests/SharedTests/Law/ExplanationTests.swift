import Shared
import TestSupport
import Testing

struct ExplanationTests {
  private func sentences(_ lease: Lease) throws -> (en: String, zh: String) {
    let charge = try #require(try lease.charges().first)
    return (Explanation.text(charge, .en), Explanation.text(charge, .zh))
  }

  @Test func anAmountIsSaidAsAnAccountantWould() throws {
    let lease = lease(
      "2026-09-01", "2026-09-30", area: "120.5",
      term {
        $0.method = .area
        $0.price = "5.5"
        $0.per = .day
      })
    let (en, zh) = try sentences(lease)
    #expect(zh == "120.50 m² × 5.50 元/m²/日 × 30 日 = 19,882.50")
    #expect(en == "120.50 m² × 5.50 CNY/m²/day × 30 days = 19,882.50")
  }

  @Test(arguments: [
    (LeaseTerm.Proration.actual, "3,000.00 元/月 × 17/31 月 = 1,645.16"),
    (.d30, "3,000.00 元/月 × 17/30 月 = 1,700.00"),
    (.d365, "3,000.00 元/月 × 12 × 17/365 月 = 1,676.71"),
    (.whole, "3,000.00 元/月 × 1 月 = 3,000.00"),
  ])
  func theShareOfAMonthIsShown(_ proration: LeaseTerm.Proration, _ sentence: String) throws {
    let lease = lease("2026-01-15", "2026-01-31", term { $0.proration = proration })
    #expect(try sentences(lease).zh == sentence)
  }

  @Test(arguments: [
    (LeaseTerm.Per.quarter, "3,000.00 元/季 × 1 月 ÷ 3 = 1,000.00"),
    (.halfYear, "3,000.00 元/半年 × 1 月 ÷ 6 = 500.00"),
    (.year, "3,000.00 元/年 × 1 月 ÷ 12 = 250.00"),
  ])
  func aPriceOfMoreMonthsIsDivided(_ per: LeaseTerm.Per, _ sentence: String) throws {
    #expect(try sentences(lease("2026-01-01", "2026-01-31", term { $0.per = per })).zh == sentence)
  }

  @Test func severalSegmentsStandWithTheirDays() throws {
    let lease = lease("2026-01-01", "2026-01-31").with {
      $0.rentFree = [
        RentFree(item: "rent", days: Period("2026-01-11", "2026-01-31"), percent: "33.33")
      ]
    }
    let (en, zh) = try sentences(lease)
    #expect(
      zh == "[2026-01-01…2026-01-10] 3,000.00 元/月 × 10/31 月 + "
        + "[2026-01-11…2026-01-31] 3,000.00 元/月 × 21/31 月 × (1 − 33.33%) = 2,322.65")
    #expect(en.hasSuffix("× 21/31 month × (1 − 33.33%) = 2,322.65"))
  }

  @Test func taxOnTopIsShown() throws {
    let lease = lease(
      "2026-01-01", "2026-01-31",
      term {
        $0.taxRate = "0.06"
        $0.taxIncluded = false
      })
    let (en, zh) = try sentences(lease)
    #expect(zh == "3,000.00 元/月 × 1 月 = 3,000.00，加税 6% 180.00 = 3,180.00")
    #expect(en == "3,000.00 CNY/month × 1 month = 3,000.00, plus 6% tax 180.00 = 3,180.00")
  }

  @Test func oneOffAndOpeningAmountsAreNamed() throws {
    let once = term {
      $0.method = .once
      $0.per = nil
      $0.on = "2026-01-05"
    }
    #expect(try sentences(lease("2026-01-01", "2026-01-31", once)).zh == "3,000.00 元 = 3,000.00")
    let opening = lease("2026-01-01", "2026-01-31").with {
      $0.terms = []
      $0.openings = [OpeningReceivable(item: "rent", dueOn: "2025-11-05", amount: "109.00")]
    }
    #expect(try sentences(opening).zh == "期初应收 = 109.00")
    #expect(try sentences(opening).en == "opening receivable = 109.00")
  }

  @Test func aFreeDayOfAWholeMonthIsShown() throws {
    let lease = lease("2026-01-01", "2026-01-31", term { $0.proration = .whole }).with {
      $0.rentFree = [RentFree(item: "rent", days: Period("2026-01-01", "2026-01-10"))]
    }
    #expect(try sentences(lease).zh == "3,000.00 元/月 × (1 − 10/31) 月 = 2,032.26")
  }

  @Test func billNumbersHaveSixDigitsAndMore() {
    let month = CivilMonth(year: 2026, month: 9)
    #expect(BillNumber.text(companyNo: "CQ", month: month, serial: 1) == "CQ-202609-000001")
    #expect(BillNumber.text(companyNo: "CQ", month: month, serial: 999_999) == "CQ-202609-999999")
    #expect(
      BillNumber.text(companyNo: "CQ", month: CivilMonth(year: 2026, month: 12), serial: 1_234_567)
        == "CQ-202612-1234567")
  }
}
