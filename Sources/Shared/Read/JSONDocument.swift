import Glibc

/// One JSON value with all that is in it, in two flat buffers that are used again for the next
/// value: nodes in the order of the text, and the bytes of keys, strings and numbers.
package final class JSONDocument {
  package static let depthLimit = 32
  package static let byteLimit = 16 << 20
  package static let nodeLimit = 1 << 20
  /// Members of one object; keys are compared with each other.
  package static let memberLimit = 512

  /// What the value breaks.
  enum Fault {
    case tooDeep, tooLarge
    case duplicateKey(String)
  }

  @exclusivity(unchecked) private(set) var fault: Fault?

  fileprivate struct Node {
    var kind: JSONNode.Kind
    /// Where key and value stand in the bytes; no key in an array.
    var keyStart: Int32 = 0
    var keyCount: Int32 = 0
    var start: Int32 = 0
    var count: Int32 = 0
    /// How many nodes the value is, with itself: the next sibling stands so much further.
    var span: Int32 = 1
    var children: Int32 = 0
  }

  @exclusivity(unchecked) private var nodes = UnsafeMutablePointer<Node>.allocate(capacity: 64)
  @exclusivity(unchecked) private var nodeCapacity = 64
  @exclusivity(unchecked) private var nodeCount = 0
  @exclusivity(unchecked) private var bytes = UnsafeMutablePointer<UInt8>.allocate(capacity: 1024)
  @exclusivity(unchecked) private var byteCapacity = 1024
  @exclusivity(unchecked) private var byteCount = 0
  /// The objects and arrays that are not closed yet.
  private let open = UnsafeMutablePointer<Int>.allocate(capacity: JSONDocument.depthLimit)
  @exclusivity(unchecked) private(set) var depth = 0
  @exclusivity(unchecked) private var keyStart = 0
  @exclusivity(unchecked) private var keyCount = 0

  package init() {}

  deinit {
    nodes.deallocate()
    bytes.deallocate()
    open.deallocate()
  }

  /// The whole value, valid until the document is used for the next one.
  package var root: JSONNode? {
    nodeCount == 0 || depth > 0 ? nil : JSONNode(nodes, bytes)
  }

  // Building. Each step returns false if the value may not go on.

  func clear() {
    (nodeCount, byteCount, depth, keyCount, fault) = (0, 0, 0, 0, nil)
  }

  func key(_ text: UnsafePointer<UInt8>?, _ count: Int) -> Bool {
    let start = byteCount
    guard append(text, count), depth > 0 else { return false }
    let parent = open[depth - 1]
    guard nodes[parent].children < JSONDocument.memberLimit else {
      fault = .tooLarge
      return false
    }
    var sibling = parent + 1
    while sibling < nodeCount {
      let node = nodes[sibling]
      if Int(node.keyCount) == count,
        memcmp(bytes + Int(node.keyStart), bytes + start, count) == 0, fault == nil
      {
        let key = UnsafeBufferPointer(start: bytes + start, count: count)
        fault = .duplicateKey(String(decoding: key, as: UTF8.self))
      }
      sibling += Int(node.span)
    }
    (keyStart, keyCount) = (start, count)
    return true
  }

  func scalar(_ kind: JSONNode.Kind, _ text: UnsafePointer<UInt8>?, _ count: Int) -> Bool {
    let start = byteCount
    guard append(text, count) else { return false }
    return add(kind, start, count)
  }

  func beginContainer(_ kind: JSONNode.Kind) -> Bool {
    guard depth < JSONDocument.depthLimit else {
      fault = .tooDeep
      return false
    }
    guard add(kind, byteCount, 0) else { return false }
    open[depth] = nodeCount - 1
    depth += 1
    return true
  }

  func endContainer() {
    depth -= 1
    nodes[open[depth]].span = Int32(truncatingIfNeeded: nodeCount - open[depth])
  }

  private func add(_ kind: JSONNode.Kind, _ start: Int, _ count: Int) -> Bool {
    if nodeCount == nodeCapacity {
      guard nodeCount < JSONDocument.nodeLimit else {
        fault = .tooLarge
        return false
      }
      let larger = UnsafeMutablePointer<Node>.allocate(capacity: nodeCapacity * 2)
      larger.update(from: nodes, count: nodeCount)
      nodes.deallocate()
      (nodes, nodeCapacity) = (larger, nodeCapacity * 2)
    }
    if depth > 0 { nodes[open[depth - 1]].children += 1 }
    (nodes + nodeCount).initialize(
      to: Node(
        kind: kind, keyStart: Int32(truncatingIfNeeded: keyStart),
        keyCount: Int32(truncatingIfNeeded: keyCount), start: Int32(truncatingIfNeeded: start),
        count: Int32(truncatingIfNeeded: count)))
    nodeCount += 1
    return true
  }

  private func append(_ text: UnsafePointer<UInt8>?, _ count: Int) -> Bool {
    if byteCount + count > byteCapacity {
      guard byteCount + count <= JSONDocument.byteLimit else {
        fault = .tooLarge
        return false
      }
      var capacity = byteCapacity
      while byteCount + count > capacity { capacity *= 2 }
      let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
      larger.update(from: bytes, count: byteCount)
      bytes.deallocate()
      (bytes, byteCapacity) = (larger, capacity)
    }
    if let text, count > 0 {
      memcpy(bytes + byteCount, text, count)
      byteCount += count
    }
    return true
  }
}

