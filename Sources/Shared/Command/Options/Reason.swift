import ArgumentParser

/// Why something is done, for the books.
package enum Reason {
  package static func check(_ reason: String) throws {
    if reason.allSatisfy(\.isWhitespace) { throw ValidationError("--reason must say why") }
  }
}
