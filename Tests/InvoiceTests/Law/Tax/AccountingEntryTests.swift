import Shared
import TestSupport
import Testing

@testable import boms_invoice

struct AccountingEntryTests {
  @Test(arguments: [
    ("debit:管理费用:500", "debit 管理费用 - 500.00"), ("借：管理费用：500.00", "debit 管理费用 - 500.00"),
    ("贷方:应付账款:甲公司:1", "credit 应付账款 甲公司 1.00"), ("credit: a : b :-1.5", "credit a b -1.50"),
  ])
  func anEntryIsSideAccountDetailAmount(_ text: String, _ expected: String) throws {
    let entry = try AccountingEntry.parse(text, money: Money.parse)
    #expect(
      "\(entry.side) \(entry.account) \(entry.detail ?? "-") \(entry.amount)" == expected)
  }

  @Test(arguments: ["debit:1", "x:a:1", "debit::1", "debit:a::1", "debit:a:b:c:1", "", "debit:a:x"])
  func anythingElseIsRefused(_ text: String) {
    #expect(throws: (any Error).self) { try AccountingEntry.parse(text, money: Money.parse) }
  }

  @Test func debitsAndCreditsAreWhatIsPosted() throws {
    func entries(_ texts: String...) throws -> [AccountingEntry] {
      try texts.map { try AccountingEntry.parse($0, money: Money.parse) }
    }
    try AccountingEntry.check(
      entries("debit:a:100", "debit:b:13", "credit:c:113"), balanceWith: "113.00")
    try AccountingEntry.check(entries("debit:a:-113", "credit:c:-113"), balanceWith: "-113.00")
    for wrong in [
      try entries("debit:a:113"), try entries("debit:a:113", "credit:c:112"),
      try entries("debit:a:112", "credit:c:112"),
    ] {
      #expect(throws: ValueError.self) {
        try AccountingEntry.check(wrong, balanceWith: "113.00")
      }
    }
  }
}
