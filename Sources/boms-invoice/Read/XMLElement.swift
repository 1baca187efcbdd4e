import CLibXML2
import Glibc
import Shared

/// An element of a document, valid while the document is.
struct XMLElement {
  private let node: UnsafeMutablePointer<xmlNode>

  init(_ node: UnsafeMutablePointer<xmlNode>) {
    self.node = node
  }

  /// The name without its prefix, declared or not. Ends with a zero.
  var name: UnsafePointer<CChar> {
    let name = UnsafeRawPointer(node.pointee.name).assumingMemoryBound(to: CChar.self)
    // Some OFD have prefixes that are declared nowhere: libxml2 leaves them in the name.
    guard node.pointee.ns == nil, let colon = strrchr(name, 0x3A) else { return name }
    return UnsafePointer(colon + 1)
  }

  var localName: String { String(cString: name) }

  var namespace: String? {
    guard let href = node.pointee.ns?.pointee.href else { return nil }
    return String(cString: href)
  }

  var parent: XMLElement? {
    guard let parent = node.pointee.parent, parent.pointee.type == XML_ELEMENT_NODE else {
      return nil
    }
    return XMLElement(parent)
  }

  var children: Children { Children(rest: node.pointee.children) }

  var hasChildren: Bool {
    var children = children
    return children.next() != nil
  }

  func isNamed(_ other: UnsafePointer<CChar>) -> Bool { strcmp(name, other) == 0 }

  func isSame(_ other: XMLElement) -> Bool { node == other.node }

  func child(_ name: StaticString) -> XMLElement? {
    for child in children where child.isNamed(name) { return child }
    return nil
  }

  func isNamed(_ other: StaticString) -> Bool {
    XMLElement.isSame(name, other)
  }

  private static func isSame(_ text: UnsafePointer<CChar>, _ name: StaticString) -> Bool {
    // A static string ends with a zero.
    strcmp(text, UnsafeRawPointer(name.utf8Start).assumingMemoryBound(to: CChar.self)) == 0
  }

  /// Every element below that has the name, in order of the document.
  func descendants(_ name: StaticString) -> [XMLElement] {
    children.flatMap { child in
      (child.isNamed(name) ? [child] : []) + child.descendants(name)
    }
  }

  func attribute(_ name: StaticString) -> String? {
    var next = node.pointee.properties
    while let attribute = next {
      let text = UnsafeRawPointer(attribute.pointee.name).assumingMemoryBound(to: CChar.self)
      if XMLElement.isSame(text, name) { return XMLElement.text(attribute.pointee.children) }
      next = attribute.pointee.next
    }
    return nil
  }

  /// Puts a text in the place of all that it holds.
  func fill(with text: String?) {
    while let child = node.pointee.children {
      xmlUnlinkNode(child)
      xmlFreeNode(child)
    }
    if let text, let child = xmlNewDocText(node.pointee.doc, text) { xmlAddChild(node, child) }
  }

  /// Takes it out of the document. It must not be used afterwards.
  func remove() {
    xmlUnlinkNode(node)
    xmlFreeNode(node)
  }

  /// Its own text without blanks around it; nil if nothing is left.
  var text: String? { XMLElement.text(node.pointee.children) }

  private static func text(_ first: UnsafeMutablePointer<xmlNode>?) -> String? {
    guard let first else { return nil }
    if first.pointee.next == nil { return trimmed(first) }
    var whole: [UInt8] = []
    var next: UnsafeMutablePointer<xmlNode>? = first
    while let node = next {
      if let bytes = bytes(node) { whole.append(contentsOf: bytes) }
      next = node.pointee.next
    }
    return whole.withUnsafeBufferPointer(trimmed)
  }

  private static func trimmed(_ node: UnsafeMutablePointer<xmlNode>) -> String? {
    bytes(node).flatMap(trimmed)
  }

  private static func trimmed(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
    let trimmed = FieldText.trimmed(bytes)
    return trimmed.isEmpty ? nil : String(decoding: trimmed, as: UTF8.self)
  }

  private static func bytes(
    _ node: UnsafeMutablePointer<xmlNode>
  ) -> UnsafeBufferPointer<UInt8>? {
    guard node.pointee.type == XML_TEXT_NODE || node.pointee.type == XML_CDATA_SECTION_NODE,
      let content = node.pointee.content
    else { return nil }
    return UnsafeBufferPointer(start: content, count: Int(xmlStrlen(content)))
  }

  /// The elements among the children of one.
  struct Children: Sequence, IteratorProtocol {
    fileprivate var rest: UnsafeMutablePointer<xmlNode>?

    mutating func next() -> XMLElement? {
      while let node = rest {
        rest = node.pointee.next
        if node.pointee.type == XML_ELEMENT_NODE { return XMLElement(node) }
      }
      return nil
    }
  }
}
