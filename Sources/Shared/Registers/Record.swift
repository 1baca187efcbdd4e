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
  // Memory of its own, so that texts stay where they are until the next row.
  @exclusivity(unchecked) private var arena = UnsafeMutablePointer<UInt8>.allocate(capacity: 1024)
  @exclusivity(unchecked) private var capacity = 1024
  @exclusivity(unchecked) private var used = 0

  package init(_ register: Register) {
    self.register = register
    slots = Array(repeating: .absent, count: register.fields.count)
    numbers = Array(repeating: 0, count: register.fields.count)
    starts = numbers.map { _ in 0 }
    lengths = starts
  }

  deinit {
    arena.deallocate()
  }

  /// Makes every slot absent.
  package func clear() {
    for index in slots.indices { slots[index] = .absent }
    used = 0
  }

  /// Whether every field of the register has its slot set.
  package var isComplete: Bool {
    for slot in slots where slot == .absent { return false }
    return true
  }

  package func setEmpty(_ index: Int) {
    slots[index] = .empty
  }

  package func set(_ index: Int, number: Int64) {
    slots[index] = .number
    numbers[index] = number
  }

  package func set(_ index: Int, text: UnsafeBufferPointer<UInt8>) {
    if used + text.count > capacity { grow(by: text.count) }
    slots[index] = .text
    starts[index] = used
    lengths[index] = text.count
    if let source = text.baseAddress { (arena + used).update(from: source, count: text.count) }
    used += text.count
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

  private func grow(by count: Int) {
    while used + count > capacity { capacity *= 2 }
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    larger.update(from: arena, count: used)
    arena.deallocate()
    arena = larger
  }

  /// The bytes of a text slot, valid until a slot is set again.
  package func bytes(_ index: Int) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: arena + starts[index], count: lengths[index])
  }

  // By name, for rules. A name that the register does not have reads as nothing.

  package func has(_ field: String) -> Bool {
    guard let index = register.index(of: field) else { return false }
    return slots[index] == .number || slots[index] == .text
  }

  package func text(_ field: String) -> String? {
    guard let index = register.index(of: field), slots[index] == .text else { return nil }
    return String(decoding: bytes(index), as: UTF8.self)
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
