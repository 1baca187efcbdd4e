/// Which of the things that an invoice may be for it is for, where that can be known: there is one,
/// and no other invoice may be for it. Otherwise nothing is guessed.
struct Matching<Target: Hashable> {
  /// How much an invoice and a target have in common beyond what they must. More counts first, so that
  /// two requests of the same sums are told apart by their lines, or by the number in the remark.
  enum Likeness: Int, CaseIterable {
    case sums, lines, remark, named
  }

  struct Pair {
    var invoice: Int64
    var target: Target
    var likeness: Likeness
  }

  /// What each invoice is for.
  private(set) var matched: [Int64: Target] = [:]
  /// What the others may be for, in the order in which it was given.
  private(set) var ambiguous: [Int64: [Target]] = [:]

  init(_ pairs: [Pair]) {
    var left = pairs
    for likeness in Likeness.allCases.reversed() {
      let alike = left.filter { $0.likeness.rawValue >= likeness.rawValue }
      let ofInvoice = Dictionary(grouping: alike, by: \.invoice)
      let ofTarget = Dictionary(grouping: alike, by: \.target)
      let sole = alike.filter {
        ofInvoice[$0.invoice]?.count == 1 && ofTarget[$0.target]?.count == 1
      }
      for pair in sole { matched[pair.invoice] = pair.target }
      let taken = Set(sole.map(\.target))
      left.removeAll { matched[$0.invoice] != nil || taken.contains($0.target) }
    }
    for pair in left { ambiguous[pair.invoice, default: []].append(pair.target) }
  }
}

/// Names of companies are written with brackets of either width, and with stray spaces.
func comparableName(_ name: String) -> String {
  String(
    name.compactMap { character -> Character? in
      switch character {
      case "（": "("
      case "）": ")"
      default: character.isWhitespace ? nil : character
      }
    })
}
