import Shared

/// XML, indented, one element a line. Names stand in the sources; texts and values are escaped, and
/// characters that XML 1.0 does not have are left out.
final class XMLWriter {
  private let output: ByteOutput
  private var depth = 0

  init(_ output: ByteOutput) {
    self.output = output
  }

  func declaration() {
    output.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
  }

  func element(
    _ name: String, _ attributes: [(String, String)] = [], content: () -> Void
  ) {
    open(name, attributes)
    output.append(">\n")
    depth += 1
    content()
    depth -= 1
    indent()
    output.append("</\(name)>\n")
  }

  func element(_ name: String, _ attributes: [(String, String)] = [], text: String) {
    open(name, attributes)
    output.append(">")
    escape(text)
    output.append("</\(name)>\n")
  }

  func empty(_ name: String, _ attributes: [(String, String)]) {
    open(name, attributes)
    output.append("/>\n")
  }

  private func open(_ name: String, _ attributes: [(String, String)]) {
    indent()
    output.append("<\(name)")
    for (attribute, value) in attributes {
      output.append(" \(attribute)=\"")
      escape(value)
      output.append("\"")
    }
  }

  private func indent() {
    output.append(0x20, times: depth * 2)
  }

  private func escape(_ text: String) {
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": output.append("&amp;")
      case "<": output.append("&lt;")
      case ">": output.append("&gt;")
      case "\"": output.append("&quot;")
      // A reader would make a space or a line end of them.
      case "\t", "\n", "\r": output.append("&#\(scalar.value);")
      case "\u{20}"..."\u{D7FF}", "\u{E000}"..."\u{FFFD}", "\u{10000}"..."\u{10FFFF}":
        output.append(String(scalar))
      default: break
      }
    }
  }
}
