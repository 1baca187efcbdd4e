import TestSupport
import Testing

@testable import Shared

/// 抄表计费, by hand. A meter E1 from 1 January 2026 that shows 0, at 1 yuan a unit, unless told
/// otherwise.
struct MeteringTests {
  private func metered(
    _ installs: [MeterInstall], _ readings: [(CivilDate, Fixed)], _ bands: [TariffBand] = [],
    _ change: (inout Lease) -> Void = { _ in }
  ) -> Lease {
    let term = term {
      $0.item = "power"
      $0.method = .metered
      $0.price = nil
      $0.per = nil
    }
    return lease("2026-01-01", "2027-12-31", term).with {
      $0.installs = installs
      $0.readings = readings.map { MeterReading(meterNo: "E1", readOn: $0.0, value: $0.1) }
      for band in bands.isEmpty ? [TariffBand(fromOn: "2026-01-01", price: "1")] : bands {
        $0.tariffs.add(band, to: "D1")
      }
      change(&$0)
    }
  }

  private func install(
    _ meterNo: String = "E1", _ change: (inout MeterInstall) -> Void = { _ in }
  ) -> MeterInstall {
    var install = MeterInstall(
      meterNo: meterNo, line: 1, multiplier: "1", digits: nil, tariffNo: "D1",
      fromOn: "2026-01-01", openReading: .zero)
    change(&install)
    return install
  }

  private func reading(
    _ meterNo: String, _ day: CivilDate, _ value: Fixed, _ register: MeterRegister = .total
  ) -> MeterReading {
    MeterReading(meterNo: meterNo, register: register, readOn: day, value: value)
  }

  /// `ME1 2026-01-01…2026-01-31 50.00` for each charge.
  private func bills(_ lease: Lease, from: CivilDate? = nil) throws -> [String] {
    try lease.charges(from: from).map { "\($0.source) \($0.period) \($0.amounts.amount)" }
  }

  private func rule(_ lease: Lease) -> String? {
    do {
      _ = try lease.charges()
      return nil
    } catch { return (error as? ValueError)?.rule }
  }

  private let tiers = [
    TariffBand(fromOn: "2026-01-01", price: "1"),
    TariffBand(fromOn: "2026-01-01", tierFrom: "100", price: "2"),
  ]

  // MARK: Usage

