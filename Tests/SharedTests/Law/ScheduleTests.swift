import Shared
import TestSupport
import Testing

/// Periods, and the days on which they are due and billed.
struct ScheduleTests {
  @Test func billingDay31NeverDrifts() throws {
    let lease = lease("2026-01-31", "2026-06-29", term { $0.anchor = .start })
    #expect(
      try lease.periods() == [
        "2026-01-31…2026-02-27", "2026-02-28…2026-03-30", "2026-03-31…2026-04-29",
        "2026-04-30…2026-05-30", "2026-05-31…2026-06-29",
      ])
    #expect(try lease.amounts() == Array(repeating: "3000.00", count: 5))
  }

  @Test func anniversariesOf29FebruaryReturnInLeapYears() throws {
    let lease = lease(
      "2024-02-29", "2029-02-27",
      term {
        $0.anchor = .start
        $0.cycleMonths = 12
      })
    #expect(
      try lease.periods() == [
        "2024-02-29…2025-02-27", "2025-02-28…2026-02-27", "2026-02-28…2027-02-27",
        "2027-02-28…2028-02-28", "2028-02-29…2029-02-27",
      ])
    #expect(try lease.amounts() == Array(repeating: "36000.00", count: 5))
  }

  @Test(arguments: [
    (1, ["2026-02-10…2026-02-28", "2026-03-01…2026-03-31", "2026-04-01…2026-04-05"]),
    (2, ["2026-02-10…2026-02-28", "2026-03-01…2026-04-05"]),
    (3, ["2026-02-10…2026-03-31", "2026-04-01…2026-04-05"]),
    (6, ["2026-02-10…2026-04-05"]), (12, ["2026-02-10…2026-04-05"]),
  ])
  func calendarBlocksAreCutAtTheFirstAndLastDay(_ cycle: Int, _ periods: [String]) throws {
    let lease = lease("2026-02-10", "2026-04-05", term { $0.cycleMonths = cycle })
    #expect(try lease.periods() == periods)
  }

  @Test(arguments: [
    (2, ["2026-01-31…2026-03-30", "2026-03-31…2026-05-20"]),
    (3, ["2026-01-31…2026-04-29", "2026-04-30…2026-05-20"]),
    (6, ["2026-01-31…2026-05-20"]), (12, ["2026-01-31…2026-05-20"]),
  ])
  func anniversaryPeriodsAreCutAtTheLastDay(_ cycle: Int, _ periods: [String]) throws {
    let lease = lease(
      "2026-01-31", "2026-05-20",
      term {
        $0.anchor = .start
        $0.cycleMonths = cycle
      })
    #expect(try lease.periods() == periods)
  }

  @Test func everyAnchorAndCycleCoversEveryDayOnce() throws {
    for anchor in [LeaseTerm.Anchor.calendar, .start] {
      for cycle in [1, 2, 3, 6, 12] {
        for offset in 0..<70 {
          let start = ("2023-12-20" as CivilDate).adding(days: offset)
          let lease = lease(
            start, "2028-03-17",
            term {
              $0.anchor = anchor
              $0.cycleMonths = cycle
            })
          let periods = try lease.charges().map(\.period)
          #expect(periods.first?.from == start)
          #expect(periods.last?.to == "2028-03-17")
          for (before, after) in zip(periods, periods.dropFirst()) {
            #expect(after.from == before.to.next)
          }
        }
      }
    }
  }

  @Test func theTermHasItsOwnDays() throws {
    let own = term {
      $0.anchor = .start
      $0.fromOn = "2026-03-10"
      $0.toOn = "2026-05-20"
    }
    #expect(
      try lease("2026-01-15", "2026-12-31", own).periods() == [
        "2026-03-10…2026-04-09", "2026-04-10…2026-05-09", "2026-05-10…2026-05-20",
      ])
    let early = term { $0.fromOn = "2026-01-20" }
    #expect(
      try lease("2026-02-01", "2026-02-28", early).periods() == [
        "2026-01-20…2026-01-31", "2026-02-01…2026-02-28",
      ])
    let late = term { $0.toOn = "2027-06-30" }
    #expect(try lease("2026-12-01", "2026-12-31", late).periods() == ["2026-12-01…2026-12-31"])
  }

  @Test func theDayOfTerminationIsTheLastThatIsCharged() throws {
    let lease = lease("2026-01-01", "2026-12-31").with { $0.terminatedOn = "2026-02-14" }
    #expect(try lease.periods() == ["2026-01-01…2026-01-31", "2026-02-01…2026-02-14"])
    #expect(try lease.amounts() == ["3000.00", "1500.00"])
    #expect(try lease.with { $0.terminatedOn = "2027-03-31" }.periods().count == 12)
    #expect(try lease.with { $0.terms[0].fromOn = "2026-06-01" }.charges().isEmpty)
  }

  // MARK: Due

  /// How a due date is said, and the due dates of the months from January 2026, or of the day after
  /// each.
  private static let dueRules:
    [(String, LeaseTerm.Timing, Int?, LeaseTerm.DueMonth?, Int?, [String])] = [
      ("the base date", .advance, nil, nil, nil, ["2026-01-01", "2026-02-01", "2026-03-01"]),
      ("the day after", .arrears, nil, nil, nil, ["2026-02-01", "2026-03-01", "2026-04-01"]),
      ("the 5th", .advance, 5, nil, nil, ["2026-01-05", "2026-02-05", "2026-03-05"]),
      ("the 31st", .advance, 31, nil, nil, ["2026-01-31", "2026-02-28", "2026-03-31"]),
      ("25 before", .advance, 25, .previous, nil, ["2025-12-25", "2026-01-25", "2026-02-25"]),
      ("31 before", .advance, 31, .previous, nil, ["2025-12-31", "2026-01-31", "2026-02-28"]),
      ("the 30th same", .advance, 30, .same, nil, ["2026-01-30", "2026-02-28", "2026-03-30"]),
      ("the 10th next", .advance, 10, .next, nil, ["2026-02-10", "2026-03-10", "2026-04-10"]),
      ("arrears the 31st", .arrears, 31, nil, nil, ["2026-02-28", "2026-03-31", "2026-04-30"]),
      ("arrears before", .arrears, 28, .previous, nil, ["2026-01-28", "2026-02-28", "2026-03-28"]),
      ("10 days before", .advance, nil, nil, -10, ["2025-12-22", "2026-01-22", "2026-02-19"]),
      ("15 days later", .arrears, nil, nil, 15, ["2026-02-16", "2026-03-16", "2026-04-16"]),
    ]

  @Test func dueRulesCountFromTheBaseDate() throws {
    for (name, timing, day, month, days, expected) in ScheduleTests.dueRules {
      let lease = lease(
        "2026-01-01", "2026-03-31",
        term {
          $0.timing = timing
          $0.dueDay = day
          $0.dueMonth = month
          $0.dueDays = days
        })
      #expect(try lease.dues() == expected, "\(name)")
    }
  }

  @Test func aDueDayOnOrAfterTheBaseDateMayLieInTheNextMonth() throws {
    for (day, expected) in [
      (15, "2026-01-15"), (20, "2026-01-20"), (14, "2026-02-14"), (31, "2026-01-31"),
    ] {
      let lease = lease(
        "2026-01-15", "2026-02-14",
        term {
          $0.anchor = .start
          $0.dueDay = day
        })
      #expect(try lease.dues() == [expected])
    }
  }

  @Test func arrearsCountFromTheDayAfterThePeriodAsItIsCut() throws {
    let lease = lease("2026-01-10", "2026-02-14", term { $0.timing = .arrears })
    #expect(try lease.dues() == ["2026-02-01", "2026-02-15"])
  }

  @Test func theFirstDueDateIsReplacedAndNoOther() throws {
    let lease = lease(
      "2026-01-01", "2026-03-31",
      term {
        $0.firstDueOn = "2025-12-20"
        $0.dueDay = 5
      })
    #expect(try lease.dues() == ["2025-12-20", "2026-02-05", "2026-03-05"])
  }

  @Test func theBillIsMadeLeadDaysBeforeItIsDue() throws {
    let lease = lease(
      "2026-01-01", "2026-12-31",
      term {
        $0.dueDay = 5
        $0.leadDays = 10
      })
    #expect(try lease.charges().prefix(2).map(\.billOn) == ["2025-12-26", "2026-01-26"])
    #expect(try lease.charges(asOf: "2026-01-25").count == 1)
    #expect(try lease.charges(asOf: "2026-01-26").count == 2)
  }

  @Test func theNextBillingDayIsTheFirstAfterTheDay() throws {
    let lease = lease(
      "2026-01-01", "2026-06-30",
      term { $0.dueDay = 5 },
      term {
        $0.line = 2
        $0.timing = .arrears
      })
    let billing = Billing(lease, taxes: TaxTable(), billingFrom: nil)
    for (asOf, next): (CivilDate, CivilDate?) in [
      ("2025-12-01", "2026-01-05"), ("2026-01-05", "2026-02-01"), ("2026-02-01", "2026-02-05"),
      ("2026-06-05", "2026-07-01"), ("2026-07-01", nil),
    ] {
      #expect(try billing.charges(Billing.Scope(asOf: asOf)).nextBillOn == next, "\(asOf)")
    }
  }

  @Test func nothingDueBeforeTheBooksBeginIsCharged() throws {
    let lease = lease("2026-01-01", "2026-04-30", term { $0.dueDay = 5 })
    #expect(
      try lease.charges(from: "2026-02-05").map { "\($0.dueOn)" }
        == ["2026-02-05", "2026-03-05", "2026-04-05"])
    #expect(try lease.charges(from: "2026-02-06").count == 2)
  }
}
