import Shared
import Testing

@Suite struct TextStreamTests {
  @Test(arguments: chunkSizes)
  func aByteOrderMarkIsDropped(chunkSize: Int) throws {
    for encoding in [TextEncoding.utf8, .gb18030, .auto] {
      let (text, finding) = try allText(source("\u{FEFF}铺位", chunkSize: chunkSize), encoding)
      #expect(text == "铺位")
      #expect(finding == nil)
    }
  }

  @Test(arguments: chunkSizes)
  func chineseExcelIsReadAsGB18030(chunkSize: Int) throws {
    for encoding in [TextEncoding.gb18030, .auto] {
      let found = try rows(source(bytes: gb18030, chunkSize: chunkSize), encoding)
      #expect(found == ["1: 项目编号|名称", "2: A1|星河"])
    }
  }

  @Test(arguments: chunkSizes)
  func fourByteCharactersSurviveAnySplit(chunkSize: Int) throws {
    // 𠮷 in GB18030.
    let bytes: [UInt8] = [0x95, 0x34, 0xB2, 0x35, 0x0A, 0x41]
    #expect(try allText(source(bytes: bytes, chunkSize: chunkSize), .auto).0 == "𠮷\nA")
    #expect(try allText(source("é中𠮷\nA", chunkSize: chunkSize), .auto).0 == "é中𠮷\nA")
  }

  @Test(arguments: chunkSizes)
  func utf16IsReadWhenNamed(chunkSize: Int) throws {
    let bytes: [UInt8] = [0xFF, 0xFE, 0x41, 0x00, 0x2C, 0x00, 0x2D, 0x4E, 0x0A, 0x00]
    #expect(try allText(source(bytes: bytes, chunkSize: chunkSize), .utf16).0 == "A,中\n")
    let (_, finding) = try allText(source(bytes: bytes, chunkSize: chunkSize), .auto)
    #expect(finding?.rule == "read.encoding")
    #expect(finding?.hint?.en.contains("--encoding utf-16") == true)
  }

  @Test(arguments: chunkSizes)
  func theFirstBadByteIsLocated(chunkSize: Int) throws {
    let cases: [([UInt8], TextEncoding, line: Int, good: String)] = [
      (Array("a\r\nb\n".utf8) + [0xB1, 0xE0, 0x0A], .utf8, 3, "a\r\nb\n"),
      (Array("a\rb\rc".utf8) + [0xFF], .utf8, 3, "a\rb\rc"),
      (Array("中".utf8) + [0xE4, 0xB8], .utf8, 1, "中"),
      (Array("a\n".utf8) + [0xC0, 0x80], .utf8, 2, "a\n"),
      (Array("a\n".utf8) + [0xED, 0xA0, 0x80], .utf8, 2, "a\n"),
      (gb18030 + [0xFF, 0xFF], .gb18030, 3, "项目编号,名称\nA1,星河\n"),
      (gb18030 + [0xB1], .auto, 3, "项目编号,名称\nA1,星河\n"),
    ]
    for (bytes, encoding, line, good) in cases {
      let (text, finding) = try allText(source(bytes: bytes, chunkSize: chunkSize), encoding)
      #expect(text == good)
      #expect(finding?.rule == "read.encoding")
      #expect(finding?.line == line)
      #expect(finding?.hint != nil)
    }
  }

  @Test(arguments: chunkSizes)
  func aNulByteIsLocated(chunkSize: Int) throws {
    let (text, finding) = try allText(source("a\nb\0c\n", chunkSize: chunkSize))
    #expect(text == "a\nb")
    #expect(finding?.rule == "read.nul")
    #expect(finding?.line == 2)
  }

  @Test(arguments: [[0x50, 0x4B, 0x03, 0x04], [0xD0, 0xCF, 0x11, 0xE0, 0xA1]] as [[UInt8]])
  func aWorkbookIsToldFromText(head: [UInt8]) throws {
    for chunkSize in chunkSizes {
      let (_, finding) = try allText(source(bytes: head + [0, 1, 2], chunkSize: chunkSize))
      #expect(finding?.rule == "read.workbook")
    }
  }

  @Test func encodingsHaveTheNamesThatUsersKnow() {
    for name in ["gbk", "GB2312", "cp936", "GB18030"] {
      #expect(TextEncoding(name: name) == .gb18030)
    }
    #expect(TextEncoding(name: "UTF-8") == .utf8)
    #expect(TextEncoding(name: "latin1") == nil)
  }

  @Test func theFirstByteIsSeenWithoutTakingIt() throws {
    for chunkSize in chunkSizes {
      let text = try TextStream(source(" \n\n [1", chunkSize: chunkSize))
      #expect(try text.firstByte() == UInt8(ascii: "["))
      var all: [UInt8] = []
      while let piece = try text.next() { all.append(contentsOf: piece) }
      #expect(String(decoding: all, as: UTF8.self) == " \n\n [1")
    }
  }
}
