import TestSupport
import Testing

/// Rules over many rows and several registers, asked of the small property by an import.
struct SetRuleTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var rule: String
    var register: String
    var text: String
    /// Where the finding stands.
    var line = 2
    var testDescription: String { "\(rule) \(register) \(text.split(separator: "\n").last ?? "")" }
  }

  static let refused = [
    Case(
      rule: "tax_rate.untaxed-kind", register: "tax_rate",
      text: "item,from_on,tax_rate\ndeposit,2026-01-01,0.06\n"),
    Case(
      rule: "tax_rate.untaxed-kind", register: "fee_item",
      text: "item,name,kind,tax_rate\nrent,租金,rent,0.09\nmgmt,物业费,pass_through,\n", line: 3),
    Case(
      rule: "charge_term.untaxed-kind", register: "charge_term",
      text: "contract_no,line,item,method,price,per,tax_rate\nC1,9,deposit,fixed,1,month,0.06\n"),
    Case(
      rule: "charge_term.untaxed-kind", register: "fee_item",
      text: "item,name,kind,tax_rate\nrent,租金,deposit,\n"),
    Case(
      rule: "contract.previous-contract", register: "contract",
      text:
        "contract_no,tenant_no,property_no,start_on,end_on,previous_contract_no\n"
        + "C9,T1,P1,2026-01-01,2026-12-31,C99\n"),
    Case(
      rule: "contract_unit.let-twice", register: "contract_unit",
      text: "contract_no,unit_no,from_on,area_m2\nC2,U1,2026-03-01,100\n"),
    // The other way round: a contract that is prolonged into the next one.
    Case(
      rule: "contract_unit.let-twice", register: "contract_unit",
      text:
        "contract_no,unit_no,from_on,to_on,area_m2\n"
        + "C2,U2,2026-01-31,2026-06-15,5\nC2,U2,2026-06-17,,5\n", line: 3),
    Case(
      rule: "contract_unit.property", register: "contract_unit",
      text: "contract_no,unit_no,from_on,area_m2\nC1,V1,2026-01-15,30\n"),
    Case(
      rule: "charge_term.units", register: "charge_term",
      text: "contract_no,line,item,method,price,per,unit_no\nC1,9,rent,area,1,day,U1;U3\n"),
    Case(
      rule: "charge_term.escalation-and-steps", register: "price_step",
      text: "contract_no,line,from_on,price\nC2,1,2026-12-01,5\n"),
    Case(
      rule: "charge_term.escalation-and-steps", register: "charge_term",
      text:
        "contract_no,line,item,method,escalate_percent,escalate_months\nC3,1,mgmt,area,5,12\n"),
    Case(
      rule: "meter_install.overlap", register: "meter_install",
      text:
        "meter_no,from_on,contract_no,line,tariff_no,open_reading\nE1,2026-05-01,C1,5,D1,600\n"),
    Case(
      rule: "turnover.line", register: "turnover",
      text: "contract_no,line,month,amount\nC2,,2026-03,5\n"),
    Case(
      rule: "reference.unknown", register: "charge_term",
      text: "contract_no,line,item,method,price,per\nC1,9,gas,fixed,1,month\n"),
    Case(
      rule: "reference.unknown", register: "meter_install",
      text:
        "meter_no,from_on,contract_no,line,tariff_no,open_reading\nE2,2026-05-01,C1,5,D9,600\n"),
    Case(
      rule: "reference.unknown", register: "payment_line",
      text: "payment_no,bill_no,amount\nS1,CQ-209901-000001,5\n"),
  ]

  @Test(arguments: refused)
  func aRowThatBreaksARuleIsRefusedAndNothingIsStored(_ one: Case) throws {
    let workspace = try Workspace(Prepared.small)
    let before = try workspace.dump()
    let run = try workspace.importing(one.register, one.text)
    #expect(run.status == 65)
    let finding = run.errorLines.first { $0.contains("[\(one.rule)]") }
    #expect(finding != nil, "\(run.err)")
    #expect(finding?.hasPrefix("<stdin>:\(one.line)") == true, "\(finding ?? "")")
    #expect(finding?.contains(": error: ") == true)
    let isUntouched = try workspace.dump() == before
    #expect(isUntouched)
  }

  static let warned = [
    Case(
      rule: "charge_term.no-units", register: "charge_term",
      text: "contract_no,line,item,method,price,per\nC5,9,rent,area,1,month\n"),
    Case(
      rule: "price_step.method", register: "price_step",
      text: "contract_no,line,from_on,price\nC1,5,2026-12-01,5\n"),
    Case(
      rule: "charge_term.outside-contract", register: "charge_term",
      text: "contract_no,line,item,method,price,on\nC2,9,mgmt,once,5,2027-02-01\n"),
    Case(
      rule: "charge_term.outside-contract", register: "charge_term",
      text: "contract_no,line,item,method,price,per,to_on\nC2,9,mgmt,fixed,5,day,2027-02-01\n"),
    Case(
      rule: "charge_term.unused-field", register: "charge_term",
      text: "contract_no,line,item,method,price,per,percent\nC2,9,mgmt,fixed,5,day,5\n"),
    Case(
      rule: "contract.terminated-late", register: "contract",
      text:
        "contract_no,tenant_no,property_no,start_on,end_on,terminated_on\n"
        + "C9,T1,P1,2026-01-01,2026-12-31,2027-01-31\n"),
    Case(
      rule: "tenant.credit-code", register: "tenant",
      text: "tenant_no,name,credit_code\nT9,甲,91330000142942095A\n"),
  ]

  @Test(arguments: warned)
  func aDoubtIsSaidAndTheRowIsStored(_ one: Case) throws {
    let workspace = try Workspace(Prepared.small)
    let run = try workspace.importing(one.register, one.text)
    #expect(run.status == 0, "\(run.err)")
    let finding = run.errorLines.first { $0.contains("[\(one.rule)]") }
    #expect(finding?.contains(": warning: ") == true, "\(run.err)")
    #expect(run.errorLines.last?.contains("new 1") == true)
  }

  static let allowed = [
    // One after the other; in a contract that is not a lease; in a draft; after a termination.
    Case(
      rule: "", register: "contract_unit",
      text: "contract_no,unit_no,from_on,to_on,area_m2\nC2,U2,2026-01-31,2026-06-15,5\n"),
    Case(
      rule: "", register: "contract_unit",
      text: "contract_no,unit_no,from_on,area_m2\nC3,U2,2026-01-01,5\nC5,U1,2026-03-01,5\n"),
    Case(
      rule: "", register: "contract",
      text:
        "contract_no,tenant_no,property_no,start_on,end_on,previous_contract_no\n"
        + "C9,T1,P1,2026-06-01,2026-12-31,C8\nC8,T1,P1,2026-01-01,2026-05-31,\n"),
    Case(
      rule: "", register: "charge_term",
      text: "contract_no,line,item,method,price,per,unit_no\nC1,9,rent,area,1,day,U2;U1\n"),
  ]

  @Test(arguments: allowed)
  func whatIsInOrderIsStored(_ one: Case) throws {
    let workspace = try Workspace(Prepared.small)
    let run = try workspace.importing(one.register, one.text)
    #expect(run.status == 0, "\(run.err)")
    #expect(!run.err.contains("warning"), "\(run.err)")
  }

  @Test func theLinesOfAPaymentSumToNoMoreThanIt() throws {
    let workspace = try Workspace(Prepared.small)
    try workspace.bill("2026-02-28")
    let lines = "payment_no,bill_no,amount\nS1,CQ-202601-000001,1000\nS1,CQ-202601-000002,4000.01\n"
    let run = try workspace.importing("payment_line", lines)
    #expect(run.status == 65)
    #expect(run.err.contains("<stdin>:3:amount: error:"), "\(run.err)")
    #expect(run.err.contains("[payment_line.exceeds-payment]"))
    #expect(
      try workspace.importing("payment_line", lines.replacing("4000.01", with: "4000")).status == 0)
  }

  @Test func findingsOfSeveralRegistersAreAllGiven() throws {
    let workspace = try Workspace(Prepared.small)
    try workspace.write("in/tenant.csv", "tenant_no,name\nT9,\n")
    try workspace.write("in/unit.csv", "unit_no,property_no,area_m2\nU9,P1,-1\n")
    try workspace.write("in/account.csv", "role,code,name\nbank,1001,现金\n")
    let before = try workspace.dump()
    let run = try workspace.run("boms-import", "--db", "m.db", "--lang", "en", "--all", "in")
    #expect(run.status == 65)
    #expect(run.err.contains("in/tenant.csv:2:name: error:"))
    #expect(run.err.contains("in/unit.csv:2:area_m2: error:"))
    let isUntouched = try workspace.dump() == before
    #expect(isUntouched)
  }
}
