import Glibc

/// The elements of one document, as they come from the parser. Elements, attributes and texts stand in
/// blocks that the next document uses again, so that nothing is allocated for any of them.
struct XMLTree {
  /// The place of an element; the root is the first.
  typealias Place = Int32
  static let none: Place = -1

  struct Node {
    /// Without its prefix; the parser's own, once for each name. Ends with a zero.
    var name: UnsafePointer<CChar>
    var nameCount: Int32
    var namespace: UnsafePointer<CChar>?
    var parent: Place
    var firstChild = XMLTree.none
    var lastChild = XMLTree.none
    var next = XMLTree.none
    /// Its own text, in pieces where elements stand between.
    var firstPiece: Int32 = -1
    var lastPiece: Int32 = -1
    var attributes: Stretch
  }

  /// Bytes of `text`.
  struct Piece {
    var bytes: Stretch
    var next: Int32 = -1
  }

  struct Attribute {
    var name: UnsafePointer<CChar>
    var value: Stretch
  }

  private(set) var nodes = Block<Node>()
  private(set) var pieces = Block<Piece>()
  private(set) var attributes = Block<Attribute>()
  /// UTF-8.
  private(set) var text = Block<UInt8>()
  /// The element that is open, and how many are.
  private var open = XMLTree.none
  private(set) var depth = 0

  mutating func clear() {
    nodes.clear()
    pieces.clear()
    attributes.clear()
    text.clear()
    (open, depth) = (XMLTree.none, 0)
  }

  func free() {
    nodes.free()
    pieces.free()
    attributes.free()
    text.free()
  }

  // MARK: Building

  /// - Parameters:
  ///   - name, namespace: stay as long as the tree is used.
  ///   - values: name, prefix, namespace, start and end of each attribute, as libxml2 has them.
  mutating func start(
    _ name: UnsafePointer<UInt8>, namespace: UnsafePointer<UInt8>?,
    attributes values: UnsafeMutablePointer<UnsafePointer<UInt8>?>?, count: Int
  ) {
    let first = Int32(attributes.count)
    for index in 0..<count {
      guard let values, let name = values[index * 5], let start = values[index * 5 + 3],
        let end = values[index * 5 + 4]
      else { continue }
      attributes.append(
        Attribute(name: XMLTree.characters(name), value: append(start, end - start)))
    }
    let place = Place(nodes.count)
    // Some OFD have prefixes that are declared nowhere, or none before the colon, which libxml2 leaves
    // in the name.
    var name = XMLTree.characters(name)
    if namespace == nil, let colon = strrchr(name, 0x3A) { name = UnsafePointer(colon + 1) }
    nodes.append(
      Node(
        name: name, nameCount: Int32(strlen(name)),
        namespace: namespace.map(XMLTree.characters), parent: open,
        attributes: Stretch(start: first, end: Int32(attributes.count))))
    if open != XMLTree.none {
      if nodes[open].lastChild == XMLTree.none {
        nodes[open].firstChild = place
      } else {
        nodes[nodes[open].lastChild].next = place
      }
      nodes[open].lastChild = place
    }
    open = place
    depth += 1
  }

  mutating func end() {
    guard open != XMLTree.none else { return }
    open = nodes[open].parent
    depth -= 1
  }

  /// A part of the open element's text. Blanks before all of it are nothing.
  mutating func add(_ bytes: UnsafePointer<UInt8>, _ count: Int) {
    guard open != XMLTree.none else { return }
    if nodes[open].firstPiece < 0, XMLTree.isBlank(bytes, count) { return }
    add(append(bytes, count), to: open)
  }

  private mutating func add(_ bytes: Stretch, to place: Place) {
    let last = nodes[place].lastPiece
    if last >= 0, pieces[last].bytes.end == bytes.start {
      pieces[last].bytes.end = bytes.end
      return
    }
    let piece = Int32(pieces.count)
    pieces.append(Piece(bytes: bytes))
    if last >= 0 { pieces[last].next = piece } else { nodes[place].firstPiece = piece }
    nodes[place].lastPiece = piece
  }

  private mutating func append(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Stretch {
    let start = Int32(text.count)
    text.append(contentsOf: UnsafeBufferPointer(start: bytes, count: count))
    return Stretch(start: start, end: Int32(text.count))
  }

  private static func isBlank(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Bool {
    for index in 0..<count where bytes[index] > 0x20 { return false }
    return true
  }

  private static func characters(_ text: UnsafePointer<UInt8>) -> UnsafePointer<CChar> {
    UnsafeRawPointer(text).assumingMemoryBound(to: CChar.self)
  }

  // MARK: Changing

  /// Puts a text in the place of all that an element holds.
  mutating func fill(_ place: Place, with new: String?) {
    nodes[place].firstChild = XMLTree.none
    nodes[place].lastChild = XMLTree.none
    nodes[place].firstPiece = -1
    nodes[place].lastPiece = -1
    guard var new, !new.isEmpty else { return }
    let bytes = new.withUTF8 { utf8 -> Stretch? in
      utf8.baseAddress.map { append($0, utf8.count) }
    }
    if let bytes { add(bytes, to: place) }
  }

  mutating func remove(_ place: Place) {
    let (parent, next) = (nodes[place].parent, nodes[place].next)
    guard parent != XMLTree.none else { return }
    var before = XMLTree.none
    var at = nodes[parent].firstChild
    while at != place, at != XMLTree.none { (before, at) = (at, nodes[at].next) }
    if before == XMLTree.none {
      nodes[parent].firstChild = next
    } else {
      nodes[before].next = next
    }
    if next == XMLTree.none { nodes[parent].lastChild = before }
  }
}

/// From one place of a block up to another.
struct Stretch {
  var start: Int32
  var end: Int32
}

/// A growing array of plain values that is used again and again, without a look at who else may have it.
struct Block<Element: BitwiseCopyable> {
  private static var least: Int { 64 }

  private var start = UnsafeMutablePointer<Element>.allocate(capacity: Block.least)
  private var capacity = Block.least
  private(set) var count = 0

  /// What is kept from one use to the next.
  private static var kept: Int { (1 << 20) / MemoryLayout<Element>.stride }

  subscript(_ index: Int32) -> Element {
    get { start[Int(index)] }
    nonmutating _modify { yield &start[Int(index)] }
  }

  subscript(_ stretch: Stretch) -> UnsafeBufferPointer<Element> {
    UnsafeBufferPointer(start: start + Int(stretch.start), count: Int(stretch.end - stretch.start))
  }

  mutating func append(_ element: Element) {
    if count == capacity { reserve(count + 1) }
    (start + count).initialize(to: element)
    count += 1
  }

  mutating func append(contentsOf elements: UnsafeBufferPointer<Element>) {
    guard let address = elements.baseAddress, !elements.isEmpty else { return }
    if count + elements.count > capacity { reserve(count + elements.count) }
    (start + count).initialize(from: address, count: elements.count)
    count += elements.count
  }

  private mutating func reserve(_ wanted: Int) {
    let larger = max(wanted, capacity * 2)
    let new = UnsafeMutablePointer<Element>.allocate(capacity: larger)
    new.initialize(from: start, count: count)
    start.deallocate()
    (start, capacity) = (new, larger)
  }

  mutating func clear() {
    count = 0
    guard capacity > Block.kept else { return }
    free()
    (start, capacity) = (.allocate(capacity: Block.least), Block.least)
  }

  func free() {
    start.deallocate()
  }
}
