import Foundation
import Shared
import TestSupport
import Testing

/// The built program asks for invoices on what is charged, and follows them.
struct RequestTests {
  private func billed() throws -> IssuePlace {
    let place = try IssuePlace()
    try place.bill("2026-01-10")
    return place
  }

  private func short(_ records: [[String: String]]) -> [String] {
    records.map { row in
      ["colour", "state", "company_no", "tenant_no", "invoice_kind", "business", "gross"]
        .map { row[$0] ?? "?" }.joined(separator: " ")
    }.sorted()
  }

  @Test func everyChargeIsAskedForOnce() throws {
    let place = try billed()
    #expect(
      short(try place.request("2026-01-10")) == [
        "blue requested A T1 special lease 1090.00", "blue requested A T2 ordinary lease 200.00",
        "blue requested B T1 special  106.00",
      ])
    #expect(try place.request("2026-01-10") == [])
    #expect(try place.differences() == [])
    #expect(try place.check() == [])
  }

  @Test func whatHasAnErrorIsLeftOutAndTheOthersGoThrough() throws {
    let place = try billed()
    let run = try place.run(
      "boms-invoice", ["request", "run", "--as-of", "2026-01-10", "--lang", "en"])
    #expect(run.status == 1)
    #expect(run.lines.count == 4)
    #expect(
      run.errorLines == [
        "T3:invoice_tax_no: error: the buyer has no tax number [request.buyer-tax-no]",
        "  hint: give invoice_tax_no or credit_code in the register of tenants",
        "requests 3 · red requests 0 · withdrawn 0 · left out 1 · of 53.00 · as of 2026-01-10",
      ])
    try place.importing("tenant", "tenant_no,name,credit_code\nT3,丙店,9112011667149649XU\n")
    #expect(short(try place.request("2026-01-11")) == ["blue requested B T3 ordinary  53.00"])
  }

  @Test func aDryRunWritesNothing() throws {
    let place = try billed()
    #expect(try place.request("2026-01-10", "--dry-run").count == 3)
    #expect(try place.list() == [])
  }

  @Test func aLeaseSaysItsUnitsAndAMonthIsOneInvoiceIfThatIsAskedFor() throws {
    let place = try billed()
    try place.bill("2026-02-10")
    let made = try place.request("2026-02-10", "--by", "tenant", "--company", "A")
    #expect(
      made.map { "\($0["tenant_no"] ?? "") \($0["lines"] ?? "") \($0["gross"] ?? "")" } == [
        "T1 1 1090.00", "T2 1 200.00", "T1 1 1090.00", "T2 1 200.00",
      ])
    let shown = try place.run(
      "boms-invoice", ["request", "show", made[0]["request_no"] ?? ""])
    let leases = records(shown.out).filter { $0["section"] == "lease" }
    #expect(
      leases.map { "\($0["seq"] ?? "") \($0["field"] ?? "") \($0["value"] ?? "")" } == [
        "1 unit_no U1", "1 deed_no 浙(2020)第1号", "1 region 浙江省杭州市西湖区", "1 address 文三路100号",
        "1 from_on 2026-01-01", "1 to_on 2026-01-31", "1 cross_city no", "1 area_unit ㎡",
        "2 unit_no U2", "2 deed_no 无", "2 region 浙江省杭州市西湖区", "2 address 文三路100号",
        "2 from_on 2026-01-01", "2 to_on 2026-01-31", "2 cross_city no", "2 area_unit ㎡",
      ])
  }

  @Test func onlyWhatIsReceivedIsAskedForOnThatBasis() throws {
    let place = try billed()
    #expect(try place.request("2026-01-10", "--basis", "received") == [])
    try place.importing(
      "payment",
      "payment_no,tenant_no,property_no,company_no,paid_on,amount\nS1,T2,P,A,2026-01-08,150\n")
    try place.succeed("boms-collect", "run", "--as-of", "2026-01-10")
    #expect(
      short(try place.request("2026-01-10", "--basis", "received")) == [
        "blue requested A T2 ordinary lease 150.00"
      ])
    #expect(try place.request("2026-01-10", "--basis", "received") == [])
    #expect(
      short(try place.request("2026-01-10", "--tenant", "T2")) == [
        "blue requested A T2 ordinary lease 50.00"
      ])
    #expect(try place.check() == [])
  }

  @Test func aBillOnHoldWaits() throws {
    let place = try billed()
    let bill = try TestDatabase.texts(
      "SELECT bill_no FROM bill WHERE contract_no = 'C2'", place.workspace.file("m.db"))[0]
    try place.succeed("boms-bill", "hold", bill, "--reason", "争议", "--as-of", "2026-01-10")
    #expect(try place.request("2026-01-10").count == 2)
    try place.succeed("boms-bill", "release", bill, "--reason", "解决", "--as-of", "2026-01-11")
    #expect(try place.request("2026-01-11").count == 1)
  }

  @Test func anInvoicedBillIsVoidOnlyWithItsRedRequest() throws {
    let place = try billed()
    try place.request("2026-01-10")
    try place.export("2026-01-10")
    let bill = try TestDatabase.texts(
      "SELECT bill_no FROM bill WHERE contract_no = 'C2'", place.workspace.file("m.db"))[0]
    let void = ["void", bill, "--reason", "重复", "--as-of", "2026-01-12", "--lang", "en"]
    let refused = try place.run("boms-bill", void)
    #expect(refused.status == 65)
    #expect(refused.err.contains("[bill.invoiced]"))
    #expect(refused.err.contains("boms-invoice request red \(bill) --reason 01"))

    let red = ["request", "red", bill, "--reason", "01", "--as-of", "2026-01-12"]
    #expect(
      short(records(try place.run("boms-invoice", red).out)) == [
        "red pending A T2 ordinary lease -200.00"
      ])
    #expect(records(try place.run("boms-invoice", red).out) == [])
    // While the red invoice waits, nothing is asked for anew.
    #expect(try place.request("2026-01-12") == [])
    #expect(try place.run("boms-bill", void).status == 0)
    #expect(try place.request("2026-01-12") == [])
    try place.bill("2026-01-12")
    #expect(
      short(try place.request("2026-01-12")) == ["blue requested A T2 ordinary lease 200.00"])
    #expect(try place.differences() == [])
    #expect(try place.check() == [])
  }

  @Test func aBillThatIsOnlyAskedForIsVoidAndItsRequestGoes() throws {
    let place = try billed()
    try place.request("2026-01-10")
    let bill = try TestDatabase.texts(
      "SELECT bill_no FROM bill WHERE contract_no = 'C2'", place.workspace.file("m.db"))[0]
    try place.succeed("boms-bill", "void", bill, "--reason", "重复", "--as-of", "2026-01-12")
    #expect(
      short(try place.request("2026-01-12")) == ["blue withdrawn A T2 ordinary lease 200.00"])
    #expect(try place.differences() == [])
  }

  @Test func aContractThatEndsEarlyGivesARedRequestThatNamesTheBlueInvoice() throws {
    let place = try billed()
    let made = try place.request("2026-01-10")
    try place.export("2026-01-10")
    let blue = try #require(made.first { $0["tenant_no"] == "T2" }?["request_no"])
    try place.issue(blue, "26332000000000000001", on: "2026-01-11")
    try place.succeed(
      "boms-bill", "terminate", "C2", "--on", "2026-01-15", "--as-of", "2026-01-15")
    let red = try place.request("2026-01-15")
    #expect(short(red) == ["red pending A T2 ordinary lease -103.23"])
    #expect(red[0]["blue_no"] == "26332000000000000001")
    #expect(red[0]["blue_request_no"] == blue)
    #expect(red[0]["red_reason"] == "03")
    #expect(try place.request("2026-01-15") == [])
    #expect(try place.differences() == [])
    // It goes out as JSON, and not in the bureau's workbook.
    let book = try place.run(
      "boms-invoice",
      ["request", "export", "--xlsx", "issue.xlsx", "--as-of", "2026-01-16", "--lang", "en"])
    #expect(
      book.err == "exported 0 · 1 red requests are not for this workbook · as of 2026-01-16\n")
    let json = try place.run("boms-invoice", ["request", "export", "--as-of", "2026-01-16"])
    #expect(json.out.contains("\"blue_no\":\"26332000000000000001\",\"red_reason\":\"03\""))
  }

  @Test func whatTheBureauDidNotTakeIsCorrectedAndAskedForAnew() throws {
    let place = try billed()
    let made = try place.request("2026-01-10")
    try place.export("2026-01-10")
    #expect(try place.list("--status", "已导出").count == 3)
    let number = try #require(made.first { $0["company_no"] == "B" }?["request_no"])
    let list = "批量开票失败明细,,\n\n序号,发票流水号 ,*导入失败原因\n1,\t\(number),购买方名称有误\n"
    try place.workspace.write("failures.csv", list)
    let failures = ["request", "import", "failures.csv", "--as-of", "2026-01-11"]
    let first = records(try place.run("boms-invoice", failures).out)
    #expect(first.map { $0["reason"] } == ["购买方名称有误"])
    #expect(records(try place.run("boms-invoice", failures).out) == [])
    #expect(try place.request("2026-01-11") == [])
    try place.importing("tenant", "tenant_no,name,invoice_title\nT1,甲店,甲店有限公司\n")
    #expect(
      short(try place.request("2026-01-12")) == [
        "blue requested B T1 special  106.00", "blue withdrawn B T1 special  106.00",
      ])
    #expect(try place.check() == [])
  }

  @Test func aListOfFailuresWithAnUnknownNumberStoresNothing() throws {
    let place = try billed()
    let made = try place.request("2026-01-10")
    try place.export("2026-01-10")
    try place.workspace.write(
      "f.csv", "发票流水号,导入失败原因\n\(made[0]["request_no"] ?? ""),甲\nX-1,乙\n")
    let run = try place.run("boms-invoice", ["request", "import", "f.csv", "--lang", "en"])
    #expect(run.status == 65)
    #expect(run.err.contains("f.csv:3:发票流水号: error: there is no request 'X-1' that stands"))
    #expect(try place.list("--status", "failed") == [])
    try place.workspace.write("g.csv", "号码,原因\n1,2\n")
    let other = try place.run("boms-invoice", ["request", "import", "g.csv"])
    #expect(other.status == 65)
    #expect(other.err.contains("[request.failure-headings]"))
  }

  @Test func whatWasExportedIsNotExportedAgainUnlessThatIsAskedFor() throws {
    let place = try billed()
    try place.request("2026-01-10")
    func count(_ options: String...) throws -> Int {
      let run = try place.run("boms-invoice", ["request", "export"] + options)
      return run.out.components(separatedBy: "\"request_no\"").count - 1
    }
    #expect(try count("--dry-run") == 3)
    #expect(try count("--company", "B") == 1)
    #expect(try count() == 2)
    #expect(try count() == 0)
    #expect(try count("--again") == 3)
    let number = try place.list()[0]["request_no"] ?? ""
    #expect(try count(number) == 0)
    #expect(try count(number, "--again") == 1)
  }

  @Test func aRequestThatTheBureauDoesNotHaveIsWithdrawnByHand() throws {
    let place = try billed()
    let made = try place.request("2026-01-10")
    try place.export("2026-01-10")
    let number = made[0]["request_no"] ?? ""
    try place.succeed(
      "boms-invoice", "request", "withdraw", number, "--reason", "未提交", "--as-of", "2026-01-11")
    #expect(try place.request("2026-01-11").count == 1)
    try place.issue(made[1]["request_no"] ?? "", "26332000000000000002", on: "2026-01-11")
    let refused = try place.run(
      "boms-invoice", ["request", "withdraw", made[1]["request_no"] ?? "", "--reason", "错"])
    #expect(refused.status == 65)
    #expect(refused.err.contains("[request.issued]"))
  }
}
