import Shared
import TestSupport
import Testing

/// What a contract earns month by month: tables made by hand.
struct RevenueRecognitionTests {
  /// A contract that is accrued, and what is booked of it.
  private final class Books {
    var lease: Lease
    var from: CivilDate?
    var charges: [RecordedCharge] = []
    var openings: [RevenueRecognition.Opening] = []
    var kinds: [String: RevenueRecognition.Kind] = ["rent": .lease, "mgmt": .service]
    var recorded: [RevenueRecognition.Recorded] = []
    /// The first open day.
    var openFrom: CivilDate?

    init(_ lease: Lease) { self.lease = lease }

    private var revenue: RevenueRecognition {
      get throws {
        try RevenueRecognition(
          Billing(lease, taxes: TaxTable(), billingFrom: from), recorded: charges, kinds: kinds,
          openings: openings)
      }
    }

    /// Books what is missing through a month: `2026-01 3000.00 -250.00` for each row, a revision
    /// with `#1`, another item and basis by name, and at the end what the old books billed of it.
    @discardableResult
    func accrue(_ month: String) throws -> [String] {
      try rows(month).map { row in
        recorded.append(
          .init(
            group: row.group, month: row.month, revision: row.revision,
            earned: row.missing.earned, straight: row.missing.straight,
            brought: row.missing.brought))
        let revision = row.revision > 0 ? "#\(row.revision)" : ""
        let group = row.group.item == "rent" && row.group.basis == .time ? "" : " \(row.group.item)"
        let brought = row.missing.brought == .zero ? "" : " brought \(row.missing.brought)"
        return "\(row.month)\(revision)\(group) \(row.missing.earned) \(row.missing.straight)"
          + brought
      }
    }

    func rows(_ month: String) throws -> [Accrual] {
      try revenue.accruals(
        through: try #require(CivilMonth(iso: month)), recorded: recorded,
        firstOpen: { _ in self.openFrom })
    }

    /// The sum of all differences, that of the start included.
    var difference: Money {
      get throws {
        try recorded.map(\.straight).reduce(openings.map(\.difference).reduce(.zero, +), +)
      }
    }
  }

  private let mgmt = term {
    $0.line = 2
    $0.item = "mgmt"
    $0.price = "900"
  }

  // MARK: Services

