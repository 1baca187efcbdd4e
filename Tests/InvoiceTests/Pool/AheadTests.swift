import Synchronization
import Testing

@testable import boms_invoice

struct AheadTests {
  private struct Stop: Error, Equatable {
    var at: Int
  }

  @Test func valuesComeInTheirOrderAndAllOfThem() throws {
    var seen: [Int] = []
    try Ahead.each(of: { hand in for value in 1...1000 { try hand(value) } }) { seen.append($0) }
    #expect(seen == Array(1...1000))
    try Ahead.each(of: { (_: (Int) throws -> Void) in }) { seen.append($0) }
    #expect(seen.count == 1000)
  }

  @Test func whatTheMakerThrowsComesBehindWhatItMade() {
    var seen: [Int] = []
    #expect(throws: Stop(at: 3)) {
      try Ahead.each(of: { hand in
        try hand(1)
        try hand(2)
        throw Stop(at: 3)
      }) { seen.append($0) }
    }
    #expect(seen == [1, 2])
  }

  @Test func theMakerComesNoFurtherWhenTheUserThrows() {
    let made = Atomic(0)
    #expect(throws: Stop(at: 2)) {
      try Ahead.each(of: { hand in
        for value in 1...1000 {
          try hand(value)
          made.store(value, ordering: .relaxed)
        }
      }) { if $0 == 2 { throw Stop(at: 2) } }
    }
    #expect(made.load(ordering: .relaxed) <= 3)
  }
}
