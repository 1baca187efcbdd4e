import Shared

/// Which rows were refused, and with which finding: what refers to a refused row is refused with it and
/// counted there, and what nobody knows is said at the first row that names it.
struct RefusedRows {
  /// A row as others refer to it.
  private struct Name: Hashable {
    var register: String
    var key: String
  }

  private struct Miss: Hashable {
    var register: String
    var field: String?
    var name: Name
  }

  /// A finding, and what is refused with its row.
  private struct Cause {
    var finding: Int
    /// Rows of the same register that miss the same.
    var others = 0
    var followers: [(register: Register, count: Int)] = []
  }

  private var causes: [Cause] = []
  private var refused: [Name: Int] = [:]
  private var misses: [Miss: Int] = [:]

  /// Notes a row that is refused for itself.
  /// - Parameters:
  ///   - finding: where it stands among the findings.
  ///   - refusal: why, if it is for a row that it misses.
  mutating func note(
    _ record: Record, finding: Int, _ refusal: RegisterStore.Refusal? = nil
  ) {
    if let miss = miss(record, refusal) { misses[miss] = causes.count }
    causes.append(Cause(finding: finding))
    note(record, causes.count - 1)
  }

  /// Notes a row that is refused for another one that it misses, if that was said before.
  /// - Returns: whether it was; if not, it is to be said now.
  mutating func follows(_ record: Record, _ refusal: RegisterStore.Refusal) -> Bool {
    guard let miss = miss(record, refusal) else { return false }
    let register = record.register
    if let cause = refused[miss.name] {
      if let at = causes[cause].followers.firstIndex(where: { $0.register.name == register.name }) {
        causes[cause].followers[at].count += 1
      } else {
        causes[cause].followers.append((register, 1))
      }
      note(record, cause)
      return true
    }
    guard let cause = misses[miss] else { return false }
    causes[cause].others += 1
    note(record, cause)
    return true
  }

  private func miss(_ record: Record, _ refusal: RegisterStore.Refusal?) -> Miss? {
    guard let missing = refusal?.missing, let key = missing.key else { return nil }
    return Miss(
      register: record.register.name, field: refusal?.field,
      name: Name(register: missing.register, key: key))
  }

  private mutating func note(_ record: Record, _ cause: Int) {
    let register = record.register
    let keys = register.fields.indices.filter { register.fields[$0].isKey }
    guard keys.allSatisfy({ [.text, .number].contains(record.slots[$0]) }) else { return }
    let key = keys.map { record.display($0) }.joined(separator: " / ")
    let name = Name(register: register.name, key: key)
    if refused[name] == nil { refused[name] = cause }
  }

  /// Says with each finding what was refused with its row.
  func complete(_ findings: inout [Finding]) {
    for cause in causes {
      var (en, zh) = ("", "")
      if cause.others > 0 {
        en = ", here and in \(cause.others) more \(cause.others == 1 ? "row" : "rows")"
        zh = "，另有 \(cause.others) 行相同"
      }
      if !cause.followers.isEmpty {
        let counts = cause.followers.map { "\($0.register.name) \($0.count)" }
        let words = cause.followers.map { "\($0.register.zh) \($0.count) 行" }
        en += "; what refers to it is refused with it: \(counts.joined(separator: ", "))"
        zh += "；引用它的行随之未导入：\(words.joined(separator: "、"))"
      }
      let message = findings[cause.finding].message
      findings[cause.finding].message = Phrase(message.en + en, message.zh + zh)
    }
  }
}