/// A value in a document: a pointer, to be used only while the document holds that value.
package struct JSONNode {
  package enum Kind: UInt8, Sendable {
    case null, boolean, number, string, object, array
  }

  private let node: UnsafePointer<JSONDocument.Node>
  private let text: UnsafePointer<UInt8>

  fileprivate init(_ node: UnsafePointer<JSONDocument.Node>, _ text: UnsafePointer<UInt8>) {
    self.node = node
    self.text = text
  }

  package var kind: Kind { node.pointee.kind }

  /// How many members or elements.
  package var count: Int { Int(node.pointee.children) }

  /// A string without quotes and escapes, a number as it is written, `true` or `false`; nothing
  /// for the other kinds.
  package var bytes: UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: text + Int(node.pointee.start), count: Int(node.pointee.count))
  }

  package var string: String { String(decoding: bytes, as: UTF8.self) }

  /// The key under which the value stands in its object; empty in an array.
  package var key: UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: text + Int(node.pointee.keyStart), count: Int(node.pointee.keyCount))
  }

  /// Calls `body` with each member's key and value, in the order of the text; nothing happens
  /// unless the value is an object.
  package func forEachMember<E: Error>(
    _ body: (UnsafeBufferPointer<UInt8>, JSONNode) throws(E) -> Void
  ) throws(E) {
    guard kind == .object else { return }
    var child = node + 1
    for _ in 0..<count {
      let member = JSONNode(child, text)
      try body(member.key, member)
      child += Int(child.pointee.span)
    }
  }

  /// Calls `body` with each element; nothing happens unless the value is an array.
  package func forEachElement<E: Error>(_ body: (JSONNode) throws(E) -> Void) throws(E) {
    guard kind == .array else { return }
    var child = node + 1
    for _ in 0..<count {
      try body(JSONNode(child, text))
      child += Int(child.pointee.span)
    }
  }

  /// The member with that key.
  package subscript(_ key: StaticString) -> JSONNode? {
    guard kind == .object else { return nil }
    var child = node + 1
    for _ in 0..<count {
      let start = text + Int(child.pointee.keyStart)
      if Int(child.pointee.keyCount) == key.utf8CodeUnitCount,
        memcmp(start, key.utf8Start, key.utf8CodeUnitCount) == 0
      {
        return JSONNode(child, text)
      }
      child += Int(child.pointee.span)
    }
    return nil
  }
}
