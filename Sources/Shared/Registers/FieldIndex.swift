/// Where a field of a name stands in its register. A rule asks for fields by name, for every row:
/// a name's length and ends tell the fields of a register apart nearly always, so that one
/// comparison of strings is enough, and no string is hashed.
struct FieldIndex: Sendable {
  private static let size = 256
  private let names: [String]
  /// Per slot the positions of the names that fall into it; most slots have none or one.
  private let slots: [[UInt8]]

  /// - Precondition: fewer than 256 names, all different.
  init(_ names: [String]) {
    precondition(names.count < 256 && Set(names).count == names.count, "fields of a register")
    self.names = names
    var slots: [[UInt8]] = Array(repeating: [], count: FieldIndex.size)
    for (index, name) in names.enumerated() {
      slots[FieldIndex.slot(name)].append(UInt8(index))
    }
    self.slots = slots
  }

  subscript(name: String) -> Int? {
    for index in slots[FieldIndex.slot(name)] where names[Int(index)] == name { return Int(index) }
    return nil
  }

  private static func slot(_ name: String) -> Int {
    let bytes = name.utf8
    let first = Int(bytes.first ?? 0)
    let last = Int(bytes.last ?? 0)
    return (bytes.count &* 37 &+ first &* 11 &+ last) & (size - 1)
  }
}
