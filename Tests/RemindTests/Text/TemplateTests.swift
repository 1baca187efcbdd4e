import Foundation
import Shared
import TestSupport
import Testing

@testable import boms_remind

struct TemplateTests {
  private func text(
    _ template: String, _ values: [String: String], _ escape: TextEscape = .plain
  ) throws -> String {
    try Template(template, source: "t", fields: ["a", "b"], hasOptions: escape == .plain)
      .text(values, escape)
  }

  @Test func fieldsAreFilledInAndOtherBracesStay() throws {
    #expect(try text("x{a}y{b}z", ["a": "1"]) == "x1yz")
    #expect(try text("{} {A} {a b} { a} }{", ["a": "1"]) == "{} {A} {a b} { a} }{")
    // A value is no template.
    #expect(try text("{a}", ["a": "{b}", "b": "1"]) == "{b}")
  }

  @Test func whatHasNoValueIsLeftOutWithItsLine() throws {
    #expect(try text("1[[ a {a}]] 2", [:]) == "1 2")
    #expect(try text("1[[ a {a}]] 2", ["a": "x"]) == "1 a x 2")
    #expect(try text("1\n[[  {a} {b}]]\n2", [:]) == "1\n2")
    #expect(try text("1\n[[  {a} {b}]]\n2", ["b": "x"]) == "1\n   x\n2")
    #expect(try text("[[[{a}] ]]x", ["a": "1"]) == "[1] x")
    #expect(try text("1\n\n2", [:]) == "1\n\n2")
  }

