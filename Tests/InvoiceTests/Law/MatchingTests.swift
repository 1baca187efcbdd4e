import Testing

@testable import boms_invoice

struct MatchingTests {
  private func matching(_ pairs: (Int64, String, Matching<String>.Likeness)...) -> Matching<String>
  {
    Matching(pairs.map { .init(invoice: $0.0, target: $0.1, likeness: $0.2) })
  }

  @Test func oneAnswerIsTaken() {
    let found = matching((1, "a", .sums), (2, "b", .sums))
    #expect(found.matched == [1: "a", 2: "b"])
    #expect(found.ambiguous.isEmpty)
  }

  @Test func severalTargetsAndSeveralInvoicesAreNotGuessedAt() {
    #expect(matching((1, "a", .sums), (1, "b", .sums)).ambiguous == [1: ["a", "b"]])
    #expect(matching((1, "a", .sums), (2, "a", .sums)).ambiguous == [1: ["a"], 2: ["a"]])
    // The first can only be a, but nobody says that the second is not a.
    let chain = matching((1, "a", .lines), (2, "a", .lines), (2, "b", .lines))
    #expect(chain.matched.isEmpty)
  }

  @Test func whatHasMoreInCommonComesFirst() {
    let found = matching(
      (1, "a", .lines), (1, "b", .named), (2, "a", .sums), (2, "b", .lines), (3, "c", .sums),
      (3, "a", .sums))
    // 1 is b by its number; then a is not 1's any more, but both 2 and 3 may be it.
    #expect(found.matched == [1: "b"])
    #expect(found.ambiguous == [2: ["a"], 3: ["c", "a"]])
    let lines = matching((1, "a", .lines), (1, "b", .sums), (2, "b", .sums))
    #expect(lines.matched == [1: "a", 2: "b"])
  }

  @Test func theOrderOfThePairsDoesNotMatter() {
    let pairs: [(Int64, String, Matching<String>.Likeness)] = [
      (1, "a", .remark), (2, "a", .lines), (2, "b", .lines), (3, "b", .sums), (3, "c", .sums),
    ]
    let forward = Matching(pairs.map { .init(invoice: $0.0, target: $0.1, likeness: $0.2) })
    let back = Matching(pairs.reversed().map { .init(invoice: $0.0, target: $0.1, likeness: $0.2) })
    #expect(forward.matched == back.matched)
    #expect(forward.matched == [1: "a", 2: "b", 3: "c"])
  }

  @Test func namesAreTheSameInBracketsOfEitherWidth() {
    #expect(comparableName("净城（杭州） 公司") == comparableName("净城(杭州)公司"))
  }
}
