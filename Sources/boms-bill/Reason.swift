import ArgumentParser
import Shared

/// Why something is done, for the books.
enum Reason {
  static func check(_ reason: String) throws {
    if reason.allSatisfy(\.isWhitespace) { throw ValidationError("--reason must say why") }
  }
}
