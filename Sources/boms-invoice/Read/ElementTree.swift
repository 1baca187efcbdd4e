import Shared

/// Which element of a document is which value: paths below the root, and what stands there.
final class ElementTree<Record>: Sendable {
  typealias Field = WritableKeyPath<Record, String?> & Sendable

  /// What is not simply a value.
  enum Role: Sendable {
    /// One line of the invoice, however often it comes.
    case line
    /// 特定业务: kept whole, and the names of what it holds.
    case specific
    /// A label of the issuer's system: type, code and name.
    case label
    /// A signature or a drawing: kept in the file itself, of no use anywhere else.
    case left
  }

  let field: Field?
  let role: Role?
  /// Where in a record the value stands: a way through a key path for each value takes longer than
  /// to read the value.
  private let offset: Int?
  private let names: [ContiguousArray<UInt8>]
  private let children: [ElementTree]

  convenience init(_ fields: [(path: String, Field)], roles: [String: Role] = [:]) {
    self.init(
      fields.map { ($0.path.split(separator: "/"), $0.1) }[...],
      roles.map { ($0.key.split(separator: "/"), $0.value) }[...])
  }

  private init(
    _ fields: ArraySlice<(path: [Substring], field: Field)>,
    _ roles: ArraySlice<(path: [Substring], role: Role)>
  ) {
    field = fields.first { $0.path.isEmpty }?.field
    role = roles.first { $0.path.isEmpty }?.role
    offset = field.flatMap { MemoryLayout<Record>.offset(of: $0) }
    precondition((offset == nil) == (field == nil), "a value that is computed has no place")
    var names: [Substring] = []
    for name in fields.compactMap(\.path.first) + roles.compactMap(\.path.first)
    where !names.contains(name) {
      names.append(name)
    }
    self.names = names.map { ContiguousArray($0.utf8) }
    children = names.map { name in
      ElementTree(
        fields.filter { $0.path.first == name }.map { (Array($0.path.dropFirst()), $0.field) }[...],
        roles.filter { $0.path.first == name }.map { (Array($0.path.dropFirst()), $0.role) }[...])
    }
  }

  var isLeaf: Bool { children.isEmpty }

  /// What the element is, if it stands below this one.
  @inline(__always)
  func child(_ element: XMLElement) -> ElementTree? {
    for (index, name) in names.enumerated() where name.withUnsafeBufferPointer(element.isNamed) {
      return children[index]
    }
    return nil
  }

  /// Puts the value in its place in the record, unless there is one.
  /// - Returns: the one that is there.
  func put(_ value: String, in record: inout Record) -> String? {
    guard let offset else { return nil }
    return withUnsafeMutablePointer(to: &record) { record -> String? in
      let place = (UnsafeMutableRawPointer(record) + offset).assumingMemoryBound(to: String?.self)
      if let other = place.pointee { return other }
      place.pointee = value
      return nil
    }
  }
}
