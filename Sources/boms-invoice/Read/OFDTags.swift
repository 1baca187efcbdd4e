import Shared

/// The semantic tags of an OFD (`CustomTag`): elements that say which pieces of text on the pages
/// are which value. Two families of names are in use, those of the XML of 2019 and those of 数电票 XML:
/// each tag is filled with its text, and then read as the XML would be.
struct OFDTags {
  private let pages: OFDPages

  init(_ pages: OFDPages) {
    self.pages = pages
  }

  func read(_ root: XMLElement, _ findings: inout [InvoiceFinding]) -> InvoiceText {
    let isNew = root.child("EInvoiceData") != nil || root.child("TaxSupervisionInfo") != nil
    let layout = isNew ? EInvoiceXML.layout : EInvoice2019.layout
    let lines = takeLines(root, layout.lines)
    fill(root)
    var text = InvoiceText(carrier: .ofd, dialect: .ofd)
    findings += ElementWalk.read(root, layout, into: &text, isLenient: true)
    if isNew {
      text.number = text.number ?? text.headerNumber
      text.completeFromRemark()
    } else {
      EInvoice2019.complete(&text, root)
    }
    text.net = OFDTags.amount(text.net)
    text.tax = OFDTags.amount(text.tax)
    text.gross = OFDTags.amount(text.gross)
    text.lines = lines
    return text
  }

  /// Without its sign of currency, which is a piece of its own; nil if that is all.
  static func amount(_ text: String?) -> String? {
    guard let text else { return nil }
    let digits = text.drop { $0 == "¥" || $0 == "￥" || $0.isWhitespace }
    return digits.isEmpty ? nil : String(digits)
  }

  /// Puts the texts in the place of the references to them.
  private func fill(_ element: XMLElement) {
    for child in element.children {
      if OFDTags.isLeaf(child) {
        child.fill(with: text(pieces(child)) ?? child.child("ObjectData")?.text ?? child.text)
      } else {
        fill(child)
      }
    }
  }

  private static func isLeaf(_ element: XMLElement) -> Bool {
    element.children.allSatisfy { $0.isNamed("ObjectRef") || $0.isNamed("ObjectData") }
  }

  private func pieces(_ element: XMLElement) -> [OFDPages.Piece] {
    element.descendants("ObjectRef").compactMap { reference in
      reference.text.flatMap { pages.piece($0, page: reference.attribute("PageRef")) }
    }
  }

  /// Joined; nil if there are none. Of many amounts only the sign `¥` is tagged: the figures are the
  /// next piece in the same place.
  private func text(_ pieces: [OFDPages.Piece]) -> String? {
    guard let last = pieces.last else { return nil }
    let text = pieces.map(\.text).joined()
    if text == "¥" || text == "￥", let figures = pages.piece(beside: last) {
      return text + figures.text
    }
    return text
  }

  // MARK: Lines

  private struct Cell {
    var field: ElementTree<InvoiceText.LineText>.Field
    var isAmount: Bool
    var pieces: [OFDPages.Piece]
    /// Which of the elements that stand for a line each.
    var group: Int
  }

  /// The lines of the invoice; their elements are taken out of the tree. Where every line has an
  /// element of its own they are known by it, else by their height on the page: the tags of a
  /// discount have no quantity, so that counting would set the price of one line beside another.
  private func takeLines(
    _ root: XMLElement, _ tree: ElementTree<InvoiceText.LineText>
  ) -> [InvoiceText.LineText] {
    let items = root.descendants("IssuItemInformation") + root.descendants("GoodsInfo")
    var cells: [Cell] = []
    for (group, item) in (items.isEmpty ? [root] : items).enumerated() {
      for child in Array(item.children) {
        guard let field = tree.child(child)?.field, OFDTags.isLeaf(child) else { continue }
        cells.append(
          Cell(
            field: field, isAmount: child.isNamed("Amount"), pieces: pieces(child), group: group))
        child.remove()
      }
    }
    let amounts = cells.filter(\.isAmount)
    if items.count > 1, amounts.allSatisfy({ $0.pieces.count <= 2 }) {
      return items.indices.map { group in
        OFDTags.line(cells.filter { $0.group == group }.map { ($0.field, $0.pieces) })
      }
    }
    // Pieces that stand side by side are one amount.
    let tolerance: Int64 = 150
    var rows: [OFDPages.Piece] = []
    for piece in amounts.flatMap(\.pieces).sorted(by: OFDTags.isAbove) {
      if let row = rows.last, row.page == piece.page, piece.y - row.y < tolerance { continue }
      rows.append(piece)
    }
    guard !rows.isEmpty else {
      return cells.isEmpty ? [] : [OFDTags.line(cells.map { ($0.field, $0.pieces) })]
    }
    return rows.indices.map { row in
      OFDTags.line(
        cells.map { cell in
          let own = cell.pieces.filter { piece in
            let above = rows.lastIndex {
              ($0.page, $0.y) <= (piece.page, piece.y + tolerance)
            }
            return (above ?? 0) == row
          }
          return (cell.field, own)
        })
    }
  }

  private static func isAbove(_ a: OFDPages.Piece, _ b: OFDPages.Piece) -> Bool {
    (a.page, a.y) < (b.page, b.y)
  }

  private static func line(
    _ cells: [(field: ElementTree<InvoiceText.LineText>.Field, pieces: [OFDPages.Piece])]
  ) -> InvoiceText.LineText {
    var line = InvoiceText.LineText()
    for cell in cells where !cell.pieces.isEmpty {
      let text = (line[keyPath: cell.field] ?? "") + cell.pieces.map(\.text).joined()
      line[keyPath: cell.field] = text
    }
    line.net = amount(line.net)
    line.tax = amount(line.tax)
    line.gross = amount(line.gross)
    return line
  }
}
