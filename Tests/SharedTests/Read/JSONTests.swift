import Shared
import Testing

@Suite struct JSONReaderTests {
  static let cases: [(String, [String])] = [
    ("[]", []),
    ("[{}]", ["1: {}"]),
    ("{\"a\":1}\n{\"a\":2}\n", ["1: {a=1}", "2: {a=2}"]),
    ("{\"a\":1}{\"a\":2}", ["1: {a=1}", "1: {a=2}"]),
    (
      "\n[\n {\"a\": \"x\"},\n {\"b\":\n [1, -2.50e3, true, null]}\n]\n",
      ["3: {a='x'}", "4: {b=[1,-2.50e3,true,null]}"]
    ),
    (
      "{\"a\":{\"b\":[{\"c\":[]},{}]},\"d\":\"\\u94fa\\n\\\"\"}",
      ["1: {a={b=[{c=[]},{}]},d='铺\n\"'}"]
    ),
    ("{\"n\":12345678901234567890.123456789}", ["1: {n=12345678901234567890.123456789}"]),
    ("[{\"a\":1},\n{\"a\":}]", ["1: {a=1}", "2! json.syntax"]),
    ("[{\"a\":1},\n{\"a\":2", ["1: {a=1}", "2! json.syntax"]),
    ("[{\"a\":1},\n\n", ["1: {a=1}", "3! json.syntax"]),
    ("{\"a\":1}\n{\"a\":tru}", ["1: {a=1}", "2! json.syntax"]),
    ("[\n1]", ["2! json.object"]),
    ("[{}]\n{}", ["1: {}", "2! json.syntax"]),
    (
      "{\"a\":1,\n\"a\":2}\n{\"b\":{\"c\":1,\"c\":2}}",
      ["1: {a=1,a=2} ? json.duplicate-key", "3: {b={c=1,c=2}} ? json.duplicate-key"]
    ),
    ("{\"a\":" + String(repeating: "[", count: 40), ["1! json.too-deep"]),
  ]

  @Test(arguments: cases)
  func objectsKnowTheirLine(text: String, wanted: [String]) throws {
    for chunkSize in chunkSizes {
      #expect(try objects(source(text, chunkSize: chunkSize)) == wanted, "chunks of \(chunkSize)")
    }
  }

  @Test func anObjectWithoutEndIsRefused() throws {
    let text = "[{\"a\":\"" + String(repeating: "x", count: 17 << 20) + "\0"
    #expect(try objects(source(text)) == ["1! json.too-large"])
    let elements = "[{\"a\":[" + String(repeating: "1,", count: 2 << 20)
    #expect(try objects(source(elements)) == ["1! json.too-large"])
  }

  @Test func anErrorOfTheCallerEndsTheReading() throws {
    struct Enough: Error {}
    #expect(throws: Enough.self) {
      try JSONReader.objects(try TextStream(source("[{},{}]"))) { _, _, _ in throw Enough() }
    }
  }

  @Test func membersAreFoundByTheirKey() throws {
    try JSONReader.objects(try TextStream(source("{\"a\":{\"x\":[1,2]},\"line\":7}"))) {
      node, _, _ in
      #expect(node["line"]?.string == "7")
      #expect(node["a"]?["x"]?.count == 2)
      #expect(node["b"] == nil)
      #expect(node.count == 2)
    }
  }
}

@Suite struct JSONLinesTests {
  static let cases: [(String, [String])] = [
    ("", []),
    ("{\"a\":1}\n\n{\"a\":2}\r\n{\"a\":3}", ["1: {a=1}", "3: {a=2}", "4: {a=3}"]),
    ("{\"a\":1}\n{\"a\":\n{\"a\":3}\n", ["1: {a=1}", "2! json.syntax", "3: {a=3}"]),
    ("{\"a\":1\n}\n{\"a\":3}\n", ["1! json.syntax", "2! json.syntax", "3: {a=3}"]),
    ("{\"a\":\"x\n\"}\n{}\n", ["1! json.syntax", "2! json.syntax", "3: {}"]),
    (
      "[{}]\n{}\n1\n\"x\"\nnull\n12",
      [
        "1! json.object", "2: {}", "3! json.object", "4! json.object", "5! json.object",
        "6! json.object",
      ]
    ),
    ("{}{}\n{} {}\n{}x\n{}\n", ["1! json.syntax", "2! json.syntax", "3! json.syntax", "4: {}"]),
    ("{\"a\":1,\"a\":2}\n{\"a\":1}", ["1! json.duplicate-key", "2: {a=1}"]),
    ("\u{FEFF}{\"a\":\"铺\"}\nnope\n{}", ["1: {a='铺'}", "2! json.syntax", "3: {}"]),
    (
      String(repeating: "{\"a\":", count: 40) + "1" + String(repeating: "}", count: 40) + "\n{}",
      ["1! json.too-deep", "2: {}"]
    ),
    ("{\"a\":\"\0\"}\n{}", ["1! json.syntax", "2: {}"]),
  ]

  @Test(arguments: cases)
  func aBadLineIsReportedAndTheReadingGoesOn(text: String, wanted: [String]) throws {
    for chunkSize in chunkSizes {
      #expect(
        try jsonLines(source(text, chunkSize: chunkSize)) == wanted, "chunks of \(chunkSize)")
    }
  }

  @Test(arguments: chunkSizes)
  func aLineThatIsNotUTF8IsReported(chunkSize: Int) throws {
    let bytes = Array("{}\n{\"a\":\"".utf8) + [0xB1, 0xE0] + Array("\"}\n{}\n".utf8)
    #expect(
      try jsonLines(source(bytes: bytes, chunkSize: chunkSize))
        == ["1: {}", "2! read.encoding", "3: {}"])
  }

  @Test func aLineThatIsTooLongIsSkipped() throws {
    let text = "{}\n{\"a\":\"" + String(repeating: "x", count: 17 << 20) + "\"}\n{}\n"
    #expect(try jsonLines(source(text)) == ["1: {}", "2! json.too-large", "3: {}"])
  }
}
