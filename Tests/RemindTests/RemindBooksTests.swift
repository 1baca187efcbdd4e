import Shared
import TestSupport
import Testing

/// What of the books is reminded of, by the built programs.
struct RemindBooksTests {
  private let place: Workspace

  init() throws {
    place = try RemindPlace.copy()
  }

  @Test func aRunMakesWhatIsDueOnceAndTheListHasIt() throws {
    let (b1, b2) = (try place.billNo("C1"), try place.billNo("C2"))
    #expect(
      try place.reminded("2026-01-20").sorted() == [
        "contract_expiry C1 -90 周", "obligation Z1 -30 周", "overdue \(b1) 7 T1",
        "overdue \(b2) 7 T2",
      ])
    #expect(try place.reminded("2026-01-20") == [])
    let list = try place.remind("list", "--state", "no_address", on: "2026-01-20")
    #expect(records(list.out).map { $0["tenant_no"] } == ["T2"])
    #expect(list.err == "reminders 1 · as of 2026-01-20\n")
    // As of the day before there was none.
    #expect(try place.states("2026-01-19") == [])
    // The bill's higher level; the obligation's next.
    #expect(
      try place.reminded("2026-02-03").sorted() == [
        "contract_expiry C1 -60 周", "obligation Z1 -7 周", "overdue \(b1) 15 T1",
        "overdue \(b2) 15 T2",
      ])
  }

  @Test func aBillIsAskedForBeforeItsDueDay() throws {
    try place.importing(
      "charge_term",
      "contract_no,line,item,method,price,on,lead_days\nC1,3,rent,once,30,2026-02-10,9\n")
    try place.bill("2026-02-08")
    let made = try place.reminded("2026-02-08", "--tolerance", "99")
    #expect(!made.contains { $0.hasPrefix("rent_due") })
    let more = try place.reminded("2026-02-08", "--tolerance", "29.99")
    #expect(more.contains { $0.hasPrefix("rent_due A-202602") && $0.hasSuffix(" -3 T1") })
    // Past its due day it is dunned instead, and what was not sent is withdrawn.
    let after = try place.reminded("2026-02-11")
    #expect(after.contains { $0.hasPrefix("overdue A-202602") && $0.hasSuffix(" 1 T1") })
    #expect(
      try place.states("2026-02-11").contains {
        $0.hasPrefix("rent_due") && $0.hasSuffix("withdrawn")
      })
  }

  @Test func aPaidBillsReminderIsWithdrawnAndAVoidedPaymentBringsItBack() throws {
    let bill = try place.billNo("C1")
    _ = try place.reminded("2026-01-20")
    try place.pay("S1", "T1", "100", on: "2026-01-21")
    try place.collect("2026-01-21")
    let paid = try place.remind("run", on: "2026-01-21")
    #expect(paid.err == "new 0 · again 0 · withdrawn 1 · unchanged 3 · as of 2026-01-21\n")
    #expect(try place.states("2026-01-21").contains("overdue \(bill) 7 withdrawn"))
    try place.succeed(
      "boms-collect", "void", "S1", "--db", "m.db", "--as-of", "2026-01-22", "--reason", "退票",
      "--quiet")
    let voided = try place.remind("run", on: "2026-01-22")
    #expect(voided.err == "new 0 · again 1 · withdrawn 0 · unchanged 3 · as of 2026-01-22\n")
    #expect(try place.states("2026-01-22").contains("overdue \(bill) 7 queued"))
  }

  @Test func deliverWithdrawsWhatWasPaidSinceTheRun() throws {
    _ = try place.reminded("2026-01-20")
    try place.pay("S1", "T1", "100", on: "2026-01-20")
    try place.collect("2026-01-20")
    let sent = try place.deliver("cat >> out", on: "2026-01-20")
    #expect(sent.err.hasPrefix("sent 2 · "))
    #expect(sent.err.contains(" withdrawn 1 "))
    #expect(try !place.read("out").contains("t1@example.com"))
  }

  @Test func aBillOnHoldRemindsNobody() throws {
    let bill = try place.billNo("C1")
    func decide(_ word: String, _ day: String) throws {
      try place.succeed(
        "boms-bill", word, bill, "--db", "m.db", "--as-of", day, "--reason", "争议", "--quiet")
    }
    try decide("hold", "2026-01-20")
    #expect(try !place.reminded("2026-01-20").contains { $0.contains(bill) })
    try decide("release", "2026-01-22")
    #expect(try place.reminded("2026-01-22") == ["overdue \(bill) 7 T1"])
  }

  @Test func aRenewedContractIsReminderOfNoMoreAndADraftRenewsNothing() throws {
    _ = try place.reminded("2026-01-20")
    func renew(_ status: String) throws {
      try place.importing(
        "contract",
        "contract_no,tenant_no,property_no,start_on,end_on,previous_contract_no,status\n"
          + "C3,T1,P,2026-04-01,2026-12-31,C1,\(status)\n")
    }
    try renew("draft")
    #expect(try place.reminded("2026-01-20") == [])
    #expect(try place.states("2026-01-20").contains("contract_expiry C1 -90 queued"))
    try renew("signed")
    _ = try place.reminded("2026-01-20")
    #expect(try place.states("2026-01-20").contains("contract_expiry C1 -90 withdrawn"))
  }

  @Test func anObligationThatIsDoneBeginsAnewWithItsNextDay() throws {
    _ = try place.reminded("2026-01-20")
    _ = try place.deliver("cat > /dev/null", on: "2026-01-20")
    let done = try place.remind(
      "done", "Z1", "--next", "2027-02-10", "--reason", "已续保", on: "2026-02-01")
    #expect(done.err == "done 1 · unchanged 0 · due again on 2027-02-10 · as of 2026-02-01\n")
    let again = try place.remind(
      "done", "Z1", "--next", "2027-02-10", "--reason", "已续保", on: "2026-02-01")
    #expect(again.err.hasPrefix("done 0 · unchanged 1"))
    #expect(try !place.reminded("2026-02-10").contains { $0.hasPrefix("obligation") })
    #expect(try place.reminded("2027-01-20").contains("obligation Z1 -30 周"))
    // A file with the old day opens nothing again.
    try place.importing("obligation", "obligation_no,subject,due_on\nZ1,公众责任险,2026-02-10\n")
    #expect(try !place.reminded("2027-01-21").contains { $0.hasPrefix("obligation") })
    let early = try place.remind(
      "done", "Z1", "--next", "2027-02-09", "--reason", "a", on: "2027-01-22")
    #expect(early.status == 65)
    #expect(early.err.contains("[obligation.next-due]"))
  }

  @Test func anObligationThatIsDoneForGoodIsReminderOfNoMore() throws {
    _ = try place.reminded("2026-01-20")
    _ = try place.remind("done", "Z1", "--reason", "停业", on: "2026-01-21")
    _ = try place.reminded("2026-01-21")
    #expect(try place.states("2026-01-21").contains("obligation Z1 -30 withdrawn"))
    #expect(try place.remind("done", "X", "--reason", "a", on: "2026-01-21").status == 66)
  }

  @Test func aDepositThatIsStillHeldAfterTheContractIsReminderOf() throws {
    let made = try place.reminded("2026-04-20")
    #expect(made.contains("deposit_refund_due C1 15 周"))
    let number = try #require(
      records(try place.remind("list", "--kind", "deposit_refund_due", on: "2026-04-20").out)
        .first?["reminder_no"])
    let text = try place.remind("preview", number, on: "2026-04-20")
    #expect(text.out.contains("Held: 500.00 CNY"))
    #expect(text.out.contains("Owed on the contract: 100.00 CNY"))
  }

  @Test func whatSomebodyTookNoteOfIsReminderOfNoMore() throws {
    _ = try place.reminded("2026-01-20")
    let bill = try place.billNo("C1")
    let number = try #require(
      records(try place.remind("list", "--subject", bill, on: "2026-01-20").out)
        .first?["reminder_no"])
    let acked = try place.remind("ack", number, "--reason", "周五付款", on: "2026-01-21")
    #expect(acked.err == "acknowledged 1 · unchanged 0 · as of 2026-01-21\n")
    #expect(records(acked.out).map { $0["reason"] } == ["周五付款"])
    #expect(
      try place.remind("ack", number, "--reason", "a", on: "2026-01-21").err.hasPrefix(
        "acknowledged 0 · unchanged 1"))
    #expect(try !place.reminded("2026-02-20").contains { $0.contains(bill) })
    let sent = try place.deliver("cat >> out", on: "2026-02-20")
    #expect(sent.status == 0)
    #expect(try !place.read("out").contains(bill))
    #expect(try place.remind("ack", "999", "--reason", "a", on: "2026-01-21").status == 66)
  }

  @Test func rulesOfThePropertySayWhenAndToWhom() throws {
    try place.importing(
      "reminder_rule",
      "kind,property_no,days,channel,recipient\noverdue,P,5,sms,tenant;owner\n"
        + "obligation,*,,,boss@example.com\ncontract_expiry,*,,,none\n")
    let bill = try place.billNo("C1")
    let made = try place.reminded("2026-01-20")
    #expect(made.contains("overdue \(bill) 5 T1") && made.contains("overdue \(bill) 5 周"))
    #expect(made.contains("obligation Z1 -30 b***@example.com"))
    #expect(!made.contains { $0.hasPrefix("contract_expiry") })
    // To others than the tenant it is put otherwise.
    let texts = try place.remind(
      "preview", "--kind", "overdue", "--channel", "sms", on: "2026-01-20")
    #expect(texts.out.contains("payable to 甲公司"))
    let mine = try place.remind("list", "--state", "no_address", on: "2026-01-20")
    #expect(records(mine.out).contains { $0["recipient"] == "周" && $0["channel"] == "sms" })
  }

  @Test func missingReportsAndReadingsAreThoseOfTheBooks() throws {
    try place.importing(
      "charge_term",
      "contract_no,line,item,method,percent,anchor,on\nC2,5,rent,turnover,5,calendar,\n")
    try place.importing("fee_item", "item,name,kind\npower,电费,resale\n")
    try place.importing(
      "charge_term", "contract_no,line,item,method\nC2,6,power,metered\n")
    try place.importing("tariff", "tariff_no,from_on,register,price\nE,2026-01-01,total,1\n")
    try place.importing("meter", "meter_no,property_no\nM1,P\n")
    try place.importing(
      "meter_install",
      "meter_no,from_on,contract_no,line,tariff_no,open_reading\nM1,2026-01-01,C2,6,E,0\n")
    let made = try place.reminded("2026-02-05")
    #expect(made.contains("reading_missing M1/2026-01 3 周"))
    #expect(made.contains("turnover_missing C2/5/2026-01 5 T2"))
    try place.importing("turnover", "contract_no,line,month,amount\nC2,5,2026-01,1000\n")
    try place.importing("reading", "meter_no,read_on,value\nM1,2026-01-31,5\n")
    _ = try place.reminded("2026-02-05")
    let states = try place.states("2026-02-05")
    #expect(states.contains("reading_missing M1/2026-01 3 withdrawn"))
    #expect(states.contains("turnover_missing C2/5/2026-01 5 withdrawn"))
  }

  @Test func aDryRunSaysTheSameAndStoresNothing() throws {
    let before = try TestDatabase.dump(place.file("m.db"))
    let dry = try place.remind("run", "--dry-run", on: "2026-01-20")
    let delivered = try place.deliver("exit 1", "--dry-run", on: "2026-01-20")
    #expect(delivered.status == 0)
    #expect(try TestDatabase.dump(place.file("m.db")) == before)
    let real = try place.remind("run", on: "2026-01-20")
    #expect(real.out == dry.out)
  }

  @Test func onePropertyIsLookedAtWithoutTouchingOthers() throws {
    try place.importing("property", "property_no,name,company_no\nQ,市场,A\n")
    try place.importing(
      "obligation",
      "obligation_no,subject,property_no,due_on\nQ1,检验,Q,2026-01-25\nN1,商标,,2026-01-25\n")
    let made = try place.reminded("2026-01-20", "--property", "Q")
    #expect(made == ["obligation Q1 -7 Q"])
    #expect(try place.reminded("2026-01-20").contains("obligation N1 -7 *"))
    _ = try place.reminded("2026-01-20", "--property", "P")
    #expect(try !place.states("2026-01-20").contains { $0.hasSuffix("withdrawn") })
    #expect(try place.remind("run", "--property", "X", on: "2026-01-20").status == 66)
  }
}
