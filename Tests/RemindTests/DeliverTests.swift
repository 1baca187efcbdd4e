import Shared
import TestSupport
import Testing

/// Messages on their way out, by the built program and lines of shell.
struct DeliverTests {
  private let place: Workspace
  private let day = "2026-01-20"

  /// With four reminders, of which three have an address.
  init() throws {
    place = try RemindPlace.copy()
    _ = try place.reminded("2026-01-20")
  }

  private func numbers(_ file: String) throws -> [String] {
    try place.read(file).split(separator: "\n").filter { $0.hasPrefix("Message-No: ") }
      .map(String.init)
  }

  @Test func whatHasAnAddressIsSentOnceAndWhatHasNoneIsListed() throws {
    let sent = try place.deliver("cat >> out", on: day)
    #expect(sent.status == 0)
    #expect(
      sent.err == "sent 3 · failed 0 · given up 0 · left 0 · to try later 0 · no address 1 "
        + "· withdrawn 0 · as of 2026-01-20\n")
    #expect(records(sent.out).map { $0["state"] } == ["sent", "sent", "sent"])
    let out = try place.read("out")
    #expect(out.contains("To: t1@example.com\nTo-Name: 甲店\nSubject: [广场] Bill "))
    let again = try place.deliver("cat >> out", on: day)
    #expect(again.err.hasPrefix("sent 0 "))
    #expect(try place.read("out") == out)
    // The address is found as soon as it is there.
    try place.importing("tenant", "tenant_no,name,email\nT2,乙店,t2@example.com\n")
    #expect(try place.deliver("cat >> out", on: day).err.hasPrefix("sent 1 "))
  }

  @Test func whatWasSentIsKeptWordForWord() throws {
    _ = try place.deliver("cat > /dev/null", "--limit", "1", on: day)
    let shown = try place.remind("preview", "1", on: "2026-06-01")
    #expect(shown.out.hasPrefix("Subject: [广场] Contract C1 of 甲店 ends on 2026-03-31\nSent-At: "))
    #expect(shown.out.contains("\n2026-01-20\n"))
  }

  @Test func aDigestIsOneMessageForEachRecipient() throws {
    let sent = try place.deliver("cat >> out", "--digest", on: day)
    #expect(sent.err.hasPrefix("sent 3 "))
    let out = try place.read("out")
    #expect(try numbers("out").count == 2)
    #expect(out.contains("Subject: [广场] 2 reminders (2026-01-20)"))
    #expect(
      out.contains(
        "1. Contract C1 (甲店) ends on 2026-03-31, in 70 days; it is not renewed.\n2. [广场] 公众责任险"))
  }

  @Test func aFailureIsTriedAgainWhenItsTimeHasComeAndGivenUpAfterTheTenth() throws {
    func deliver(_ at: String) throws -> Workspace.Run {
      try place.deliver(
        "echo 'cannot reach t1@example.com' >&2; exit 75", "--at", at, on: day)
    }
    let first = try deliver("2026-01-20T02:00:00Z")
    #expect(first.status == 1)
    #expect(
      first.err.hasSuffix(
        "sent 0 · failed 3 · given up 0 · left 0 · to try later 0 · no address 1 · withdrawn 0 "
          + "· as of 2026-01-20\n"))
    #expect(
      first.err.contains("reminder 2 to t***@example.com: status 75: cannot reach t***@example.com")
    )
    #expect(
      records(first.out).map { $0["next_try_at"] }.allSatisfy { $0 == "2026-01-20T02:10:00Z" })
    #expect(
      try deliver("2026-01-20T02:09:59Z").err.contains(
        "failed 0 · given up 0 · left 0 · to try later 3"))
    for hour in 1...8 {
      #expect(try deliver("2026-02-0\(hour)T02:00:00Z").err.contains("failed 3"))
    }
    let last = try deliver("2026-02-09T02:00:00Z")
    #expect(last.err.contains("failed 0 · given up 3"))
    #expect(try deliver("2026-03-09T02:00:00Z").err.contains("given up before 3"))
    #expect(try place.states(day).filter { $0.hasSuffix("given_up") }.count == 3)
    // Somebody mends it and asks again.
    let again = try place.deliver("cat >> out", "--again", on: day)
    #expect(again.err.hasPrefix("sent 3 "))
  }

  @Test func aRefusalIsNeverTriedAgain() throws {
    let run = try place.deliver("exit 67", "--at", "2026-01-20T02:00:00Z", on: day)
    #expect(run.status == 1)
    #expect(run.err.contains("failed 0 · given up 3"))
    #expect(records(run.out).allSatisfy { $0["state"] == "given_up" && $0["reason"] == "refused" })
  }

  @Test(arguments: ["nosuch-program", "exit 78", "exit 64"])
  func aProgramThatCannotRunCountsAsNoTry(via: String) throws {
    let run = try place.deliver(via, on: day)
    #expect(run.status == 69)
    #expect(
      try place.states(day).allSatisfy { $0.hasSuffix("queued") || $0.hasSuffix("no_address") })
  }

  @Test func threeFailuresInARowEndTheRun() throws {
    try place.importing(
      "obligation",
      "obligation_no,subject,property_no,due_on\n"
        + (1...5).map { "X\($0),事\($0),P,2026-01-22\n" }.joined())
    _ = try place.reminded(day)
    let run = try place.deliver("exit 1", on: day)
    #expect(run.err.contains("failed 3 · given up 0 · left 5"))
  }

  @Test func aProgramThatHangsIsEnded() throws {
    let run = try place.deliver("sleep 60", "--timeout", "1", "--limit", "1", on: day)
    #expect(run.err.contains("no answer within 1 s"))
    #expect(run.status == 1)
  }

  @Test func aProgramThatDiesOrReadsNothingIsAFailure() throws {
    #expect(try place.deliver("kill -9 $$", "--limit", "1", on: day).err.contains("signal 9"))
    // The input is larger than any pipe, and nobody reads it.
    #expect(try place.deliver("true", "--limit", "1", "--again", on: day).err.hasPrefix("sent 1 "))
  }

  @Test func whatWasSentAndNotRecordedIsSentAgainUnderTheSameNumber() throws {
    let killed = try place.deliver("cat >> out; kill -9 $PPID; sleep 5", on: day)
    #expect(killed.status == 137)
    #expect(try place.states(day).allSatisfy { !$0.hasSuffix("sent") })
    // The lock went with its holder.
    #expect(try place.deliver("cat >> out", on: day).err.hasPrefix("sent 3 "))
    let sent = try numbers("out")
    #expect(sent.count == 4)
    #expect(sent[0] == sent[1])
    #expect(Set(sent).count == 3)
  }

  @Test func twoDeliverersNeverWorkAtOnce() throws {
    let first = try place.start(
      "boms-remind",
      ["deliver", "--channel", "mail", "--db", "m.db", "--as-of", day, "--via"]
        + ["touch begun; while [ ! -e go ]; do sleep 0.02; done; cat >> out"])
    while !place.exists("begun") { _ = try place.shell("sleep 0.02") }
    let second = try place.deliver("cat >> out", on: day)
    #expect(second.status == 75)
    #expect(second.err.contains("another deliverer is at work on this database"))
    try place.write("go", "")
    #expect(try first.wait().status == 0)
    #expect(try numbers("out").count == 3)
  }

  @Test func whatIsAcknowledgedWhileOthersAreSentIsNotSent() throws {
    let run = try place.deliver(
      """
      cat >> out
      boms-remind ack 2 4 --db m.db --as-of 2026-01-20 --reason 已知 --quiet > acked
      """, on: day)
    #expect(run.err.hasPrefix("sent 1 "))
    #expect(try numbers("out").count == 1)
  }

  @Test func aFolderOfTemplatesGoesBeforeThoseThatAreBuiltIn() throws {
    try place.write("t/overdue.en.txt", "subject: PAY {open}\nshort: s\n\nbody {bill_no}\n")
    func deliver(_ via: String) throws -> Workspace.Run {
      try place.run(
        "boms-remind",
        ["deliver", "--channel", "mail", "--via", via, "--db", "m.db", "--as-of", day]
          + ["--lang", "en"], environment: ["BOMS_TEMPLATES": place.file("t")])
    }
    try place.write("t/obligation.en.txt", "subject: {subjekt}\nshort: s\n\nbody\n")
    let wrong = try deliver("cat >> out")
    #expect(wrong.status == 78)
    #expect(wrong.err.contains("obligation.en.txt:1: there is no field '{subjekt}'"))
    #expect(wrong.err.contains("did you mean '{subject}'?"))
    #expect(!place.exists("out"))
    try place.write("t/obligation.en.txt", "subject: {subject}\nshort: s\n\nbody\n")
    try place.write("t/mail.html", "<h1>{subject}</h1><pre>{body}</pre>\n")
    #expect(try deliver("cat >> out").status == 0)
    let out = try place.read("out")
    #expect(
      out.contains(
        "Subject: PAY 100.00\nContent-Type: text/html; charset=utf-8\n\n<h1>PAY 100.00</h1>"))
    let missing = try place.run(
      "boms-remind", ["preview", "--db", "m.db"], environment: ["BOMS_TEMPLATES": "/nowhere"])
    #expect(missing.status == 66)
  }

  @Test func theBooksGuardWhatBecameOfAReminder() throws {
    _ = try place.deliver("cat > /dev/null", "--limit", "1", on: day)
    for (sql, rule) in [
      (
        "INSERT INTO reminder_event (reminder_id, event, done_on, done_at, message_id) "
          + "VALUES (1, 'sent', '2026-01-20', '2026-01-20T00:00:00Z', 1)",
        "reminder_event."
      ),
      (
        "INSERT INTO reminder_event (reminder_id, event, done_on) VALUES (1, 'queued', '2026-01-20')",
        "reminder_event.order"
      ),
      ("UPDATE reminder SET level = 9", "append-only"),
      ("DELETE FROM reminder_event", "append-only"),
      ("DELETE FROM message", "append-only"),
    ] {
      let error = #expect(throws: BooksError.self) { try TestDatabase.run(sql, place.file("m.db")) }
      #expect(error?.message?.contains(rule) == true, "\(sql)")
    }
  }
}
