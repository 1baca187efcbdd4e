/// What all tools have in common.
package enum Program {
  package static let version = "0.1.0"

  /// The name by which this program was called: one program may be reached by several links.
  package static let name: String = {
    let path = CommandLine.arguments.first ?? "boms"
    return path.split(separator: "/").last.map(String.init) ?? "boms"
  }()
}
