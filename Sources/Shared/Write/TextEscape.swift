/// How a text stands inside another: so that no data can become part of its form.
package enum TextEscape: Sendable {
  case plain, json, html, form

  package func escaped(_ text: String) -> String {
    switch self {
    case .plain: return text
    case .form: return TextEscape.percentEncoded(text)
    case .json:
      let output = ByteOutput.memory()
      output.appendJSON(text)
      return String(output.text.dropFirst().dropLast())
    case .html:
      let output = ByteOutput.memory()
      HTMLWriter(output).text(text)
      return output.text
    }
  }

  /// Everything but RFC 3986's unreserved characters is encoded: a name of a file can neither
  /// leave its folder nor begin with a scheme.
  static func percentEncoded(_ name: String) -> String {
    var text = ""
    for byte in name.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "_"), UInt8(ascii: "~"):
        text.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let hex = String(byte, radix: 16, uppercase: true)
        text += hex.count == 1 ? "%0\(hex)" : "%\(hex)"
      }
    }
    return text
  }
}
