import Shared

/// Goes through a document once and makes an invoice of it: known elements by their full path, all
/// others as path and text.
struct ElementWalk {
  /// The form of one dialect.
  struct Layout: Sendable {
    var fields: ElementTree<InvoiceText>
    var lines: ElementTree<InvoiceText.LineText>
    /// An element whose name is left out of the paths of extras.
    var wrapper: String?
  }

  private let layout: Layout
  private let isLenient: Bool
  private var findings: [InvoiceFinding] = []

  /// Puts what stands in a document into an invoice.
  /// - Parameter isLenient: whether the first of two values counts without a word, where a form is
  ///   filled from what is printed.
  static func read(
    _ root: XMLElement, _ layout: Layout, into text: inout InvoiceText, isLenient: Bool = false
  ) -> [InvoiceFinding] {
    var walk = ElementWalk(layout: layout, isLenient: isLenient)
    walk.walk(root, layout.fields, &text)
    return walk.findings
  }

  private mutating func walk(
    _ element: XMLElement, _ tree: ElementTree<InvoiceText>, _ text: inout InvoiceText
  ) {
    for child in element.children {
      guard let known = tree.child(child) else {
        keep(child, &text)
        continue
      }
      switch known.role {
      case .line: line(child, &text)
      case .label: label(child, &text)
      case .left: break
      case .specific:
        text.specific += child.children.filter { $0.hasChildren || $0.text != nil }.map(\.localName)
        walk(child, known, &text)
      case nil:
        if child.hasChildren {
          known.isLeaf ? keep(child, &text) : walk(child, known, &text)
        } else if known.field != nil {
          note(ElementWalk.put(child, known, in: &text))
        } else {
          keep(child, &text)
        }
      }
    }
  }

  private mutating func line(_ element: XMLElement, _ text: inout InvoiceText) {
    let line = text.lines.count
    text.lines.append(InvoiceText.LineText())
    for child in element.children {
      if let known = layout.lines.child(child), known.field != nil, !child.hasChildren {
        note(ElementWalk.put(child, known, in: &text.lines[line]))
      } else {
        keep(child, &text)
      }
    }
  }

  private mutating func note(_ finding: InvoiceFinding?) {
    if !isLenient, let finding { findings.append(finding) }
  }

  private static func put<Record>(
    _ element: XMLElement, _ tree: ElementTree<Record>, in record: inout Record
  ) -> InvoiceFinding? {
    guard let value = element.text, let other = tree.put(value, in: &record), other != value else {
      return nil
    }
    return .repeated(element.localName, other, value)
  }

  /// `企业行业性质类标签` and `01,20 示例行业,示例类型`.
  private func label(_ element: XMLElement, _ text: inout InvoiceText) {
    guard let type = element.child("LabelType")?.text else { return keep(element, &text) }
    let value = [element.child("LabelCode")?.text, element.child("LabelName")?.text]
    text.extras.append(
      InvoiceText.Extra(
        path: path(element.parent ?? element) + "/" + type,
        text: value.compactMap { $0 }.joined(separator: " ")))
  }

  /// Keeps the text of an element and of all that it holds.
  private func keep(_ element: XMLElement, _ text: inout InvoiceText) {
    if element.hasChildren {
      for child in element.children { keep(child, &text) }
    } else if let value = element.text {
      text.extras.append(InvoiceText.Extra(path: path(element), text: value))
    }
  }

  /// `SpecificInformation/Toll/PlateNumber`; `Additional[2]` where there are several of one name.
  private func path(_ element: XMLElement) -> String {
    var path = ""
    append(element, to: &path)
    return path
  }

  private func append(_ element: XMLElement, to path: inout String) {
    guard let parent = element.parent else { return }
    append(parent, to: &path)
    let name = element.localName
    if path.isEmpty, name == layout.wrapper { return }
    if !path.isEmpty { path += "/" }
    path += name
    var before = 0
    var same = 0
    for sibling in parent.children where sibling.hasSameName(as: element) {
      same += 1
      if sibling.isSame(element) { before = same }
    }
    if same > 1 { path += "[\(before)]" }
  }
}
