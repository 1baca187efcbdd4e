import Shared
import TestSupport
import Testing

/// 公摊, by hand: the cost of January 2026 of an item, 31 days.
struct SharedCostTests {
  private func cost(
    _ amount: Money = "3850", _ basis: SharedCost.Basis = .area, own: Fixed = .zero
  ) -> SharedCost {
    SharedCost(
      poolNo: "G1", month: CivilMonth(year: 2026, month: 1), item: "share", amount: amount,
      basis: basis, ownArea: own)
  }

  private func shareTerm(_ change: (inout LeaseTerm) -> Void = { _ in }) -> LeaseTerm {
    term {
      $0.item = "share"
      $0.method = .share
      $0.price = nil
      $0.per = nil
      change(&$0)
    }
  }

  private func tenant(
    _ no: String, area: Fixed = "100", from: CivilDate = "2026-01-01",
    to: CivilDate = "2026-12-31", _ terms: LeaseTerm...
  ) -> Lease {
    lease(from, to, area: area).with {
      $0.contractNo = no
      $0.terms = terms.isEmpty ? [shareTerm()] : terms
    }
  }

  private func divide(_ cost: SharedCost, _ leases: Lease...) throws -> SharedCost.Division {
    try cost.divided(over: leases.compactMap { try cost.share(of: $0) })
  }

  /// `C1 3100.00` for each part, the operator's last.
  private func parts(_ division: SharedCost.Division) -> [String] {
    division.parts.map { "\($0.contractNo) \($0.amount)" } + ["\(division.ownAmount)"]
  }

  /// m² × days of the one who takes part.
  private func weight(_ lease: Lease, _ basis: SharedCost.Basis = .area) throws -> Fixed? {
    try cost("1", basis).share(of: lease).map { Fixed(millionths: $0.weight) }
  }

  // MARK: Who takes part

  @Test func theWeightIsAreaTimesDaysInForce() throws {
    #expect(try weight(tenant("C1")) == "3100")
    #expect(try weight(tenant("C1", from: "2026-01-17")) == "1500")
    #expect(try weight(tenant("C1").with { $0.terminatedOn = "2026-01-10" }) == "1000")
    let two = tenant("C1").with {
      $0.units[0].toOn = "2026-01-10"
      $0.units.append(LeaseUnit(unitNo: "A2", area: "50.5", fromOn: "2026-01-22"))
    }
    // 100 × 10 + 50.5 × 10.
    #expect(try weight(two) == "1505")
    #expect(try weight(two.with { $0.terms[0].unitNos = ["A2"] }) == "505")
  }

  @Test func aTermThatIsClosedWithinTheMonthCountsForItsDays() throws {
    #expect(try weight(tenant("C1", shareTerm { $0.toOn = "2026-01-10" })) == "1000")
    // Its successor takes the charge.
    let both = tenant(
      "C1", shareTerm { $0.toOn = "2026-01-10" },
      shareTerm {
        $0.line = 2
        $0.fromOn = "2026-01-11"
      })
    let share = try #require(try cost().share(of: both))
    #expect(share.line == 2)
    #expect(Fixed(millionths: share.weight) == "3100")
    #expect(try cost("1", .equal).share(of: both)?.weight == 1)
  }

  @Test func whoHasNoTermInTheMonthTakesNoPart() throws {
    #expect(try weight(tenant("C1", from: "2026-02-01")) == nil)
    #expect(try weight(tenant("C1", shareTerm { $0.toOn = "2025-12-31" })) == nil)
    #expect(try weight(tenant("C1", shareTerm { $0.item = "power" })) == nil)
    #expect(try weight(tenant("C1", term { $0.item = "share" })) == nil)
    #expect(try weight(tenant("C1").with { $0.isSigned = false }) == nil)
  }

  @Test func withoutAreaThereIsNoShareByAreaButAnEqualOne() throws {
    let bare = tenant("C1").with { $0.units = [] }
    #expect(try weight(bare) == nil)
    #expect(try cost("1", .equal).share(of: bare)?.weight == 1)
  }

  // MARK: Division

  @Test func byAreaEachBearsItsPart() throws {
    let division = try divide(
      cost(), tenant("C2", area: "50", from: "2026-01-17"), tenant("C1"))
    // 3,100 and 750 of 3,850 m² × days.
    #expect(parts(division) == ["C1 3100.00", "C2 750.00", "0.00"])
    #expect(Fixed(millionths: division.totalWeight) == "3850")
  }

  @Test func theOperatorBearsHisOwnArea() throws {
    // 3,100 against 1,550: two thirds and one.
    let division = try divide(cost("100", own: "50"), tenant("C1"))
    #expect(parts(division) == ["C1 66.67", "33.33"])
    #expect(Fixed(millionths: division.ownWeight) == "1550")
  }

