import Shared

/// The pieces of text on the pages of an OFD, to be found by their ids.
struct OFDPages {
  struct Piece {
    var id: String
    var text: String
    /// `x y width height` in mm, as it is written.
    var boundary: String
    /// Which page, and how far from its top in hundredths of a millimetre.
    var page: Int
    var y: Int64
  }

  private struct Page {
    var id: String
    var pieces: [Piece]
    var templates: [String]
  }

  private var pages: [Page] = []
  private var templates: [(id: String, pieces: [Piece])] = []

  mutating func addPage(_ id: String, _ root: XMLElement) {
    let templates = root.children.filter { $0.isNamed("Template") }
      .compactMap { $0.attribute("TemplateID") }
    pages.append(
      Page(id: id, pieces: OFDPages.pieces(root, page: pages.count), templates: templates))
  }

  mutating func addTemplate(_ id: String, _ root: XMLElement) {
    templates.append((id, OFDPages.pieces(root, page: 0)))
  }

  /// What is printed in advance, then what is written, in order.
  var all: [Piece] { templates.flatMap(\.pieces) + pages.flatMap(\.pieces) }

  /// The piece with the id, on that page or on what it is printed on; without a page, on the first
  /// that has it.
  func piece(_ id: String, page: String?) -> Piece? {
    for candidate in pages where page == nil || candidate.id == page {
      if let piece = candidate.pieces.first(where: { $0.id == id }) { return piece }
      for template in templates where candidate.templates.contains(template.id) {
        if let piece = template.pieces.first(where: { $0.id == id }) { return piece }
      }
    }
    return nil
  }

  /// The next piece of the page in the very same place.
  func piece(beside piece: Piece) -> Piece? {
    guard pages.indices.contains(piece.page) else { return nil }
    let pieces = pages[piece.page].pieces
    guard let at = pieces.firstIndex(where: { $0.id == piece.id }), at + 1 < pieces.count,
      pieces[at + 1].boundary == piece.boundary
    else { return nil }
    return pieces[at + 1]
  }

  private static func pieces(_ root: XMLElement, page: Int) -> [Piece] {
    root.descendants("TextObject").map { object in
      let boundary = object.attribute("Boundary") ?? ""
      let numbers = boundary.split(separator: " ")
      var top = numbers.count > 1 ? String(numbers[1]) : ""
      return Piece(
        id: object.attribute("ID") ?? "",
        text: object.children.filter { $0.isNamed("TextCode") }.compactMap(\.text).joined(),
        boundary: boundary, page: page,
        y: top.withUTF8 { hundredths($0) })
    }
  }

  /// `56.1059` as 5610.
  private static func hundredths(_ text: UnsafeBufferPointer<UInt8>) -> Int64 {
    let point = text.firstIndex(of: UInt8(ascii: "."))
    let kept = point.map { min(text.count, $0 + 3) } ?? text.count
    return NumberText.plain(UnsafeBufferPointer(rebasing: text[..<kept]), places: 2) ?? 0
  }
}
