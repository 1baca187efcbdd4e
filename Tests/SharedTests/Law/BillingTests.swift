import Shared
import TestSupport
import Testing

/// What a contract owes besides its periods; tax; what there is at all.
struct BillingTests {
  @Test func onlySignedContractsAreComputed() throws {
    let lease = lease("2026-01-01", "2026-12-31").with { $0.isSigned = false }
    #expect(try lease.charges().isEmpty)
    let plan = try Billing(lease, taxes: TaxTable(), billingFrom: nil)
      .plan(asOf: "2026-12-31", recorded: [])
    #expect(plan.subtraction.new.isEmpty)
    #expect(plan.nextBillOn == nil)
  }

  @Test func aOneOffAmountIsChargedOnItsDayWhateverTheContractsDays() throws {
    let once = term {
      $0.method = .once
      $0.price = "500"
      $0.per = nil
      $0.on = "2025-12-20"
      $0.dueDays = 10
      $0.leadDays = 3
    }
    let lease = lease("2026-01-01", "2026-12-31", once).with { $0.terminatedOn = "2026-01-02" }
    let charge = try #require(try lease.charges().first)
    #expect(charge.kind == .once)
    #expect(charge.period == Period("2025-12-20", "2025-12-20"))
    #expect(charge.dueOn == "2025-12-30")
    #expect(charge.billOn == "2025-12-27")
    #expect(charge.amounts.amount == "500.00")
    #expect(charge.quantityAndPrice?.quantity == "1")
    // Without a day: the term's first, else the contract's.
    #expect(try lease.with { $0.terms[0].on = nil }.charges()[0].period.from == "2026-01-01")
  }

  @Test func methodsThatAriseFromFactsChargeNothingWithoutThem() throws {
    for method in [LeaseTerm.Method.turnover, .metered, .share] {
      let bare = term {
        $0.method = method
        $0.percent = "8"
        $0.price = nil
        $0.per = nil
      }
      #expect(try lease("2026-01-01", "2026-12-31", bare).charges().isEmpty)
    }
  }

  @Test(arguments: [
    // rate, included, price, net, tax, amount
    ("0.09", true, "109", "100.00", "9.00", "109.00"),
    ("0.09", true, "100", "91.74", "8.26", "100.00"),
    ("0.09", false, "100", "100.00", "9.00", "109.00"),
    ("0.06", false, "0.08", "0.08", "0.00", "0.08"),
    ("0.06", false, "0.09", "0.09", "0.01", "0.10"),
    ("0", true, "100", "100.00", "0.00", "100.00"),
    ("0.13", true, "-113", "-100.00", "-13.00", "-113.00"),
    ("0.09", true, "-100", "-91.74", "-8.26", "-100.00"),
    ("1", true, "0.01", "0.01", "0.00", "0.01"),
  ])
  func taxIsInOrOnTop(
    _ rate: String, _ included: Bool, _ price: String, _ net: String, _ tax: String,
    _ amount: String
  ) throws {
    let lease = lease(
      "2026-01-01", "2026-01-31",
      term {
        $0.price = Fixed(stringLiteral: price)
        $0.taxRate = Fixed(stringLiteral: rate)
        $0.taxIncluded = included
      })
    let amounts = try #require(try lease.charges().first).amounts
    #expect("\(amounts.net) \(amounts.tax) \(amounts.amount)" == "\(net) \(tax) \(amount)")
  }

  @Test func roundingToTheYuanIsOfTheNetWhereTaxComesOnTop() throws {
    let lease = lease(
      "2026-01-01", "2026-01-31",
      term {
        $0.price = "1234.5"
        $0.taxRate = "0.06"
        $0.taxIncluded = false
        $0.rounding = .yuan
      })
    let amounts = try lease.charges()[0].amounts
    #expect(amounts.net == "1235.00")
    #expect(amounts.tax == "74.10")
  }

  @Test func theRateOfTheItemIsTheOneInForceOnTheDueDay() throws {
    var taxes = TaxTable()
    taxes.add(TaxTable.Entry(rate: "0.05", code: "A"), for: "rent")
    taxes.add(TaxTable.Entry(fromOn: "2026-02-05", rate: "0.09", code: "B"), for: "rent")
    let lease = lease(
      "2026-01-01", "2026-03-31",
      term {
        $0.taxRate = nil
        $0.dueDay = 5
      })
    let charges = try lease.charges(taxes: taxes)
    #expect(charges.map(\.taxRate) == ["0.05", "0.09", "0.09"])
    #expect(charges.map(\.taxCode) == ["A", "B", "B"])
    // The term's own rate goes before; the code stays the item's.
    let own = try lease.with { $0.terms[0].taxRate = "0.03" }.charges(taxes: taxes)
    #expect(own.map(\.taxRate) == ["0.03", "0.03", "0.03"])
    #expect(own.map(\.taxCode) == ["A", "B", "B"])
    #expect(taxes.entry(for: "unknown", on: "2026-01-01").rate == .zero)
  }

  @Test func theCompanyIsTheTermsThenTheContracts() throws {
    let lease = lease("2026-01-01", "2026-01-31", term(), term { $0.companyNo = "WY" })
    #expect(try lease.charges().map(\.companyNo) == ["CQ", "WY"])
  }

  @Test func anOpeningReceivableIsBilledWhenTheBooksBegin() throws {
    var taxes = TaxTable()
    taxes.add(TaxTable.Entry(rate: "0.09"), for: "rent")
    let lease = lease("2026-01-01", "2026-01-31").with {
      $0.terms = []
      $0.openings = [
        OpeningReceivable(item: "rent", dueOn: "2025-11-05", amount: "109.00"),
        OpeningReceivable(item: "rent", dueOn: "2026-02-05", amount: "10.90"),
      ]
    }
    let charges = try lease.charges(from: "2026-01-01", taxes: taxes)
    #expect(charges.map(\.billOn) == ["2026-01-01", "2026-02-05"])
    #expect(charges.map(\.dueOn) == ["2025-11-05", "2026-02-05"])
    #expect(charges.map(\.kind) == [.opening, .opening])
    #expect(charges.map(\.source) == ["Orent/2025-11-05", "Orent/2026-02-05"])
    #expect(charges.map(\.amounts.net) == ["100.00", "10.00"])
    #expect(charges.allSatisfy { $0.line == nil })
    #expect(
      try lease.charges(asOf: "2025-12-31", from: "2026-01-01", taxes: taxes).isEmpty)
    // Without a day on which the books begin, on its own.
    #expect(try lease.charges(taxes: taxes).map(\.billOn) == ["2025-11-05", "2026-02-05"])
  }

  @Test func anAmountThatDoesNotFitIsAnErrorAndNoCrash() {
    let lease = lease(
      "2026-01-01", "2026-01-31", area: Fixed(millionths: .max),
      term {
        $0.method = .area
        $0.price = Fixed(millionths: .max)
        $0.per = .day
      })
    #expect(throws: ValueError.self) { try lease.charges() }
  }

  @Test func quantityTimesPriceIsGivenWhereThereIsOneSegment() throws {
    let whole = try lease("2026-01-01", "2026-03-31", term { $0.cycleMonths = 3 }).charges()[0]
    #expect(whole.quantityAndPrice?.quantity == "3")
    #expect(whole.quantityAndPrice?.price == "3000")
    let part = try lease("2026-01-02", "2026-01-31").charges()[0]
    #expect(part.quantityAndPrice == nil)
    let yearly = try lease("2026-01-01", "2026-01-31", term { $0.per = .year }).charges()[0]
    #expect(yearly.quantityAndPrice == nil)
  }
}
