import Glibc
import Shared

/// An element of a document, valid while the document is.
struct XMLElement {
  private let tree: UnsafeMutablePointer<XMLTree>
  private let place: XMLTree.Place

  init(_ tree: UnsafeMutablePointer<XMLTree>, _ place: XMLTree.Place) {
    self.tree = tree
    self.place = place
  }

  private var node: XMLTree.Node { tree.pointee.nodes[place] }

  /// The name without its prefix, declared or not. Ends with a zero.
  private var name: UnsafePointer<CChar> { node.name }

  var localName: String { String(cString: name) }

  var namespace: String? { node.namespace.map { String(cString: $0) } }

  var parent: XMLElement? {
    let parent = node.parent
    return parent == XMLTree.none ? nil : XMLElement(tree, parent)
  }

  var children: Children { Children(tree: tree, rest: node.firstChild) }

  var hasChildren: Bool { node.firstChild != XMLTree.none }

  /// The parser has each name once, but nobody has to know.
  func hasSameName(as other: XMLElement) -> Bool {
    name == other.name || strcmp(name, other.name) == 0
  }

  func isNamed(_ other: UnsafeBufferPointer<UInt8>) -> Bool {
    let node = node
    guard Int(node.nameCount) == other.count, let bytes = other.baseAddress else { return false }
    return memcmp(node.name, bytes, other.count) == 0
  }

  func isNamed(_ other: StaticString) -> Bool {
    isNamed(UnsafeBufferPointer(start: other.utf8Start, count: other.utf8CodeUnitCount))
  }

  func isSame(_ other: XMLElement) -> Bool { place == other.place }

  func child(_ name: StaticString) -> XMLElement? {
    for child in children where child.isNamed(name) { return child }
    return nil
  }

  /// Every element below that has the name, in order of the document.
  func descendants(_ name: StaticString) -> [XMLElement] {
    children.flatMap { child in
      (child.isNamed(name) ? [child] : []) + child.descendants(name)
    }
  }

  func attribute(_ name: StaticString) -> String? {
    let all = node.attributes
    for index in all.start..<all.end {
      let attribute = tree.pointee.attributes[index]
      guard strcmp(attribute.name, XMLElement.characters(name)) == 0 else { continue }
      let value = FieldText.trimmed(tree.pointee.text[attribute.value])
      // As libxml2 writes an ampersand while it keeps entities.
      return value.isEmpty
        ? nil
        : String(decoding: value, as: UTF8.self).split(
          separator: "&#38;", omittingEmptySubsequences: false
        ).joined(separator: "&")
    }
    return nil
  }

  private static func characters(_ name: StaticString) -> UnsafePointer<CChar> {
    // A static string ends with a zero.
    UnsafeRawPointer(name.utf8Start).assumingMemoryBound(to: CChar.self)
  }

  /// Puts a text in the place of all that it holds.
  func fill(with text: String?) {
    tree.pointee.fill(place, with: text)
  }

  /// Takes it out of the document. It must not be used afterwards.
  func remove() {
    tree.pointee.remove(place)
  }

  /// Its own text without blanks around it; nil if nothing is left.
  var text: String? {
    let first = node.firstPiece
    guard first >= 0 else { return nil }
    let piece = tree.pointee.pieces[first]
    if piece.next < 0 { return XMLElement.trimmed(tree.pointee.text[piece.bytes]) }
    var whole: [UInt8] = []
    var next = first
    while next >= 0 {
      let piece = tree.pointee.pieces[next]
      whole.append(contentsOf: tree.pointee.text[piece.bytes])
      next = piece.next
    }
    return whole.withUnsafeBufferPointer(XMLElement.trimmed)
  }

  private static func trimmed(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
    let trimmed = FieldText.trimmed(bytes)
    return trimmed.isEmpty ? nil : String(decoding: trimmed, as: UTF8.self)
  }

  /// The elements below one.
  struct Children: Sequence, IteratorProtocol {
    fileprivate let tree: UnsafeMutablePointer<XMLTree>
    fileprivate var rest: XMLTree.Place

    mutating func next() -> XMLElement? {
      guard rest != XMLTree.none else { return nil }
      defer { rest = tree.pointee.nodes[rest].next }
      return XMLElement(tree, rest)
    }
  }
}
