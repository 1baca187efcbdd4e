/// How a run has ended, in one line: `read 1,204 · new 3 · changed 1`. Counts stand in the order
/// in which they were first named.
package struct Summary: Sendable {
  private var counts: [(name: Phrase, count: Int)] = []
  private var notes: [Phrase] = []

  package init(_ counts: (name: Phrase, count: Int)...) {
    self.counts = counts
  }

  /// Adds to the count of that name.
  package mutating func add(_ name: Phrase, _ count: Int) {
    if let index = counts.firstIndex(where: { $0.name == name }) {
      counts[index].count += count
    } else {
      counts.append((name, count))
    }
  }

  /// A free remark, after the counts.
  package mutating func note(_ note: Phrase) {
    notes.append(note)
  }

  /// The line in both languages.
  package var phrase: Phrase {
    Phrase(line(.en), line(.zh))
  }

  private func line(_ language: Language) -> String {
    let counted = counts.map { count in
      let number = Decimals.grouped(Int64(count.count), places: 0, atLeast: 0)
      return "\(count.name.text(language)) \(number)"
    }
    return (counted + notes.map { $0.text(language) }).joined(separator: " · ")
  }
}

// The words that several tools count under.
extension Phrase {
  package static let read = Phrase("read", "读取")
  package static let new = Phrase("new", "新增")
  package static let changed = Phrase("changed", "更新")
  package static let unchanged = Phrase("unchanged", "未变")
  package static let dryRun = Phrase("dry run, nothing stored", "试运行，未写入")
  package static let rejected = Phrase("rejected", "拒绝")
}
