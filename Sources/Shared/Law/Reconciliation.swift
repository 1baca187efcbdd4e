/// 银行对账: the money that a bank's statement shows beside the money that the books have. An entry is
/// the same if account and reference are, else if the numbers are; nothing is guessed from days and
/// amounts.
package struct Reconciliation {
  package struct Entry: Equatable, Sendable {
    /// The number in the books; of a statement, only where its file has it.
    package var no: String?
    /// The digits of our account.
    package var account: String?
    package var reference: String?
    package var on: CivilDate
    package var amount: Money
    package var payer: String?

    package init(
      no: String?, account: String?, reference: String?, on: CivilDate, amount: Money,
      payer: String? = nil
    ) {
      self.no = no
      self.account = account
      self.reference = reference
      self.on = on
      self.amount = amount
      self.payer = payer
    }
  }

  package enum State: String, CaseIterable, Sendable {
    case onlyBank = "only_bank"
    case onlyBooks = "only_books"
    /// The same money with another amount or on another day.
    case differs
  }

  package struct Row: Equatable, Sendable {
    package var state: State
    package var bank: Entry?
    package var books: Entry?

    /// What the bank has more than the books.
    package func difference() throws(ValueError) -> Money {
      try (bank?.amount ?? .zero) - (books?.amount ?? .zero)
    }
  }

  /// What is not the same: entries of the statement in its order, then what only the books have.
  package private(set) var rows: [Row] = []
  package private(set) var equal = 0
  package private(set) var bankSum = Money.zero
  package private(set) var booksSum = Money.zero

  private struct Key: Hashable {
    var account: String
    var reference: String
  }

  /// - Parameters:
  ///   - books: the payments of the statement's days, and any that one of its entries may be.
  ///   - days: those of the statement: of payments on other days nothing is asked.
  package init(bank: [Entry], books: [Entry], days: Period) throws(ValueError) {
    var byReference: [Key: [Int]] = [:]
    var byNumber: [String: Int] = [:]
    for (index, entry) in books.enumerated() {
      if let key = Reconciliation.key(entry) { byReference[key, default: []].append(index) }
      if let no = entry.no { byNumber[no] = index }
    }
    var free = Set(books.indices)
    var found: [Int?] = bank.map { entry in
      guard let key = Reconciliation.key(entry) else { return nil }
      let candidates = (byReference[key] ?? []).filter(free.contains)
      let same = candidates.first {
        books[$0].amount == entry.amount && books[$0].on == entry.on
      }
      guard let index = same ?? candidates.first else { return nil }
      free.remove(index)
      return index
    }
    for index in bank.indices where found[index] == nil {
      guard let number = bank[index].no.flatMap({ byNumber[$0] }), free.contains(number) else {
        continue
      }
      free.remove(number)
      found[index] = number
    }
    for (entry, index) in zip(bank, found) {
      bankSum = try bankSum + entry.amount
      guard let index else {
        rows.append(Row(state: .onlyBank, bank: entry))
        continue
      }
      booksSum = try booksSum + books[index].amount
      if books[index].amount == entry.amount && books[index].on == entry.on {
        equal += 1
      } else {
        rows.append(Row(state: .differs, bank: entry, books: books[index]))
      }
    }
    for index in free.sorted() where days.contains(books[index].on) {
      booksSum = try booksSum + books[index].amount
      rows.append(Row(state: .onlyBooks, books: books[index]))
    }
  }

  private static func key(_ entry: Entry) -> Key? {
    guard let account = entry.account, let reference = entry.reference else { return nil }
    return Key(account: account, reference: reference)
  }
}
