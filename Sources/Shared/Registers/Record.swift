/// One row of a register, parsed: a slot per field, in the register's order. One record is used
/// again for every row, so that a million rows need the memory of one.
package final class Record {
  package enum Slot: UInt8, Sendable {
    /// The input has no such column: what the database has stays.
    case absent
    /// Nothing (NULL).
    case empty
    /// `numbers` holds the stored integer.
    case number
    /// The arena holds the stored text; for a date, `numbers` holds its day number as well.
    case text
  }

  package let register: Register
  // Unchecked: touched for every cell of millions, and a record has one user at a time.
  @exclusivity(unchecked) package private(set) var slots: [Slot]
  @exclusivity(unchecked) package private(set) var numbers: [Int64]
  @exclusivity(unchecked) private var starts: [Int]
  @exclusivity(unchecked) private var lengths: [Int]
  @exclusivity(unchecked) private var arena: [UInt8] = []

  package init(_ register: Register) {
    self.register = register
    slots = Array(repeating: .absent, count: register.fields.count)
    numbers = Array(repeating: 0, count: register.fields.count)
    starts = numbers.map { _ in 0 }
    lengths = starts
  }

  /// Makes every slot absent.
  package func clear() {
    for index in slots.indices { slots[index] = .absent }
    arena.removeAll(keepingCapacity: true)
  }

  package func setEmpty(_ index: Int) {
    slots[index] = .empty
  }

  package func set(_ index: Int, number: Int64) {
    slots[index] = .number
    numbers[index] = number
  }

  package func set(_ index: Int, text: UnsafeBufferPointer<UInt8>) {
    slots[index] = .text
    starts[index] = arena.count
    lengths[index] = text.count
    arena.append(contentsOf: text)
  }

  package func set(_ index: Int, text: String) {
    var text = text
    text.withUTF8 { set(index, text: $0) }
  }

  package func set(_ index: Int, date: CivilDate) {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 10) { buffer in
      date.write(to: buffer)
      set(index, text: UnsafeBufferPointer(buffer))
    }
    numbers[index] = Int64(date.number)
  }

  /// Calls `body` with the bytes of a text slot.
  package func withText<Result>(
    _ index: Int, _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
  ) rethrows -> Result {
    try arena.withUnsafeBufferPointer { arena in
      try body(UnsafeBufferPointer(rebasing: arena[starts[index]..<starts[index] + lengths[index]]))
    }
  }

  // By name, for rules. A name that the register does not have reads as nothing.

  package func has(_ field: String) -> Bool {
    guard let index = register.index(of: field) else { return false }
    return slots[index] == .number || slots[index] == .text
  }

  package func text(_ field: String) -> String? {
    guard let index = register.index(of: field), slots[index] == .text else { return nil }
    return withText(index) { String(decoding: $0, as: UTF8.self) }
  }

  package func number(_ field: String) -> Int64? {
    guard let index = register.index(of: field), slots[index] == .number else { return nil }
    return numbers[index]
  }

  package func date(_ field: String) -> CivilDate? {
    guard let index = register.index(of: field), slots[index] == .text else { return nil }
    return CivilDate(number: Int32(truncatingIfNeeded: numbers[index]))
  }

  package func flag(_ field: String) -> Bool? {
    number(field).map { $0 != 0 }
  }

  package func fixed(_ field: String) -> Fixed? {
    number(field).map(Fixed.init(millionths:))
  }
}
