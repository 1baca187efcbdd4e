import Foundation
import TestSupport
import Testing

@testable import boms_invoice

/// Broken files, thousands of them, a million with `BOMS_TEST_ALL`: no crash, none that takes long,
/// and no memory that stays behind. `BOMS_FUZZ` says how many, and `BOMS_FUZZ_SEED` from where.
struct ReadFuzzTests {
  private static let count =
    ProcessInfo.processInfo.environment["BOMS_FUZZ"].flatMap { Int($0) }
    ?? (Repository.testsAll ? 1_000_000 : 2_000)
  private static let seed =
    ProcessInfo.processInfo.environment["BOMS_FUZZ_SEED"].flatMap { UInt64($0) } ?? 1

  @Test(arguments: [0, 1])
  func noFileCrashesTheReadersOrHoldsThemUp(half: UInt64) throws {
    let reader = InvoiceReader()
    let sources = InvoiceSources()
    var mutation = Mutation(seed: ReadFuzzTests.seed &* 2 &+ half)
    var settled = 0
    var read = 0
    let count = ReadFuzzTests.count / 2
    for index in 0..<count {
      let bytes = mutation.next()
      let start = ContinuousClock.now
      try bytes.withUnsafeBytes { bytes in
        try sources.contents(bytes, name: "fuzz") { source in
          guard case .bytes(let bytes) = source.content else { return }
          let reading = reader.read(bytes, name: source.member ?? source.name)
          if reading.text != nil { read += 1 }
          // What is rejected says why, and what is not has no error.
          #expect((reading.text == nil) == reading.findings.contains { $0.level == .error })
        }
      }
      let took = start.duration(to: .now)
      #expect(took < .seconds(10), "input \(index) of half \(half) took \(took)")
      if index == count / 10 { settled = ReadFuzzTests.residentPages() }
    }
    // Both ways are taken: files that can be read, and others.
    #expect(read > count / 20)
    #expect(read < count)
    let limit = 16_384  // 64 MB
    if count > 50_000 {
      #expect(ReadFuzzTests.residentPages() - settled < limit, "memory grows")
    }
  }

  private static func residentPages() -> Int {
    let text = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8)) ?? ""
    return text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
  }
}
