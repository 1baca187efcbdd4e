import Foundation
import Shared
import Testing

@testable import boms_invoice

/// Every rule against its table: an invoice in which everything is right, with the cells of a row in
/// their places. An empty cell leaves the value, `-` takes it away; `line_…` is said of each line.
@Suite struct RuleTableTests {
  @Test(arguments: InvoiceRules.all.map(\.id))
  func aRuleFindsWhatItsTableSays(id: String) throws {
    let rule = try #require(InvoiceRules.all.first { $0.id == id })
    let table = try RuleTable(rule: id)
    #expect(table.rows.count >= 3)
    for row in table.rows {
      let text = row.text()
      let item = InvoiceCase(text, row.setting)
      let found = rule.check(item, rule)
      let level = found.isRejecting ? "error" : found.isEmpty ? "" : "warning"
      #expect(level == row["expect"], "\(id): \(row["case"]): \(found.map(\.message.en))")
      #expect(found.allSatisfy { $0.rule == id })
      let says = row["says"]
      if !says.isEmpty {
        #expect(
          found.contains { ($0.message.en + ($0.hint?.en ?? "")).contains(says) },
          "\(id): \(row["case"]): \(found.map(\.message.en))")
      }
    }
  }

  @Test func inAnInvoiceInWhichEverythingIsRightNothingIsFound() throws {
    let (invoice, findings) = InvoiceCheck.run(
      .sample, InvoiceSetting(asOf: try #require(CivilDate(iso: "2026-11-29"))))
    #expect(invoice != nil)
    #expect(findings == [])
  }

  /// Both languages say the same values.
  @Test func everyFindingIsSaidInBothLanguagesWithItsValue() throws {
    for rule in InvoiceRules.all {
      for row in try RuleTable(rule: rule.id).rows {
        let text = row.text()
        let item = InvoiceCase(text, row.setting)
        for finding in rule.check(item, rule) {
          #expect(finding.hint != nil)
          #expect(finding.message.zh.unicodeScalars.contains { $0.value > 0x4E00 })
          #expect(!finding.message.zh.contains("'"), "\(finding.message.zh)")
          guard let value = finding.value, finding.field != "rate" else { continue }
          #expect(finding.message.en.contains(value), "\(finding)")
          #expect(finding.message.zh.contains(value), "\(finding)")
        }
      }
    }
  }

  @Test func idsAreUniqueAndOfOneForm() {
    let ids = InvoiceRules.documented.map(\.id)
    #expect(Set(ids).count == ids.count)
    #expect(ids.allSatisfy { $0.wholeMatch(of: /invoice\.[a-z]+(-[a-z]+)*/) != nil })
  }
}

/// The cases of a rule, `Tables/<rule>.csv`.
struct RuleTable {
  let rows: [RuleRow]

  init(rule id: String) throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Tables/\(id.dropFirst("invoice.".count)).csv")
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
    let names = RuleTable.cells(try #require(lines.first))
    rows = lines.dropFirst().map { line in
      let cells = RuleTable.cells(line)
      precondition(cells.count == names.count, "\(id): \(line)")
      return RuleRow(cells: Dictionary(uniqueKeysWithValues: zip(names, cells)))
    }
  }

  private static func cells(_ line: Substring) -> [String] {
    var cells = [""]
    var isQuoted = false
    for character in line {
      switch character {
      case "\"": isQuoted.toggle()
      case "," where !isQuoted: cells.append("")
      default: cells[cells.count - 1].append(character)
      }
    }
    return cells
  }
}

struct RuleRow {
  let cells: [String: String]

  subscript(_ name: String) -> String { cells[name] ?? "" }

  var setting: InvoiceSetting {
    var setting = InvoiceSetting(asOf: CivilDate(iso: "2026-11-29") ?? CivilDate(number: 0))
    let company = self["companies"].split(separator: "=").map(String.init)
    if company.count == 2 { setting.companies[company[0]] = company[1] }
    return setting
  }

  func text() -> InvoiceText {
    var text = InvoiceText.sample
    func put(_ name: String, _ value: inout String?) {
      guard let cell = cells[name], !cell.isEmpty else { return }
      value = cell == "-" ? nil : cell
    }
    if let carrier = Carrier(rawValue: self["carrier"]) { text.carrier = carrier }
    put("number", &text.number)
    put("header_number", &text.headerNumber)
    if cells["header_number"] == nil, cells["number"] != nil { text.headerNumber = text.number }
    put("code", &text.code)
    put("issue_type", &text.issueType)
    put("kind_code", &text.kindCode)
    put("requested_at", &text.requestedAt)
    put("issued_at", &text.issuedAt)
    put("net", &text.net)
    put("tax", &text.tax)
    put("gross", &text.gross)
    put("capitals", &text.capitals)
    put("seller_name", &text.seller.name)
    put("seller_tax_no", &text.seller.taxNumber)
    put("buyer_name", &text.buyer.name)
    put("buyer_tax_no", &text.buyer.taxNumber)
    put("blue_no", &text.blueNumber)
    put("remark", &text.remark)
    if !self["specific"].isEmpty { text.specific = [self["specific"]] }
    // As every reader does.
    text.completeFromRemark()
    var line = text.lines[0]
    put("quantity", &line.quantity)
    put("price", &line.price)
    put("rate", &line.rate)
    put("line_net", &line.net)
    put("line_tax", &line.tax)
    put("line_gross", &line.gross)
    text.lines = Array(repeating: line, count: Int(self["lines"]) ?? 1)
    return text
  }
}

extension InvoiceText {
  /// An invoice in which everything is right.
  static var sample: InvoiceText {
    var text = InvoiceText(carrier: .xml, dialect: .einvoice)
    text.number = "26332000000000000101"
    text.headerNumber = text.number
    text.issueType = "Y"
    text.kindCode = "01"
    text.requestedAt = "2026-05-06 10:11:12"
    text.issuedAt = "2026-05-06"
    text.seller.taxNumber = "91330000142942095H"
    text.seller.name = "浙江示例商业管理有限公司"
    text.buyer.taxNumber = "91330106MACKX4QG41"
    text.buyer.name = "杭州示例科技有限公司"
    (text.net, text.tax, text.gross) = ("100.00", "6.00", "106.00")
    text.capitals = "壹佰零陆圆整"
    var line = LineText()
    line.itemName = "*企业管理服务*物业管理费"
    (line.net, line.rate, line.tax, line.gross) = ("100.00", "0.06", "6.00", "106.00")
    line.taxCode = "3040801010000000000"
    text.lines = [line]
    return text
  }
}