  @Test func anUnknownFieldIsNamedWithItsPlaceAndTheFieldsThatThereAre() throws {
    let error = try #require(throws: Failure.self) {
      _ = try Template("a\n{aa}", source: "x.txt", fields: ["a", "b"])
    }
    #expect(error.status == .settings)
    #expect(
      error.message.en == "x.txt:2: there is no field '{aa}' [template.unknown-field]")
    #expect(error.hint?.en.hasSuffix("the fields are: a, b") == true)
  }

  @Test func anOptionEndsOnItsLine() {
    let error = #expect(throws: Failure.self) {
      _ = try Template("[[{a}\n]]", source: "x.txt", fields: ["a"])
    }
    #expect(error?.message.en.contains("[template.open-option]") == true)
  }

  @Test func aLetterBeginsWithItsSubjectAndItsShortText() throws {
    let letter = try LetterTemplate(
      "subject: {a}!\nshort: s {b}\n\nbody\n\n{a}\n", source: "t", fields: ["a", "b"])
    #expect(
      letter.letter(["a": "1", "b": "2"])
        == Letter(subject: "1!", short: "s 2", body: "body\n\n1"))
    let error = #expect(throws: Failure.self) {
      _ = try LetterTemplate("subject: a\n\nbody", source: "t", fields: [])
    }
    #expect(error?.message.en.hasPrefix("t:2: the line 'short: …' is expected") == true)
  }

  @Test func valuesAreEscapedWhereTheyStand() throws {
    let value = ["a": "<\"1\" & 2>\n\\ 租金"]
    #expect(try text("{\"x\":\"{a}\"}", value, .json) == "{\"x\":\"<\\\"1\\\" & 2>\\n\\\\ 租金\"}")
    #expect(
      try text("<p>{a}</p>", value, .html) == "<p>&lt;&quot;1&quot; &amp; 2&gt;\n\\ 租金</p>")
    #expect(try text("t={a}", ["a": "a b&c=租"], .form) == "t=a%20b%26c%3D%E7%A7%9F")
    // No options in JSON.
    #expect(try text("[[1,2],\"{a}\"]", ["a": "x"], .json) == "[[1,2],\"x\"]")
  }

  // MARK: Those that are built in

  @Test func everyTemplateOfTheFolderIsBuiltIn() throws {
    let folder = Repository.path("templates")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    #expect(files == BuiltInTemplates.files.keys.sorted())
    for file in files {
      let text = try Data(contentsOf: URL(filePath: "\(folder)/\(file)"))
      #expect(BuiltInTemplates.files[file].map { Data($0) } == text, "\(file)")
    }
  }

  @Test(arguments: ReminderKind.allCases, Language.allCases)
  func everyKindHasATextThatSaysAllItHasToSay(kind: ReminderKind, language: Language) throws {
    let packer = Packer(try TemplateFolder(path: nil), language, today: "2026-11-22")
    try packer.check()
    var parcel = packer.sample(kind, .mail)
    for isTenant in [true, false] {
      parcel.isTenant = isTenant
      let letter = try packer.message(parcel).letter
      for text in [letter.subject, letter.short, letter.body] {
        #expect(!text.isEmpty)
        #expect(!text.contains("{") && !text.contains("[[") && !text.contains("]]"), "\(text)")
      }
      #expect(!letter.subject.contains("\n") && !letter.short.contains("\n"))
      for field in TextFields.own(kind) where field.name == "open" || field.name == "due_on" {
        #expect(letter.body.contains(field.example.text(language)))
      }
    }
  }

  /// Fields that the registers or the books may not have.
  private static let optional: Set = [
    "recipient", "units", "bank_name", "bank_account", "company_phone", "late_fee", "arrears",
    "obligation_kind", "owner", "last_read_on", "issued_on", "buyer_name", "location",
  ]

  @Test(arguments: ReminderKind.allCases, Language.allCases)
  func aTextWithoutWhatMayBeMissingHasNoGaps(kind: ReminderKind, language: Language) throws {
    let packer = Packer(try TemplateFolder(path: nil), language, today: "2026-11-22")
    var parcel = packer.sample(kind, .mail)
    parcel.recipientName = ""
    for name in TemplateTests.optional { parcel.waiting[0].matter.facts[name] = nil }
    if kind == .obligation || kind == .assetFullyDepreciated {
      parcel.waiting[0].matter.facts["property_name"] = nil
    }
    for isTenant in [true, false] {
      parcel.isTenant = isTenant
      let letter = try packer.message(parcel).letter
      for text in [letter.subject, letter.short, letter.body] {
        for gap in ["（）", "()", "【】", "：\n  ", ": \n", "  \n", " ,", "，，"] {
          #expect(!text.contains(gap), "'\(gap)' in \(text)")
        }
      }
    }
  }

  @Test func aDigestNumbersItsRemindersAndNamesThePropertyThatAllHave() throws {
    let letters = Letters(try TemplateFolder(path: nil), .zh, today: "2026-11-22")
    var first = matter(.obligation, due: "2026-11-30", tenant: nil)
    first.facts = [
      "subject": .text("消防验收"), "obligation_no": .text("Z1"), "property_name": .text("广场"),
      "due_on": .date("2026-11-30"), "when": .phrase(Phrase("in 8 days", "还有 8 天")),
    ]
    var second = first
    second.facts["subject"] = .text("电梯年检")
    let digest = try letters.digest([first, second], to: "周经理", isTenant: false)
    #expect(digest.subject == "【广场】2 项提醒（2026年11月22日）")
    #expect(digest.body.contains("1. 【广场】消防验收（Z1）2026年11月30日到期，还有 8 天，请及时办理。\n2. 【广场】电梯年检"))
    second.propertyNo = "Q"
    #expect(
      try letters.digest([first, second], to: "", isTenant: false).subject
        == "2 项提醒（2026年11月22日）")
  }

  @Test func aHeadingOfAMessageIsOneLineWhateverStandsInIt() throws {
    let letter = Letter(subject: "a\r\nBcc: x@example.com", short: "s", body: "b")
    let message = OutgoingMessage(
      letter, number: "boms.1.a", channel: .mail, address: "a@example.com", recipientName: "n\nm",
      envelope: nil)
    #expect(
      message.text() == """
        Message-No: boms.1.a
        Channel: mail
        To: a@example.com
        To-Name: n m
        Subject: a  Bcc: x@example.com
        Content-Type: text/plain; charset=utf-8

        b

        """)
  }

  @Test func addressesAreMaskedByTheirChannel() {
    #expect(ReminderAddress.masked("a.b@example.com", .mail) == "a***@example.com")
    #expect(ReminderAddress.masked("13812345678", .sms) == "138****5678")
    #expect(
      ReminderAddress.masked("https://example.com/cgi/send?key=abc", .webhook)
        == "https://example.com/***")
    #expect(
      Masking.addresses(in: "550 5.1.1 <a.b@example.com>: 13812345678 unknown")
        == "550 5.1.1 <a***@example.com>: 138****5678 unknown")
  }
}
