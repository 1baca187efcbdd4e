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

  // MARK: What arises from facts

  private func turnover(_ change: (inout Lease) -> Void = { _ in }) throws -> Lease {
    lease(
      "2026-01-01", "2026-01-31",
      term {
        $0.method = .turnover
        $0.percent = "8"
      }
    ).with {
      $0.turnovers = [
        TurnoverReport(line: 1, month: CivilMonth(year: 2026, month: 1), amount: "250000")
      ]
      change(&$0)
    }
  }

  private func last(_ lease: Lease) throws -> (en: String, zh: String) {
    let charge = try #require(try lease.charges().last)
    return (Explanation.text(charge, .en), Explanation.text(charge, .zh))
  }

  @Test func turnoverIsSaidWithItsGuarantee() throws {
    let (en, zh) = try last(turnover())
    #expect(zh == "营业额 250,000.00 × 8% − 保底 3,000.00 = 17,000.00")
    #expect(en == "turnover 250,000.00 × 8% − guarantee 3,000.00 = 17,000.00")
    #expect(
      try last(turnover { $0.terms[0].price = nil }).zh == "营业额 250,000.00 × 8% = 20,000.00")
  }

  @Test func tiersAndChargedDaysAreSaid() throws {
    let lease = try turnover {
      $0.turnoverTiers = [
        TurnoverTier(line: 1, fromOn: "2026-01-01", salesFrom: .zero, percent: "8"),
        TurnoverTier(line: 1, fromOn: "2026-01-01", salesFrom: "200000", percent: "10.5"),
      ]
      $0.rentFree = [RentFree(item: "rent", days: Period("2026-01-01", "2026-01-10"))]
    }
    let (en, zh) = try last(lease)
    #expect(
      zh == "营业额 (200,000.00 × 8% + 50,000.00 × 10.5%) × 21/31 日 − 保底 2,032.26 = 12,362.90")
    #expect(
      en == "turnover (200,000.00 × 8% + 50,000.00 × 10.5%) × 21/31 days − guarantee 2,032.26"
        + " = 12,362.90")
    let part = try last(lease.with { $0.rentFree[0].percent = "25" })
    #expect(part.zh.contains("× 28.5/31 日 − 保底 2,758.06"))
  }

  @Test func aLeaseYearIsSaid() throws {
    let months = (1...12).map { CivilMonth(year: 2026, month: $0) }
    let lease = lease(
      "2026-01-01", "2026-12-31",
      term {
        $0.method = .turnover
        $0.percent = "8"
        $0.settlesYear = true
      }
    ).with {
      $0.turnovers = months.map {
        TurnoverReport(line: 1, month: $0, amount: $0.month == 1 ? "100000" : "20000")
      }
    }
    let charge = try #require(try lease.charges().first { $0.source == "Y1" })
    #expect(
      Explanation.text(charge, .zh)
        == "年度取高：保底 36,000.00 与提成 25,600.00 取高 − 已计 41,000.00 = -5,000.00")
    #expect(
      Explanation.text(charge, .en)
        == "lease year: the larger of guarantee 36,000.00 and turnover rent 25,600.00"
        + " − 41,000.00 charged = -5,000.00")
  }

  private func metered(
    _ values: [(MeterRegister, Fixed)], _ change: (inout Lease) -> Void
  ) throws -> (en: String, zh: String) {
    let term = term {
      $0.method = .metered
      $0.price = nil
      $0.per = nil
    }
    return try sentences(
      lease("2026-01-01", "2026-12-31", term).with {
        for (register, value) in values {
          $0.installs.append(
            MeterInstall(
              meterNo: "E1", register: register, line: 1, multiplier: "1", digits: 6,
              tariffNo: "D1", fromOn: "2026-01-01", openReading: "931.6"))
          $0.readings.append(
            MeterReading(
              meterNo: "E1", register: register, readOn: "2026-01-31", value: value))
        }
        change(&$0)
      })
  }

  @Test func usageIsSaidWithItsReadingsAndMultiplier() throws {
    let price = TariffBand(fromOn: "2026-01-01", price: "1.12")
    let plain = try metered([(.total, "1579.3")]) { $0.tariffs.add(price, to: "D1") }
    #expect(plain.zh == "E1 (1,579.3 − 931.6) × 1.12 元 = 725.42")
    #expect(plain.en == "E1 (1,579.3 − 931.6) × 1.12 CNY = 725.42")
    let sixty = try metered([(.total, "1579.3")]) {
      $0.tariffs.add(price, to: "D1")
      $0.installs[0].multiplier = "60"
    }
    #expect(sixty.zh == "E1 (1,579.3 − 931.6) × 60 = 38,862 × 1.12 元 = 43,525.44")
    let over = try metered([(.total, "10")]) {
      $0.tariffs.add(price, to: "D1")
      $0.installs[0].openReading = "999900"
    }
    #expect(over.zh == "E1 (10 − 999,900，翻转) = 110 × 1.12 元 = 123.20")
    #expect(over.en == "E1 (10 − 999,900, rolled over) = 110 × 1.12 CNY = 123.20")
  }

  @Test func tiersAndRegistersOfAMeterAreSaid() throws {
    let tiers = try metered([(.total, "1131.6")]) {
      $0.tariffs.add(TariffBand(fromOn: "2026-01-01", price: "1"), to: "D1")
      $0.tariffs.add(TariffBand(fromOn: "2026-01-01", tierFrom: "120", price: "1.5"), to: "D1")
    }
    #expect(tiers.zh == "E1 (1,131.6 − 931.6) = 120 × 1.00 元 + 80 × 1.50 元 = 240.00")
    let registers = try metered([(.total, "1000"), (.peak, "941.6"), (.valley, "951.6")]) {
      $0.tariffs.add(TariffBand(fromOn: "2026-01-01", register: .peak, price: "1.5"), to: "D1")
      $0.tariffs.add(TariffBand(fromOn: "2026-01-01", register: .valley, price: "0.5"), to: "D1")
    }
    #expect(
      registers.zh == "E1 (1,000 − 931.6)（不计价） + 峰 (941.6 − 931.6) × 1.50 元"
        + " + 谷 (951.6 − 931.6) × 0.50 元 = 25.00")
    #expect(
      registers.en == "E1 (1,000 − 931.6) (not priced) + peak (941.6 − 931.6) × 1.50 CNY"
        + " + valley (951.6 − 931.6) × 0.50 CNY = 25.00")
  }

  @Test func aShareIsSaidWithItsWeights() throws {
    let lease = lease(
      "2026-01-01", "2026-12-31",
      term {
        $0.method = .share
        $0.price = nil
        $0.per = nil
      }
    ).with {
      $0.shares = [
        CostShare(
          poolNo: "G1", month: CivilMonth(year: 2026, month: 1), line: 1, poolAmount: "18642.37",
          basis: .area, weight: 3_100_000_000, totalWeight: 13_965_500_000, amount: "4138.15")
      ]
    }
    let (en, zh) = try sentences(lease)
    #expect(zh == "公摊 G1 18,642.37 × 3,100.00 m²·日 / 13,965.50 m²·日 = 4,138.15")
    #expect(en == "pool G1 18,642.37 × 3,100.00 m²·days / 13,965.50 m²·days = 4,138.15")
    let equal = lease.with {
      $0.shares[0].basis = .equal
      $0.shares[0].weight = 1
      $0.shares[0].totalWeight = 3
    }
    #expect(try sentences(equal).zh == "公摊 G1 18,642.37 × 1 / 3 = 4,138.15")
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
