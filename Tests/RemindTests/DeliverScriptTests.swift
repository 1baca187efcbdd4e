import Foundation
import TestSupport
import Testing

/// `scripts/deliver-*` with a real mail server and a real web server on loopback.
struct DeliverScriptTests {
  /// A server that notes what it gets; it goes with the test.
  private final class Server {
    let port: Int
    private let child: Child
    private let workspace: Workspace
    private let notes: String

    init(_ kind: String, _ workspace: Workspace) throws {
      self.workspace = workspace
      notes = "\(kind).jsonl"
      child = try workspace.start(
        "/usr/bin/python3",
        [
          "-u", "-c",
          """
          import sys, runpy
          sys.argv = ["servers.py", "\(kind)", "\(notes)"]
          sys.stdout = open("\(kind).port.new", "w")
          import os, threading, time
          def ready():
              while not os.path.getsize("\(kind).port.new"): time.sleep(0.01)
              os.rename("\(kind).port.new", "\(kind).port")
          threading.Thread(target=ready, daemon=True).start()
          runpy.run_path("\(Repository.path("Tests/Fixtures/deliver/servers.py"))")
          """,
        ])
      for _ in 0..<1000 where !workspace.exists("\(kind).port") { usleep(10_000) }
      let text = try workspace.read("\(kind).port")
      port = try #require(Int(text.trimmingCharacters(in: .whitespacesAndNewlines)))
    }

    deinit { child.kill() }

    func got() throws -> [[String: Any]] {
      workspace.exists(notes) ? try objects(workspace.read(notes)) : []
    }
  }

  private let day = "2026-01-20"

  private func deliver(
    _ place: Workspace, _ channel: String, _ environment: [String: String], _ more: String...
  ) throws -> Workspace.Run {
    try place.run(
      "boms-remind",
      ["deliver", "--channel", channel, "--via", Repository.path("scripts/deliver-\(channel)")]
        + ["--db", "m.db", "--as-of", day, "--lang", "zh"] + more, environment: environment)
  }

  // MARK: Mail

  @Test func mailGoesOutAsTheStandardsSay() throws {
    let place = try RemindPlace.copy()
    let server = try Server("smtp", place)
    _ = try place.reminded(day)
    let settings = [
      "BOMS_MAIL_FROM": "广场物业 <boms@mall.example.com>",
      "BOMS_MAIL_REPLY": "finance@mall.example.com",
      "BOMS_SENDMAIL": "msmtp --host=127.0.0.1 --port=\(server.port) --timeout=2",
    ]
    let run = try deliver(place, "mail", settings)
    #expect(run.err.hasPrefix("已发送 3 ·"), "\(run)")
    let mails = try server.got()
    #expect(mails.count == 3)
    let bill = try place.billNo("C1")
    let mail = try #require(mails.first { ($0["recipients"] as? [String]) == ["t1@example.com"] })
    #expect(mail["subject"] as? String == "【广场】逾期缴费通知：账单 \(bill) 已逾期 10 天，未付 100.00 元")
    #expect(mail["author"] as? String == "广场物业 <boms@mall.example.com>")
    #expect(mail["sender"] as? String == "boms@mall.example.com")
    #expect(mail["to"] as? String == "甲店 <t1@example.com>")
    #expect((mail["id"] as? String)?.hasSuffix("@mall.example.com>") == true)
    #expect((mail["date"] as? String)?.isEmpty == false)
    #expect((mail["defects"] as? [String]) == [])
    #expect((mail["longest"] as? Int).map { $0 <= 78 } == true)
    let body = try #require(mail["body"] as? String)
    #expect(body.contains("  收款账号：1202020009000012345\r\n"))
    #expect(body.hasPrefix("尊敬的甲店：\r\n\r\n您好！截至2026年1月20日"))
  }