  @Test func aServiceIsEarnedByTheDaysOfItsCharges() throws {
    let quarterly = term {
      $0.item = "mgmt"
      $0.price = "100"
      $0.cycleMonths = 3
      $0.taxRate = "0.06"
    }
    let books = Books(lease("2026-01-01", "2026-06-30", quarterly))
    // 300 ÷ 1.06 = 283.02 in 90 days: through January 97.48, through February 185.54.
    #expect(
      try books.accrue("2026-03") == [
        "2026-01 mgmt 97.48 0.00", "2026-02 mgmt 88.06 0.00", "2026-03 mgmt 97.48 0.00",
      ])
    #expect(try books.accrue("2026-03") == [])
    #expect(try books.accrue("2026-02") == [])
  }

  @Test func arrearsAreEarnedBeforeTheyAreBilled() throws {
    var late = mgmt
    late.timing = .arrears
    late.cycleMonths = 12
    let books = Books(lease("2026-01-01", "2026-12-31", late))
    // 10,800 × 31/365.
    #expect(try books.accrue("2026-01") == ["2026-01 mgmt 917.26 0.00"])
  }

  @Test func factsAreEarnedAsTheyAreRecorded() throws {
    let books = Books(lease("2026-01-01", "2026-12-31", mgmt))
    books.kinds["power"] = .service
    try books.accrue("2026-01")
    func fact(_ kind: ChargeKind, _ item: String, _ from: CivilDate, _ to: CivilDate, _ net: Money)
      -> RecordedCharge
    {
      RecordedCharge(
        id: 1, line: 3, item: item, kind: kind, companyNo: "CQ", source: "ME1",
        period: Period(from, to), dueOn: to, taxRate: .zero, taxCode: nil,
        amounts: Amounts(net: net, tax: .zero, amount: net))
    }
    books.charges = [fact(.metered, "power", "2026-01-21", "2026-02-20", "310")]
    // January is open and asked for again: eleven days of it.
    #expect(try books.accrue("2026-01") == ["2026-01 power 110.00 0.00"])
    #expect(
      try books.accrue("2026-02") == ["2026-02 mgmt 900.00 0.00", "2026-02 power 200.00 0.00"])
    // The reading is corrected when January and February are closed: the next month takes it in.
    books.charges[0].amounts.net = "250"
    books.openFrom = "2026-03-01"
    #expect(try books.accrue("2026-02") == [])
    #expect(
      try books.accrue("2026-03") == ["2026-03 mgmt 900.00 0.00", "2026-03 power -60.00 0.00"])
    // Rent of a turnover is earned on the last of its days, and never spread.
    books.charges.append(fact(.turnover, "rent", "2025-05-15", "2026-04-14", "120"))
    #expect(
      try books.accrue("2026-04") == ["2026-04 mgmt 900.00 0.00", "2026-04 rent 120.00 0.00"])
  }

  @Test func itemsThatAreNoRevenueHaveNone() throws {
    let books = Books(lease("2026-01-01", "2026-12-31"))
    books.kinds = [:]
    books.charges = [
      recorded(try #require(lease("2026-01-01", "2026-12-31").charges().first))
    ]
    #expect(try books.accrue("2026-12") == [])
    books.kinds = ["rent": .lease]
    books.lease.isSigned = false
    #expect(try books.accrue("2026-12") == [])
  }

  // MARK: Rent

  @Test func threeYearsWithThreeMonthsFreeAndFivePercentAYear() throws {
    let rent = term {
      $0.price = "10000"
      $0.escalatePercent = "5"
      $0.escalateMonths = 12
    }
    let books = Books(
      lease("2026-01-01", "2028-12-31", rent).with {
        $0.rentFree = [RentFree(item: "rent", days: Period("2026-01-01", "2026-03-31"))]
      })
    // 9 × 10,000 + 12 × 10,500 + 12 × 11,025 = 348,300 ÷ 36 = 9,675 a month.
    #expect(
      try books.accrue("2026-04") == [
        "2026-01 0.00 9675.00", "2026-02 0.00 9675.00", "2026-03 0.00 9675.00",
        "2026-04 10000.00 -325.00",
      ])
    let row = try #require(try books.rows("2026-05").first)
    #expect(
      try row.explanation(.zh)
        == "租金净额合计 348,300.00 − 已确认 38,700.00 = 309,600.00 ÷ 32 个月 = 9,675.00/月；"
        + "合同应计 10,000.00，直线法差额 -325.00")
    try books.accrue("2028-12")
    #expect(books.recorded.count == 36)
    #expect(books.recorded[12].straight == "-825")
    #expect(books.recorded[35].straight == "-1350")
    #expect(try books.difference == .zero)
    #expect(try books.accrue("2029-06") == [])
  }

  @Test func aLeaseThatBeginsWithinAMonth() throws {
    let books = Books(
      lease(
        "2026-01-15", "2026-03-14",
        term {
          $0.anchor = .start; $0.price = "3100"
        }))
    // 17/31 + 1 + 14/31 = 2 months of 3,100. The charges are by anniversary months: 17/31, 14/31
    // and 14/28, 14/28 and so on.
    #expect(
      try books.accrue("2026-03") == [
        "2026-01 1700.00 0.00", "2026-02 2950.00 150.00", "2026-03 1550.00 -150.00",
      ])
    #expect(
      try books.accrue("2026-04") == [])
  }

  @Test func incomeBeginsWhenThePremisesAreHandedOver() throws {
    let books = Books(lease("2026-02-01", "2026-12-31").with { $0.handoverOn = "2026-01-01" })
    // 33,000 ÷ 12 = 2,750 a month.
    #expect(
      try books.accrue("2026-02") == ["2026-01 0.00 2750.00", "2026-02 3000.00 -250.00"])
    let late = Books(lease("2026-01-01", "2026-12-31").with { $0.handoverOn = "2026-02-01" })
    // 36,000 ÷ 11 = 3,272.73 a month from February; January's 3,000 is charged and not earned.
    #expect(
      try late.accrue("2026-02") == ["2026-01 3000.00 -3000.00", "2026-02 3000.00 272.73"])
    try late.accrue("2026-12")
    #expect(try late.difference == .zero)
  }

  @Test func quarterlyInAdvanceIsEarnedByDays() throws {
    let books = Books(lease("2026-01-01", "2026-12-31", term { $0.cycleMonths = 3 }))
    // 9,000 × 31/90 and so on; in equal months 3,000.
    #expect(
      try books.accrue("2026-03") == [
        "2026-01 3100.00 -100.00", "2026-02 2800.00 200.00", "2026-03 3100.00 -100.00",
      ])
    #expect(try books.difference == .zero)
  }

  @Test func oneOffRentIsSpreadToo() throws {
    let entry = term {
      $0.line = 2
      $0.method = .once
      $0.price = "1200"
      $0.on = "2026-01-10"
    }
    let books = Books(lease("2026-01-01", "2026-12-31", term(), entry))
    #expect(
      try books.accrue("2026-02") == ["2026-01 4200.00 -1100.00", "2026-02 3000.00 100.00"])
  }

  @Test func theGuaranteeIsSpreadAndTheExcessIsNot() throws {
    let turnover = term {
      $0.method = .turnover
      $0.percent = "8"
    }
    let books = Books(
      lease("2026-01-01", "2026-12-31", turnover).with {
        $0.rentFree = [RentFree(item: "*", days: Period("2026-01-01", "2026-01-31"))]
      })
    #expect(
      try books.accrue("2026-02") == ["2026-01 0.00 2750.00", "2026-02 3000.00 -250.00"])
  }

  @Test func rentThatBeginsLaterIsOfItsOwnTime() throws {
    let storage = term {
      $0.line = 2
      $0.item = "storage"
      $0.price = "600"
      $0.fromOn = "2026-07-01"
    }
    let books = Books(lease("2026-01-01", "2026-12-31", term { $0.fromOn = "2026-03-01" }, storage))
    books.kinds["storage"] = .lease
    // The months before any rent are free time; the storage has none before July.
    #expect(try books.accrue("2026-01") == ["2026-01 0.00 2500.00"])
    #expect(try books.accrue("2026-07").last == "2026-07 storage 600.00 0.00")
  }

  // MARK: Modifications

  @Test func amendedMidWayItIsANewLeaseThatTakesTheBalanceIn() throws {
    let books = Books(
      lease("2026-01-01", "2027-12-31").with {
        $0.rentFree = [RentFree(item: "rent", days: Period("2026-01-01", "2026-02-28"))]
      })
    try books.accrue("2026-12")
    // 22 × 3,000 ÷ 24 = 2,750: after twelve months 3,000 more than was charged.
    #expect(try books.difference == "3000")
    books.lease.priceSteps = [PriceStep(line: 1, fromOn: "2027-01-01", price: "2400")]
    // 12 × 2,400 − 3,000 = 25,800 ÷ 12 = 2,150.
    let row = try #require(try books.rows("2027-01").first)
    #expect(
      try row.explanation(.zh)
        == "租金净额合计 58,800.00 − 已确认 33,000.00 = 25,800.00 ÷ 12 个月 = 2,150.00/月；"
        + "合同应计 2,400.00，直线法差额 -250.00")
    try books.accrue("2027-12")
    #expect(books.recorded.suffix(12).allSatisfy { $0.straight == "-250" })
    #expect(try books.difference == .zero)
  }

  @Test func terminatedEarlyItsLastMonthTakesTheRest() throws {
    func free(_ until: CivilDate?) -> Lease {
      lease("2026-01-01", "2027-12-31").with {
        $0.rentFree = [RentFree(item: "rent", days: Period("2026-01-01", "2026-02-28"))]
        $0.terminatedOn = until
      }
    }
    let known = Books(free(nil))
    try known.accrue("2026-05")
    known.lease = free("2026-06-15")
    // 3 × 3,000 were charged, 13,750 recognized; half of June is 1,500.
    #expect(try known.accrue("2026-06") == ["2026-06 1500.00 -4750.00"])
    #expect(try known.difference == .zero)

    let late = Books(free(nil))
    try late.accrue("2026-08")
    late.lease = free("2026-06-15")
    #expect(try late.accrue("2026-09") == ["2026-09 -7500.00 -4000.00"])
    #expect(try late.difference == .zero)
    #expect(try late.accrue("2026-10") == [])
  }

  @Test func theNewestMonthIsRevisedWhileItIsOpen() throws {
    let books = Books(lease("2026-01-01", "2026-12-31"))
    try books.accrue("2026-02")
    books.lease.terms[0].price = "3300"
    #expect(try books.accrue("2026-02") == ["2026-02#1 600.00 -272.73"])
    let row = try #require(books.recorded.last)
    #expect(row.revision == 1)
    books.openFrom = "2026-03-01"
    books.lease.terms[0].price = "3000"
    #expect(try books.accrue("2026-02") == [])
    #expect(try books.accrue("2026-03").count == 1)
    try books.accrue("2026-12")
    #expect(try books.difference == .zero)
  }

  @Test func whatGoesToAnotherCompanyIsTakenBack() throws {
    let books = Books(lease("2026-01-01", "2026-12-31"))
    try books.accrue("2026-02")
    books.lease.terms[0].companyNo = "WY"
    let rows = try books.rows("2026-03")
    #expect(
      rows.map { "\($0.group.companyNo) \($0.missing.earned)" } == ["WY 9000.00", "CQ -6000.00"])
  }

  // MARK: The start of the system

  @Test func theSystemTakesTheDifferenceOfTheStartIn() throws {
    let books = Books(lease("2026-01-01", "2026-12-31"))
    books.from = "2026-10-01"
    books.openings = [.init(item: "rent", difference: "300")]
    // 9,000 are left to be charged, 300 of them recognized before.
    #expect(
      try books.accrue("2026-12") == [
        "2026-10 3000.00 -100.00", "2026-11 3000.00 -100.00", "2026-12 3000.00 -100.00",
      ])
    #expect(try books.difference == .zero)
  }

  @Test func aLeaseThatIsOverGivesItsDifferenceBackAtOnce() throws {
    let books = Books(lease("2025-01-01", "2025-12-31"))
    books.from = "2026-10-01"
    books.openings = [.init(item: "rent", difference: "300")]
    #expect(try books.accrue("2026-11") == ["2026-10 0.00 -300.00"])
    #expect(try books.difference == .zero)
  }

  @Test func aStartWithinAMonthCountsFromItsDay() throws {
    let books = Books(lease("2026-01-01", "2026-12-31", term(), mgmt))
    books.from = "2026-10-17"
    // 15/31 of October is left.
    #expect(
      try books.accrue("2026-10") == [
        "2026-10 mgmt 435.48 0.00 brought 435.48", "2026-10 1451.61 0.00 brought 1451.61",
      ])
    #expect(
      try books.accrue("2026-11") == ["2026-11 mgmt 900.00 0.00", "2026-11 3000.00 0.00"])
  }

  @Test func whatTheOldBooksBilledIsBroughtInByItsDays() throws {
    let quarterly = term {
      $0.item = "mgmt"
      $0.price = "100"
      $0.cycleMonths = 3
      $0.taxRate = "0.06"
    }
    let books = Books(lease("2026-01-01", "2026-12-31", quarterly))
    books.from = "2026-02-11"
    // 283.02 in 90 days, 41 of them before: 128.93. Then 185.54 and 283.02 as a running total.
    #expect(
      try books.accrue("2026-04").prefix(3) == [
        "2026-02 mgmt 56.61 0.00 brought 56.61", "2026-03 mgmt 97.48 0.00 brought 97.48",
        "2026-04 mgmt 93.30 0.00",
      ])
    let row = try #require(books.recorded.first)
    #expect(row.brought == "56.61")
  }

  @Test func whatTheOldBooksEarnedAndIsBilledHereIsOwedFromTheFirstMonth() throws {
    var late = mgmt
    late.timing = .arrears
    late.cycleMonths = 12
    let books = Books(lease("2026-01-01", "2026-12-31", late))
    books.from = "2026-03-01"
    // 10,800 × 59/365 = 1,745.75 were earned; all 10,800 are billed in the end.
    #expect(
      try books.accrue("2026-12").first == "2026-03 mgmt 917.26 0.00 brought -1745.75")
    #expect(books.recorded.dropFirst().allSatisfy { $0.brought == .zero })
    #expect(
      try books.recorded.map(\.earned).reduce(.zero, +)
        - books.recorded.map(\.brought).reduce(.zero, +) == "10800")
  }

  @Test func aChangeOfWhatTheOldBooksBilledIsADifference() throws {
    let books = Books(lease("2026-01-01", "2026-12-31", mgmt))
    books.from = "2026-10-17"
    try books.accrue("2026-10")
    // 1,000 × 15/31 = 483.87.
    books.lease.terms[0].price = "1000"
    #expect(try books.accrue("2026-10") == ["2026-10#1 mgmt 48.39 0.00 brought 48.39"])
    books.lease.isSigned = false
    #expect(try books.accrue("2026-11") == [])
    books.lease.isSigned = true
    books.lease.terms[0].companyNo = "WY"
    let rows = try books.rows("2026-11")
    #expect(
      rows.map { "\($0.group.companyNo) \($0.missing.brought)" } == ["WY 483.87", "CQ -483.87"])
  }
}
