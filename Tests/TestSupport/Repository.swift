import Foundation

/// Where things lie.
package enum Repository {
  /// The folder of `Package.swift`, by the place of this file.
  package static let root: String = {
    let parts = #filePath.split(separator: "/").dropLast(3)
    return "/" + parts.joined(separator: "/")
  }()

  package static func path(_ relative: String) -> String { "\(root)/\(relative)" }

  /// The built programs lie beside the test bundle.
  package static let programs: String = {
    var candidates: [String] = []
    if let own = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe") {
      candidates.append(own)
    }
    candidates += CommandLine.arguments
    for candidate in candidates {
      let folder = candidate.split(separator: "/").dropLast().joined(separator: "/")
      if access("/\(folder)/boms-bill", X_OK) == 0 { return "/\(folder)" }
    }
    return "\(root)/.build/debug"
  }()

  /// Whether the long forms of the tests are asked for.
  package static let testsAll = getenv("BOMS_TEST_ALL") != nil

  /// Whether goldens are to be written anew (the run then fails, so that nobody takes it for one).
  package static let records = getenv("BOMS_RECORD") != nil
}
