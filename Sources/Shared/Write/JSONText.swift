/// Small JSON for columns that hold it.
package enum JSONText {
  package static func string(_ text: String) -> String {
    "\"\(TextEscape.json.escaped(text))\""
  }

  package static func array(_ texts: [String]) -> String {
    "[" + texts.map(string).joined(separator: ",") + "]"
  }

  /// Keys in their order, so that the same object is the same text.
  package static func object(_ numbers: [String: Int]) -> String {
    let members = numbers.sorted { $0.key < $1.key }.map { "\(string($0.key)):\($0.value)" }
    return "{" + members.joined(separator: ",") + "}"
  }
}