  @Test func equalIsOneEachWhateverTheAreaAndWithoutTheOperator() throws {
    let division = try divide(
      cost("100", .equal, own: "50"), tenant("C3"), tenant("C1", area: "7"),
      tenant("C2", from: "2026-01-31"))
    // The odd fen goes to the smallest number.
    #expect(parts(division) == ["C1 33.34", "C2 33.33", "C3 33.33", "0.00"])
    #expect(division.totalWeight == 3)
  }

  @Test func tiesGoToTheSmallerContractNumberAndLastToTheOperator() throws {
    #expect(
      parts(try divide(cost("0.01"), tenant("C2"), tenant("C1"))) == ["C1 0.01", "C2 0.00", "0.00"])
    #expect(parts(try divide(cost("0.01", own: "100"), tenant("C1"))) == ["C1 0.01", "0.00"])
    #expect(
      parts(try divide(cost("0.05", own: "100"), tenant("C2"), tenant("C1")))
        == ["C1 0.02", "C2 0.02", "0.01"])
  }

  @Test func theLargestRemainderGetsTheFenThatIsLeft() throws {
    // 1.00 over 1 : 2 : 4: 14.28…, 28.57…, 57.14…: the fen goes to the second.
    let division = try divide(
      cost("1"), tenant("C1", area: "1"), tenant("C2", area: "2"), tenant("C3", area: "4"))
    #expect(parts(division) == ["C1 0.14", "C2 0.29", "C3 0.57", "0.00"])
  }

  @Test func whatIsGivenBackIsDividedLikeWhatIsAskedFor() throws {
    #expect(parts(try divide(cost("-100", own: "50"), tenant("C1"))) == ["C1 -66.67", "-33.33"])
  }

  @Test func overNobodyNothingIsDivided() throws {
    let division = try cost().divided(over: [])
    #expect(division.parts.isEmpty)
    #expect(division.totalWeight == 0)
    #expect(parts(try cost(own: "5").divided(over: [])) == ["3850.00"])
  }

  @Test func thePartsSumToThePoolToTheFen() throws {
    var chance = Seeded(7)
    for _ in 0..<300 {
      let shares = (0..<Int.random(in: 1...40, using: &chance)).map {
        SharedCost.Share(
          contractNo: "C\($0)", line: 1, weight: Int64.random(in: 1...9_000_000_000, using: &chance)
        )
      }
      let amount = Money(fen: Int64.random(in: -900_000_000...900_000_000, using: &chance))
      let own = Fixed(millionths: Int64.random(in: 0...900_000_000, using: &chance))
      let division = try cost(amount, own: own).divided(over: shares.shuffled(using: &chance))
      let sum = division.parts.reduce(division.ownAmount.fen) { $0 + $1.amount.fen }
      #expect(sum == amount.fen)
      // Nobody is a fen or more from his exact part.
      for part in division.parts {
        let exact = Int128(amount.fen) * Int128(part.weight)
        let off = Int128(part.amount.fen) * Int128(division.totalWeight) - exact
        #expect(abs(off) < Int128(division.totalWeight))
      }
    }
  }

  // MARK: The charge

  private func charged(_ term: LeaseTerm, from: CivilDate? = nil) throws -> [Charge] {
    try tenant("C1", term).with {
      $0.shares = [
        CostShare(
          poolNo: "G1", month: CivilMonth(year: 2026, month: 1), line: 1, poolAmount: "18642.37",
          basis: .area, weight: 3_100_000_000, totalWeight: 13_965_500_000, amount: "4138.15")
      ]
    }.charges(from: from)
  }

  @Test func aShareIsChargedByItsTermFromTheFirstOfTheNextMonth() throws {
    let charge = try #require(
      try charged(
        shareTerm {
          $0.dueDays = 5
          $0.leadDays = 2
          $0.taxRate = "0.06"
          $0.taxIncluded = false
          $0.rounding = .yuan
        }
      ).first)
    #expect(charge.kind == .share)
    #expect(charge.source == "PG1")
    #expect(charge.period == Period("2026-01-01", "2026-01-31"))
    #expect(charge.dueOn == "2026-02-06")
    #expect(charge.billOn == "2026-02-04")
    #expect(charge.amounts == Amounts(net: "4138", tax: "248.28", amount: "4386.28"))
    #expect(charge.quantityAndPrice == nil)
  }

  @Test func aShareThatWasDueBeforeTheBooksBeginIsNotCharged() throws {
    #expect(try charged(shareTerm(), from: "2026-02-01").count == 1)
    #expect(try charged(shareTerm(), from: "2026-02-02").isEmpty)
  }

  @Test func aLineThatWasClosedAfterwardsStillBearsItsShare() throws {
    // Divided when the line ran through the month.
    #expect(try charged(shareTerm { $0.toOn = "2026-01-10" }).count == 1)
  }
}
