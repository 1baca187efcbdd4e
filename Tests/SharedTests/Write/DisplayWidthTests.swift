import Testing

@testable import Shared

@Suite struct DisplayWidthTests {
  @Test(arguments: [
    ("", 0), ("abc", 3), ("字", 2), ("㎡", 2), ("m²", 2), ("￥1", 3), ("，。", 4), ("…", 1),
    ("e\u{301}", 1), ("😀", 2), ("한글", 4), ("𠮷", 2), ("·", 1), ("㈱", 2),
  ])
  func wideCharactersTakeTwoColumnsAndMarksNone(_ text: String, _ width: Int) {
    #expect(DisplayWidth.of(text) == width)
  }

  @Test func aWideCharacterIsNeverCutInHalf() {
    var text = "a字b"
    text.withUTF8 { bytes in
      #expect(DisplayWidth.prefix(of: bytes, width: 2) == (1, 1))
      #expect(DisplayWidth.prefix(of: bytes, width: 3) == (4, 3))
    }
  }

  @Test func brokenBytesAreNoCrash() {
    let bytes: [UInt8] = [0x80, 0xE5, 0xAD]
    bytes.withUnsafeBufferPointer { #expect(DisplayWidth.of($0) >= 0) }
  }
}
