import Shared
import TestSupport
import Testing

/// Thousands of broken inputs: nothing may crash, and any split into pieces gives the same rows
/// and the same findings.
@Suite struct ReadFuzzTests {
  static let seeds: [[UInt8]] = [
    Array("编号,名称,金额,购入日期,提前天数\r\nA1,\"a\"\"b\nc\",\"1,234.50\",2026年1月5日,1;2\r\n".utf8),
    Array("[{\"thing_no\":\"A1\",\"name\":\"\\u94fa\",\"days\":[1,2]},\n{\"x\":{\"y\":[]}}]".utf8),
    Array("{\"thing_no\":\"A1\",\"name\":\"b\",\"percent\":5e3}\n{\"thing_no\":null}\n".utf8),
    gb18030,
  ]
  static let pieces: [[UInt8]] = [
    [0x22], [0x2C], [0x0A], [0x0D], [0x0D, 0x0A], [0x00], [0xFF], [0xE4], [0xE4, 0xB8, 0xAD],
    [0x81, 0x30, 0x81], [0x7B], [0x7D], [0x5B], [0x5D], [0x3A], [0x5C], [0x20], [0xEF, 0xBB, 0xBF],
    Array("E+9".utf8), Array("９".utf8), Array("万分之".utf8), Array("年".utf8), Array("%".utf8),
  ]

  @Test(arguments: seeds.indices)
  func brokenInputNeverCrashes(seed: Int) throws {
    var random = Mix(state: UInt64(seed + 1))
    for _ in 0..<(Repository.testsAll ? 1500 : 200) {
      var bytes = ReadFuzzTests.seeds[seed]
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let at = Int.random(in: 0...bytes.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0:
          let piece = ReadFuzzTests.pieces.randomElement(using: &random) ?? []
          bytes.insert(contentsOf: piece, at: at)
        case 1 where at < bytes.count: bytes[at] = UInt8.random(in: 0...255, using: &random)
        case 2: bytes.removeSubrange(at..<Swift.min(bytes.count, at + 3))
        default: bytes.removeSubrange(Swift.max(at, bytes.count / 2)...)
        }
      }
      let encoding = TextEncoding.allCases.randomElement(using: &random) ?? .utf8
      let whole = try records(source(bytes: bytes), encoding: encoding)
      let lines = try? jsonLines(source(bytes: bytes))
      for chunkSize in [1, 3, 7] {
        let split = source(bytes: bytes, chunkSize: chunkSize)
        #expect(
          try records(split, encoding: encoding) == whole, "\(bytes) \(encoding) \(chunkSize)")
        #expect((try? jsonLines(split)) == lines, "\(bytes) \(chunkSize)")
      }
    }
  }

  @Test func noCellCrashesAField() {
    var random = Mix(state: 7)
    let alphabet = Array("0123456789.,-+eE%‰¥元()年月日/: T;是YN一五半万千分之百\u{0}\u{3000}９，（）")
    let parser = FieldParser(thing)
    let record = Record(thing)
    for _ in 0..<(Repository.testsAll ? 20_000 : 3000) {
      let length = Int.random(in: 0..<14, using: &random)
      var cell = String((0..<length).map { _ in alphabet.randomElement(using: &random) ?? "x" })
      record.clear()
      for index in thing.fields.indices {
        cell.withUTF8 { try? parser.parse($0, into: record, at: index) }
      }
    }
  }
}

/// SplitMix64: the same numbers in every run.
struct Mix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