  @Test func usageIsTheDifferenceTimesTheMultiplier() throws {
    let lease = metered(
      [
        install {
          $0.fromOn = "2026-01-15"
          $0.openReading = "100"
          $0.multiplier = "40"
        }
      ], [("2026-02-28", "200"), ("2026-01-31", "150.5")],
      [TariffBand(fromOn: "2026-01-01", price: "1.2")])
    // 50.5 × 40 × 1.2 and 49.5 × 40 × 1.2.
    #expect(
      try bills(lease) == [
        "ME1 2026-01-15…2026-01-31 2424.00", "ME1 2026-02-01…2026-02-28 2376.00",
      ])
    let charge = try lease.charges()[0]
    #expect(charge.kind == .metered)
    #expect(charge.line == 1)
    #expect(charge.quantityAndPrice?.quantity == "2020")
    #expect(charge.quantityAndPrice?.price == "1.2")
  }

  @Test func aReadingIsDueByTheRuleFromTheDayAfterIt() throws {
    let lease = metered([install()], [("2026-01-30", "50")]) {
      $0.terms[0].dueDay = 31
      $0.terms[0].leadDays = 5
      $0.terms[0].firstDueOn = "2026-06-30"
    }
    let charge = try lease.charges()[0]
    #expect(charge.dueOn == "2026-01-31")
    #expect(charge.billOn == "2026-01-26")
  }

  @Test func withoutAReadingOrWithoutUsageThereIsNoCharge() throws {
    #expect(try bills(metered([install()], [])) == [])
    #expect(try bills(metered([], [("2026-01-31", "50")])) == [])
    #expect(
      try bills(metered([install()], [("2026-01-31", .zero), ("2026-02-28", "5")]))
        == ["ME1 2026-02-01…2026-02-28 5.00"])
  }

  @Test func aChargeIsRoundedOnceOverItsRegisters() throws {
    // Two registers of half a fen.
    let lease = metered(
      [install { $0.register = .peak }, install { $0.register = .valley }], [],
      [
        TariffBand(fromOn: "2026-01-01", register: .peak, price: "0.005"),
        TariffBand(fromOn: "2026-01-01", register: .valley, price: "0.005"),
      ]
    ) {
      $0.readings = [
        reading("E1", "2026-01-31", "1", .peak), reading("E1", "2026-01-31", "1", .valley),
      ]
    }
    #expect(try bills(lease) == ["ME1 2026-01-01…2026-01-31 0.01"])
  }

  @Test func theTermsRoundingHolds() throws {
    let lease = metered([install()], [("2026-01-31", "12.35")])
    #expect(
      try lease.with { $0.terms[0].rounding = .jiao }.amounts() == ["12.40"])
    #expect(try lease.with { $0.terms[0].rounding = .yuan }.amounts() == ["12.00"])
  }

  // MARK: Rollover, swap, end

  @Test(
    arguments: [
      // Up to the range of 10,000: 20 units, just under half, exactly half.
      ("9990", "10", "20.00"), ("9000", "3999.99", "4999.99"), ("9000", "4000", nil),
      ("9000", "8999", nil),
    ] as [(Fixed, Fixed, String?)])
  func aRolloverIsUnderHalfTheRange(_ open: Fixed, _ value: Fixed, _ amount: String?) throws {
    let lease = metered(
      [
        install {
          $0.openReading = open
          $0.digits = 4
        }
      ], [("2026-01-31", value)])
    if let amount {
      #expect(try lease.amounts() == [amount])
    } else {
      #expect(rule(lease) == "reading.below-previous")
    }
    // Without digits nothing is known to roll over.
    #expect(rule(lease.with { $0.installs[0].digits = nil }) == "reading.below-previous")
  }

  @Test func theMultiplierDoesNotCountForARollover() throws {
    let lease = metered(
      [
        install {
          $0.openReading = "9000"
          $0.digits = 4
          $0.multiplier = "100"
        }
      ], [("2026-01-31", "500")])
    #expect(try lease.amounts() == ["150000.00"])
  }

  @Test func aSwapIsTwoInstalls() throws {
    let lease = metered(
      [
        install {
          $0.openReading = "100"
          $0.toOn = "2026-01-15"
          $0.closeReading = "160"
        }, install { $0.fromOn = "2026-01-15" },
      ], [("2026-01-31", "50")])
    #expect(
      try bills(lease) == ["ME1 2026-01-01…2026-01-15 60.00", "ME1 2026-01-16…2026-01-31 50.00"])
    // Read on the day of the swap: that is the old meter's, and stands for the close reading.
    #expect(
      try bills(
        lease.with { $0.readings.append(reading("E1", "2026-01-15", "158")) })
        == ["ME1 2026-01-01…2026-01-15 58.00", "ME1 2026-01-16…2026-01-31 50.00"])
  }

  @Test func anInstallEndsWithItsContractAtTheLatest() throws {
    let lease = metered([install()], [("2026-02-28", "50"), ("2026-03-31", "90")]) {
      $0.terminatedOn = "2026-03-10"
    }
    #expect(rule(lease) == "reading.after-install")
    // With a close reading it is that of the last day, and the later reading is somebody else's.
    let closed = lease.with { $0.installs[0].closeReading = "70" }
    #expect(
      try bills(closed) == ["ME1 2026-01-01…2026-02-28 50.00", "ME1 2026-03-01…2026-03-10 20.00"])
    // A reading on the last day goes before it.
    #expect(
      try bills(closed.with { $0.readings[1].readOn = "2026-03-10" }).last
        == "ME1 2026-03-01…2026-03-10 40.00")
  }

  @Test func inTheBooksALateReadingIsPassedOverAndRemarkedOn() throws {
    let lease = metered([install()], [("2026-02-28", "50"), ("2026-03-31", "90")]) {
      $0.terminatedOn = "2026-03-10"
      $0.isFromBooks = true
    }
    #expect(try bills(lease) == ["ME1 2026-01-01…2026-02-28 50.00"])
    let remarks = try Metering(lease).remarks()
    #expect(remarks.count == 1)
    guard case .late(let error) = remarks.first?.kind else {
      Issue.record("no remark")
      return
    }
    #expect(error.rule == "reading.after-install")
  }

  @Test func aReadingBeforeTheFirstInstallIsAnotherContracts() throws {
    let lease = metered(
      [install { $0.fromOn = "2026-02-01" }], [("2026-01-31", "500"), ("2026-02-28", "50")])
    #expect(try bills(lease) == ["ME1 2026-02-01…2026-02-28 50.00"])
  }

  @Test func anInstallOfALineThatIsNotMeteredIsAnError() {
    let lease = metered([install()], [("2026-01-31", "50")]) {
      $0.terms.append(term { $0.line = 2 })
      $0.installs[0].line = 2
    }
    #expect(rule(lease) == "meter_install.line")
  }

  // MARK: When the books begin

  @Test func whatIsReadBeforeTheBooksBeginIsNotChargedButCountsForTheTier() throws {
    let lease = metered([install()], [("2026-01-10", "80"), ("2026-01-31", "160")], tiers)
    // 80 × 1; then 20 × 1 + 60 × 2.
    #expect(try lease.amounts() == ["80.00", "140.00"])
    #expect(try bills(lease, from: "2026-01-11") == ["ME1 2026-01-11…2026-01-31 140.00"])
    // By the reading day, not by the days read: on the first day of the books it is charged.
    #expect(try bills(lease, from: "2026-01-10").count == 2)
    #expect(try bills(lease, from: "2026-02-02") == [])
  }

  // MARK: Tiers

  @Test func theMonthOfATierIsThatOfTheDayBeforeTheReading() throws {
    // On 1 February January is read.
    let lease = metered([install()], [("2026-01-15", "80"), ("2026-02-01", "160")], tiers)
    #expect(try lease.amounts() == ["80.00", "140.00"])
    #expect(
      try lease.with { $0.readings[1].readOn = "2026-02-02" }.amounts() == ["80.00", "80.00"])
  }

  @Test func tiersByTheYearCountItsMonths() throws {
    let lease = metered(
      [install()],
      [("2026-01-31", "80"), ("2026-02-28", "160"), ("2027-01-01", "170"), ("2027-01-31", "250")],
      tiers.map {
        var band = $0
        band.isByYear = true
        return band
      })
    // 80; 20 + 60 × 2; of the old year 10 × 2; of the new 80.
    #expect(try lease.amounts() == ["80.00", "140.00", "20.00", "80.00"])
  }

  @Test func tiersCountAllMetersOfALineAndTariff() throws {
    let two = metered([install("E2"), install("E1")], [], tiers) {
      $0.readings = [reading("E2", "2026-01-31", "80"), reading("E1", "2026-01-31", "80")]
    }
    // In the order of days and meters.
    #expect(
      try bills(two) == ["ME1 2026-01-01…2026-01-31 80.00", "ME2 2026-01-01…2026-01-31 140.00"])
    #expect(try two.with { $0.readings[0].readOn = "2026-01-30" }.amounts() == ["140.00", "80.00"])
    // Another tariff, and another line, count by themselves.
    let other = two.with {
      $0.installs[0].tariffNo = "D2"
      for band in tiers { $0.tariffs.add(band, to: "D2") }
    }
    #expect(try other.amounts() == ["80.00", "80.00"])
    let lines = two.with {
      $0.installs[0].line = 2
      $0.terms.append($0.terms[0])
      $0.terms[1].line = 2
    }
    #expect(try lines.amounts() == ["80.00", "80.00"])
  }

  @Test func tiersCountEachRegisterByItself() throws {
    let lease = metered(
      [install { $0.register = .peak }, install { $0.register = .valley }], [],
      tiers.flatMap { band in
        [MeterRegister.peak, .valley].map {
          TariffBand(fromOn: band.fromOn, register: $0, tierFrom: band.tierFrom, price: band.price)
        }
      }
    ) {
      $0.readings = [
        reading("E1", "2026-01-31", "110", .peak), reading("E1", "2026-01-31", "80", .valley),
      ]
    }
    // 100 + 10 × 2 and 80, one charge.
    #expect(try bills(lease) == ["ME1 2026-01-01…2026-01-31 200.00"])
  }

  @Test func aCorrectedReadingMovesWhatComesAfterItThroughTheTiers() throws {
    let lease = metered([install()], [("2026-01-10", "80"), ("2026-01-31", "160")], tiers)
    let books = try lease.charges().enumerated().map { recorded($1, id: Int64($0)) }
    let plan = try Billing(
      lease.with { $0.readings[0].value = "120" }, taxes: TaxTable(), billingFrom: nil
    ).plan(asOf: "2026-06-30", recorded: books)
    // 100 + 20 × 2 = 140 for 80; 40 × 2 = 80 for 140.
    #expect(plan.subtraction.adjustments.map(\.difference.amount) == ["60.00", "-60.00"])
  }

  // MARK: Registers

  @Test func registersReadOnOneDayAreOneCharge() throws {
    let lease = metered(
      [
        install { $0.register = .valley }, install { $0.register = .peak },
        install { $0.register = .total },
      ], [],
      [
        TariffBand(fromOn: "2026-01-01", register: .peak, price: "1.5"),
        TariffBand(fromOn: "2026-01-01", register: .valley, price: "0.5"),
      ]
    ) {
      $0.readings = [
        reading("E1", "2026-01-31", "100", .peak), reading("E1", "2026-01-31", "40", .valley),
        reading("E1", "2026-01-31", "141"), reading("E1", "2026-02-28", "110", .peak),
      ]
    }
    // The total is not priced and does not count; in February only the peak was read.
    #expect(
      try bills(lease) == [
        "ME1 2026-01-01…2026-01-31 170.00", "ME1 2026-02-01…2026-02-28 15.00",
      ])
    #expect(try lease.charges()[0].quantityAndPrice == nil)
  }

  @Test func aVersionHoldsForAllThatAReadingCloses() throws {
    let lease = metered(
      [install()], [("2026-01-31", "50"), ("2026-02-28", "100")],
      [
        TariffBand(fromOn: "2026-01-01", price: "1"), TariffBand(fromOn: "2026-02-15", price: "2"),
      ])
    #expect(try lease.amounts() == ["50.00", "100.00"])
  }

  @Test func noVersionIsAnErrorOfTheContract() {
    let late = [TariffBand(fromOn: "2026-03-01", price: "1")]
    #expect(rule(metered([install()], [("2026-01-31", "50")], late)) == "tariff.no-version")
  }

  // MARK: Implausible usage

  /// Charges, and charges that wait, of usages month by month in the books.
  private func judged(_ usages: [Int64], accepted: Bool = false) throws -> (Int, Int) {
    var value: Int64 = 0
    let lease = metered([install()], []) {
      $0.isFromBooks = true
      for (month, usage) in usages.enumerated() {
        value += usage * Fixed.one
        $0.readings.append(
          MeterReading(
            meterNo: "E1", readOn: CivilMonth(year: 2026, month: 1).adding(month).last,
            value: Fixed(millionths: value), isAccepted: accepted))
      }
    }
    let result = try Billing(lease, taxes: TaxTable(), billingFrom: nil)
      .charges(Billing.Scope(asOf: "2199-12-31"))
    return (result.charges.count, result.held.count)
  }

  @Test(
    arguments: [
      // Ten times the median is plausible, more is not.
      ([100, 100, 100, 1000], 0), ([100, 100, 100, 1001], 1),
      // Two usages before are too few to judge.
      ([100, 100, 5000], 0),
      // Of an even number the mean of the two in the middle: 150.
      ([50, 100, 200, 400, 1500], 0), ([50, 100, 200, 400, 1501], 1),
      // Only the last six count.
      ([1, 1, 1, 1, 1, 1, 1, 5, 5, 5, 5, 5, 5, 45], 0),
      ([5, 5, 5, 5, 5, 5, 5, 1, 1, 1, 1, 1, 1, 11], 1),
      // A meter that stood still is not judged.
      ([0, 0, 0, 5000], 0), ([0, 0, 5, 5000], 0),
      // One outlier does not hide behind another: it is in the last six, but the median stays.
      ([100, 100, 100, 5000, 5000], 2),
    ] as [([Int64], Int)])
  func overTenTimesTheMedianOfTheLastSixWaits(_ usages: [Int64], _ held: Int) throws {
    let found = try judged(usages)
    #expect(found.1 == held)
    #expect(found.0 == usages.count { $0 != 0 } - held)
    // Accepted, it is charged.
    #expect(try judged(usages, accepted: true) == (usages.count { $0 != 0 }, 0))
  }

  @Test func theFilterChargesWhateverTheUsage() throws {
    let lease = metered(
      [install()],
      [("2026-01-31", "1"), ("2026-02-28", "2"), ("2026-03-31", "3"), ("2026-04-30", "300")])
    #expect(try lease.amounts() == ["1.00", "1.00", "1.00", "297.00"])
  }

  @Test func whatWaitsIsNeitherRecordedNorTakenBack() throws {
    let readings: [(CivilDate, Fixed)] = [
      ("2026-01-31", "1"), ("2026-02-28", "2"), ("2026-03-31", "3"), ("2026-04-30", "7"),
    ]
    let lease = metered([install()], readings) { $0.isFromBooks = true }
    let books = try lease.charges().enumerated().map { recorded($1, id: Int64($0)) }
    #expect(books.count == 4)
    // Corrected to something implausible: what is recorded stays until somebody accepts it.
    let wrong = lease.with { $0.readings[3].value = "3000" }
    let billing = Billing(wrong, taxes: TaxTable(), billingFrom: nil)
    let plan = try billing.plan(asOf: "2026-06-30", recorded: books)
    #expect(plan.subtraction.new.isEmpty)
    #expect(plan.subtraction.adjustments.isEmpty)
    #expect(plan.held.map(\.amounts.amount) == ["2997.00"])
    #expect(try billing.plan(asOf: "2026-06-30", recorded: Array(books.dropLast())).held.count == 1)
    let accepted = wrong.with { $0.readings[3].isAccepted = true }
    #expect(
      try Billing(accepted, taxes: TaxTable(), billingFrom: nil)
        .plan(asOf: "2026-06-30", recorded: books).subtraction.adjustments
        .map(\.difference.amount) == ["2993.00"])
  }

  @Test func remarksNameWhatIsImplausibleAndWhatIsBelow() throws {
    let lease = metered(
      [install()],
      [
        ("2026-01-31", "1"), ("2026-02-28", "2"), ("2026-03-31", "3"), ("2026-04-30", "300"),
        ("2026-05-31", "299"),
      ]
    ) { $0.isFromBooks = true }
    let kinds = try Metering(lease).remarks().map { remark in
      switch remark.kind {
      case .belowPrevious(let error): error.rule
      case .late(let error): error.rule
      case .implausible(let usage): "\(usage.quantityText) over \(usage.medianText)"
      }
    }
    #expect(kinds == ["297 over 1", "reading.below-previous"])
    // What was accepted is not remarked on.
    let accepted = lease.with { $0.readings[3].isAccepted = true }
    #expect(try Metering(accepted).remarks().count == 1)
  }
}
