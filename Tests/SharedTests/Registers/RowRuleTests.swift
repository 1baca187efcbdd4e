import Shared
import Testing

/// One row that satisfies a rule and one that breaks it.
struct RuleCase: Sendable, CustomTestStringConvertible {
  let rule: String
  let good: [String: String]
  let bad: [String: String]
  /// The field that the violation names, and a part of its English sentence or hint.
  let field: String
  let says: String

  init(
    _ rule: String, good: [String: String], bad: [String: String], _ field: String, _ says: String
  ) {
    self.rule = rule
    self.good = good
    self.bad = bad
    self.field = field
    self.says = says
  }

  var testDescription: String { "\(rule) \(bad)" }
}

struct RowRuleTests {
  private static func rule(_ id: String) -> (Register, RowRule)? {
    for register in Catalogue.registers {
      if let rule = register.rules.first(where: { $0.id == id }) { return (register, rule) }
    }
    return nil
  }

  @Test(arguments: cases)
  func aRuleRefusesTheBadRowOnly(_ item: RuleCase) throws {
    let (register, rule) = try #require(Self.rule(item.rule))
    #expect(rule.check(row(register, item.good)) == nil)
    let violation = try #require(rule.check(row(register, item.bad)))
    #expect(violation.field == item.field)
    let hint = try #require(violation.hint)
    #expect("\(violation.message.en) / \(hint.en)".contains(item.says), "\(violation)")
    for phrase in [violation.message, hint] {
      #expect(!phrase.en.isEmpty && !phrase.zh.isEmpty)
      #expect(!phrase.en.hasSuffix(".") && !phrase.zh.hasSuffix("。"))
    }
  }

  @Test func everyRuleHasACase() {
    let ids = Catalogue.registers.flatMap { $0.rules.map(\.id) }
    #expect(Set(ids).count == ids.count)
    #expect(Set(ids) == Set(cases.map(\.rule)))
  }

  @Test func ruleIdsAreRegisterAndRule() {
    for register in Catalogue.registers {
      for rule in register.rules {
        #expect(rule.id.wholeMatch(of: /[a-z_]+\.[a-z-]+/) != nil, "\(rule.id)")
        #expect(rule.id.hasPrefix(register.name + "."), "\(rule.id)")
        #expect(!rule.meaning.en.isEmpty && !rule.meaning.zh.isEmpty)
      }
    }
  }

  @Test func warningsAreTheseOnly() {
    let warnings = Catalogue.registers.flatMap(\.rules).filter { $0.level == .warning }.map(\.id)
    #expect(
      Set(warnings) == [
        "company.credit-code", "property.billing-from", "unit.inner-area", "tenant.credit-code",
        "tenant.invoice-tax-no", "tenant.id-no", "tenant.email", "tenant.invoice-email",
        "fee_item.tax-code", "tax_rate.tax-code", "contract.terminated-late", "contract.signed",
        "contract.handover",
        "contract.twenty-years", "charge_term.rebate", "charge_term.unused-field",
        "charge_term.once-day",
        "share_pool.amount", "share_pool.period", "share_pool.own-area", "turnover.negative",
        "turnover.reported-on", "late_fee_rule.high-rate", "purchase.credit-code", "asset.tax-life",
        "asset_event.unused-field", "contact.email",
      ])
  }

  @Test func anEmptyRowBreaksNoRule() {
    // What must be given is said by the fields, once.
    for register in Catalogue.registers {
      for rule in register.rules { #expect(rule.check(row(register, [:])) == nil, "\(rule.id)") }
      let absent = Record(register)
      for rule in register.rules { #expect(rule.check(absent) == nil, "\(rule.id)") }
    }
  }

  @Test(arguments: [
    ["method": "fixed", "price": "500", "per": "month", "cycle_months": "3", "due_day": "5"],
    [
      "method": "area", "price": "5.5", "per": "day", "escalate_percent": "5",
      "escalate_months": "12",
    ],
    ["method": "turnover", "percent": "8", "timing": "arrears", "true_up": "year"],
    ["method": "turnover", "price": "9", "per": "month", "guarantee_basis": "fixed"],
    ["method": "metered", "timing": "arrears", "due_days": "10", "company_no": "WY"],
    ["method": "share", "timing": "arrears", "due_days": "-10", "tax_included": "no"],
    ["method": "once", "price": "9000", "on": "2026-01-15", "timing": "arrears", "lead_days": "5"],
  ])
  func termsThatFitTheirMethodPassAllRules(_ values: [String: String]) throws {
    let register = try #require(Catalogue.register(named: "charge_term"))
    for rule in register.rules {
      #expect(rule.check(row(register, values)) == nil, "\(rule.id)")
    }
  }

  @Test(arguments: [
    "91330106MA2B0CDE1X", "330106199003071236", "110105194912310", "12345678901234567",
    "12345678901234567890",
  ])
  func invoicesGoToEveryKindOfTaxNumber(_ number: String) throws {
    let (register, rule) = try #require(Self.rule("tenant.invoice-tax-no"))
    #expect(rule.check(row(register, ["invoice_tax_no": number])) == nil)
  }

  @Test func messagesNeverShowAPersonsId() throws {
    let (register, rule) = try #require(Self.rule("tenant.id-no"))
    let violation = try #require(
      rule.check(row(register, ["kind": "person", "id_no": "330106199003071237"])))
    #expect(violation.message.en == "check digit of '3301**********1237' does not match")
  }
}
