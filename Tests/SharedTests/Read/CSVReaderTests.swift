import Shared
import Testing

@Suite struct CSVReaderTests {
  static let cases: [(String, [String])] = [
    ("", []),
    ("\n\r\n,,\n  \n", []),
    ("a,b\n1,2\n", ["1: a|b", "2: 1|2"]),
    ("a,b\r\n1,2\r\n", ["1: a|b", "2: 1|2"]),
    ("a,b\r1,2\r", ["1: a|b", "2: 1|2"]),
    ("a,b\n1,2", ["1: a|b", "2: 1|2"]),
    ("\n\na\n\n\nb\n", ["3: a", "6: b"]),
    ("\r\n\r\na\r\n\r\nb", ["3: a", "5: b"]),
    ("\r\ra\r\rb", ["3: a", "5: b"]),
    ("a,b\n\"x\ny\",2\n3,4", ["1: a|b", "2: x\ny|2", "4: 3|4"]),
    ("a\n\"x\r\n\r\ny\"\r\nb", ["1: a", "2: x\r\n\r\ny", "5: b"]),
    ("\"a\"\"b\", c ,\" d \"", ["1: a\"b|c| d "]),
    ("a,,\n,,b", ["1: a||", "2: ||b"]),
    ("名称,面积\n商铺,\"1,172.31\"", ["1: 名称|面积", "2: 商铺|1,172.31"]),
    ("a\n\u{3000}, \nb", ["1: a", "3: b"]),
    ("a\n24\" screen\n", ["1: a", "2! csv.quote"]),
    ("a\nb\n\"24\" screen\"\n", ["1: a", "2: b", "3! csv.quote"]),
    ("a\nb,\"open\nc\nd\n", ["1: a", "2! csv.quote"]),
  ]

  @Test(arguments: cases)
  func rowsKnowTheirLine(text: String, wanted: [String]) throws {
    for chunkSize in chunkSizes {
      #expect(try rows(source(text, chunkSize: chunkSize)) == wanted)
    }
  }

  @Test(arguments: [65_536, 65_537, 300_000])
  func aCellThatIsTooLongIsRefused(length: Int) throws {
    for quote in ["", "\""] {
      let cell = quote + String(repeating: "x", count: length) + quote
      for chunkSize in [1000, 65_536, 1 << 20] {
        let found = try rows(source("a\n1,\(cell),2\n", chunkSize: chunkSize))
        #expect((found.last == "2! csv.field-too-long") == (length > 65_536))
      }
    }
  }

  @Test func anUnclosedQuoteIsRefusedBeforeTheEnd() throws {
    // What stands behind is never read: it would be another finding.
    let text = "a\n\"b" + String(repeating: "x\n", count: 100_000) + "\0"
    #expect(try rows(source(text)) == ["1: a", "2! csv.field-too-long"])
  }

  @Test func aRowWithoutEndIsRefused() throws {
    let text = String(repeating: ",", count: 20_000)
    #expect(try rows(source(text)) == ["1! csv.row-too-long"])
  }

  @Test func anErrorOfTheCallerEndsTheReading() throws {
    struct Enough: Error {}
    var count = 0
    #expect(throws: Enough.self) {
      try CSVReader.read(try TextStream(source("a\nb\nc\n"))) { _ in
        count += 1
        if count == 2 { throw Enough() }
      }
    }
    #expect(count == 2)
  }
}