  @Test func whatAMailServerRefusesIsGivenUpAndWhatItPutsOffIsTriedAgain() throws {
    let place = try RemindPlace.copy()
    let server = try Server("smtp", place)
    try place.importing(
      "tenant",
      "tenant_no,name,email\nT1,甲店,reject@example.com\nT2,乙店,busy@example.com\n")
    try place.importing("contact", "owner,property_no,email\n周,P,hang@example.com\n")
    _ = try place.reminded(day)
    let settings = [
      "BOMS_MAIL_FROM": "boms@mall.example.com",
      "BOMS_SENDMAIL": "msmtp --host=127.0.0.1 --port=\(server.port) --timeout=30",
    ]
    let run = try deliver(place, "mail", settings, "--timeout", "1")
    #expect(run.status == 1)
    let reasons = Dictionary(
      records(run.out).map {
        ("\($0["recipient"] ?? "") \($0["state"] ?? "")", $0["reason"] ?? "")
      },
      uniquingKeysWith: { first, _ in first })
    #expect(reasons["T1 given_up"]?.contains("550 5.1.1 <r***@example.com>: no such user") == true)
    #expect(reasons["T2 failed"]?.contains("451 4.3.0 try again later") == true)
    #expect(reasons["周 failed"] == "no answer within 1 s")
    #expect(!run.err.contains("reject@"))
    // A server that cuts the line, then none at all.
    try place.importing("contact", "owner,property_no,email\n周,P,cut@example.com\n")
    let cut = try deliver(place, "mail", settings, "--again")
    #expect(
      records(cut.out).filter { $0["recipient"] == "周" }.allSatisfy { $0["state"] == "failed" })
    var down = settings
    down["BOMS_SENDMAIL"] = "msmtp --host=127.0.0.1 --port=1"
    #expect(try deliver(place, "mail", down, "--again").err.contains("Connection refused"))
    #expect(try server.got().isEmpty)
    // Without settings nothing counts as a try.
    #expect(try deliver(place, "mail", [:], "--again").status == 69)
  }

  @Test func namesAndAddressesOfStrangersBecomeNeitherHeadingsNorOptions() throws {
    let place = try Workspace()
    func send(_ headings: String) throws -> Workspace.Run {
      try place.run(
        Repository.path("scripts/deliver-mail"), [], stdin: headings + "\n\ntext\n",
        environment: [
          "BOMS_MAIL_FROM": "\"A, B\" <a@example.com>", "BOMS_SENDMAIL": "sh \(place.file("keep"))",
        ])
    }
    try place.write("keep", "echo \"$@\" > arguments\ncat > mail\n")
    let run = try send(
      "Message-No: boms.1.a\nTo: b@example.com\nTo-Name: x\\\"y\" <z>, q\nSubject: s: t")
    #expect(run.status == 0, "\(run)")
    #expect(try place.read("arguments") == "-f a@example.com -- b@example.com\n")
    let mail = try place.read("mail")
    #expect(mail.contains("From: \"A, B\"\n <a@example.com>\n"))
    #expect(mail.contains("To: \"x\\\\\\\"y\\\" <z>, q\"\n <b@example.com>\n"))
    for bad in ["-oQ/tmp@example.com", "a b@example.com", "a@b@c", "a@example.com,b@c", "$(id)@x"] {
      #expect(try send("Message-No: boms.1.a\nTo: \(bad)\nSubject: s").status == 65, "\(bad)")
    }
  }

  // MARK: Web

  @Test func aGroupsRobotGetsJSONAndItsRefusalIsOne() throws {
    let place = try RemindPlace.copy()
    let server = try Server("http", place)
    func robot(_ path: String) throws {
      try place.importing(
        "reminder_rule",
        "kind,property_no,channel,recipient\noverdue,P,webhook,http://127.0.0.1:\(server.port)/\(path)\n"
      )
      _ = try place.reminded(day)
    }
    try place.importing("tenant", "tenant_no,name\nT1,\"甲\"\"店\\\"\nT2,乙店\n")
    try robot("send?key=s3cret")
    let sent = try deliver(place, "webhook", [:])
    #expect(sent.err.hasPrefix("已发送 2 ·"), "\(sent)")
    let got = try #require(try server.got().first)
    #expect(got["path"] as? String == "/send?key=s3cret")
    #expect(got["type"] as? String == "application/json; charset=utf-8")
    let json = try #require(try objects(got["body"] as? String ?? "").first)
    let text = try #require((json["text"] as? [String: Any])?["content"] as? String)
    #expect(text.hasPrefix("甲\"店\\账单 "))
    #expect(!sent.out.contains("s3cret"))
    for (path, state, reason) in [
      ("robot-refuses", "failed", "freq out of limit"), ("500", "failed", "the answer is 500"),
      ("404", "given_up", "the answer is 404"), ("cut", "failed", "curl ended with status 52"),
    ] {
      try robot("\(path)?key=s3cret")
      let run = try deliver(place, "webhook", [:], "--limit", "1")
      #expect(run.status == 1)
      let row = try #require(records(run.out).first)
      #expect(row["state"] == state && row["reason"]?.contains(reason) == true, "\(path) \(row)")
      #expect(!run.err.contains("s3cret") && !run.out.contains("s3cret"))
    }
  }

  @Test func aGatewayOfTextMessagesGetsTheFormOfItsTemplate() throws {
    let place = try RemindPlace.copy()
    let server = try Server("http", place)
    try place.importing(
      "reminder_rule", "kind,property_no,channel,recipient\noverdue,P,sms,tenant\n")
    _ = try place.reminded(day)
    func settings(_ path: String) -> [String: String] {
      [
        "BOMS_SMS_URL": "http://127.0.0.1:\(server.port)/\(path)",
        "BOMS_SMS_HEADER": "Authorization: Bearer k\"1", "BOMS_TEMPLATES": place.file("t"),
      ]
    }
    try place.write("t/sms.form", "to={to}&sign=1&text={short}\n")
    #expect(try deliver(place, "sms", settings("401")).status == 69)
    #expect(try deliver(place, "sms", settings("503")).err.contains("the answer is 503"))
    #expect(try deliver(place, "sms", settings("send"), "--again").err.hasPrefix("已发送 1 ·"))
    let got = try #require(try server.got().first)
    #expect(got["key"] as? String == "Bearer k\"1")
    let form = try #require(got["body"] as? String)
    #expect(form.hasPrefix("to=13800000001&sign=1&text=%E3%80%90"))
    #expect(form.removingPercentEncoding?.contains("未付 100.00 元") == true)
  }
}
