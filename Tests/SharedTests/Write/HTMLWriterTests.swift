import Shared
import Testing

/// Pages, whatever stands in the data.
struct HTMLWriterTests {
  private func written(_ write: (HTMLWriter) -> Void) -> String {
    let output = ByteOutput.memory()
    write(HTMLWriter(output))
    return output.text
  }

  @Test(arguments: [
    ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
    ("A&B \"C\" 'D'", "A&amp;B &quot;C&quot; &#39;D&#39;"), ("&lt;", "&amp;lt;"),
    ("杭州青禾餐饮", "杭州青禾餐饮"), ("a\u{0}\u{7}\u{7F}b", "a   b"), ("两行\n备注", "两行\n备注"),
    ("x\u{85}y", "x\u{A0}y"), ("¥\u{2028}…", "¥\u{2028}…"), ("", ""),
  ])
  func textIsEscaped(text: String, expected: String) {
    #expect(written { $0.text(text) } == expected)
    #expect(written { $0.element("p", text: text) } == "<p>\(expected)</p>")
    let cell = written { $0.element("td", .label(text), text: "") }
    #expect(
      cell == (text.isEmpty ? "<td></td>" : "<td data-label=\"\(expected)\"></td>"))
  }

  @Test func aLinkStaysInItsFolder() {
    #expect(
      written { $0.element("a", .file("../x y.html"), text: "1") }
        == "<a href=\"..%2Fx%20y.html\">1</a>")
    #expect(
      written { $0.element("a", .file("javascript:alert(1)"), text: "1") }
        == "<a href=\"javascript%3Aalert%281%29\">1</a>")
    #expect(
      written { $0.element("a", .file("账\n"), text: "") } == "<a href=\"%E8%B4%A6%0A\"></a>")
  }

  @Test func aPageIsWholeAndLoadsNothing() throws {
    let output = ByteOutput.memory()
    try HTMLPage.write(title: "a<b", .zh, to: output) { $0.element("p", text: "正文") }
    let page = output.text
    #expect(page.hasPrefix("<!DOCTYPE html>\n<html lang=\"zh-CN\">"))
    #expect(page.contains("<meta charset=\"utf-8\">"))
    #expect(page.contains("<title>a&lt;b</title>"))
    #expect(page.contains("<p>正文</p></body>"))
    #expect(page.contains("@page { size: A4 portrait;"))
    #expect(page.contains("default-src &#39;none&#39;"))
    for loading in ["http:", "https:", "url(", "@import", "src=", "<link", "<script"] {
      #expect(!page.contains(loading), "\(loading)")
    }
    // What would end the stylesheet early.
    #expect(page.components(separatedBy: "</style").count == 2)
  }

  @Test func theEnglishPageSaysThatItIsEnglish() throws {
    let output = ByteOutput.memory()
    try HTMLPage.write(title: "", .en, to: output) { _ in }
    #expect(output.text.contains("<html lang=\"en\">"))
  }

  @Test func amountsAndDaysAreWrittenForReaders() throws {
    #expect(Money(fen: 123_456_789).yuan == "¥1,234,567.89")
    #expect(Money(fen: -2050).yuan == "−¥20.50")
    #expect(Money(fen: -2050).minused == "−20.50")
    let day = try #require(CivilDate(iso: "2026-09-01"))
    #expect(day.spoken(.zh) == "2026年9月1日")
    #expect(day.spoken(.en) == "1 September 2026")
    #expect(
      written { $0.period(Period(day, day), .zh) } == "<span class=\"date\">2026-09-01</span>")
  }
}
