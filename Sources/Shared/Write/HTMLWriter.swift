/// Elements of a page. What comes from data is text or the value of an attribute, and is escaped;
/// names of elements and attributes stand in the sources, so that no data can become markup.
package final class HTMLWriter {
  private let output: ByteOutput

  package init(_ output: ByteOutput) {
    self.output = output
  }

  /// An element around what `content` writes, and a line end.
  package func element(
    _ name: StaticString, _ attributes: HTMLAttribute..., content: () throws -> Void
  ) rethrows {
    open(name, attributes)
    try content()
    close(name)
    output.append("\n")
  }

  /// An element around a text.
  package func element(
    _ name: StaticString, _ attributes: HTMLAttribute..., text: String
  ) {
    open(name, attributes)
    self.text(text)
    close(name)
  }

  /// An element without an end tag: `<meta …>`, `<br>`.
  package func void(_ name: StaticString, _ attributes: HTMLAttribute...) {
    open(name, attributes)
  }

  package func text(_ text: String) {
    var text = text
    text.withUTF8 { output.appendHTML($0) }
  }

  private func open(_ name: StaticString, _ attributes: [HTMLAttribute]) {
    output.append("<")
    output.append(name)
    for attribute in attributes where !attribute.value.isEmpty {
      output.append(" ")
      output.append(attribute.name)
      output.append("=\"")
      text(attribute.value)
      output.append("\"")
    }
    output.append(">")
  }

  private func close(_ name: StaticString) {
    output.append("</")
    output.append(name)
    output.append(">")
  }
}

/// An attribute of an element. There are only these: none that runs anything, and no address but
/// that of a file beside the page.
package struct HTMLAttribute {
  fileprivate let name: StaticString
  fileprivate let value: String

  package static func `class`(_ name: String) -> HTMLAttribute { .init(name: "class", value: name) }
  package static func colspan(_ count: Int) -> HTMLAttribute {
    .init(name: "colspan", value: "\(count)")
  }
  package static func scope(_ scope: String) -> HTMLAttribute { .init(name: "scope", value: scope) }

  /// The heading that a cell shows before itself where a row is no wider than a phone.
  package static func label(_ heading: String) -> HTMLAttribute {
    .init(name: "data-label", value: heading)
  }

  /// A link to a file in the same folder.
  package static func file(_ name: String) -> HTMLAttribute {
    .init(name: "href", value: TextEscape.percentEncoded(name))
  }

  /// `<meta name=… content=…>` and the like, for the page's own head.
  static func head(_ name: StaticString, _ value: String) -> HTMLAttribute {
    .init(name: name, value: value)
  }
}

extension ByteOutput {
  /// Text between tags or in a quoted attribute. Control characters, which HTML does not allow,
  /// become spaces.
  func appendHTML(_ text: UnsafeBufferPointer<UInt8>) {
    var previous: UInt8 = 0
    for byte in text {
      switch byte {
      case UInt8(ascii: "&"): append("&amp;")
      case UInt8(ascii: "<"): append("&lt;")
      case UInt8(ascii: ">"): append("&gt;")
      case UInt8(ascii: "\""): append("&quot;")
      case UInt8(ascii: "'"): append("&#39;")
      case 0x0A: append(byte)
      case 0..<0x20, 0x7F: append(0x20)
      // U+0080 … U+009F, control characters too, become U+00A0.
      case 0x80..<0xA0 where previous == 0xC2: append(0xA0)
      default: append(byte)
      }
      previous = byte
    }
  }
}
