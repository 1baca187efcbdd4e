/// A command line as it is kept: without what is sensitive or secret.
package enum AuditArguments {
  package static func masked(_ arguments: [String]) -> [String] {
    var isCommand = false
    return arguments.map { argument in
      defer { isCommand = argument == "--via" }
      // A line of shell may carry a password or the address of a robot.
      if isCommand { return firstWord(argument) }
      if argument.hasPrefix("--via=") { return "--via=" + firstWord(argument.dropFirst(6)) }
      return assignment(argument) ?? Masking.addresses(in: argument)
    }
  }

  private static func firstWord(_ line: some StringProtocol) -> String {
    let word = line.prefix { $0 != " " }
    return word.count == line.count ? String(word) : word + " ***"
  }

  /// `phone=13812345678`, as `--where` and `--set` take it, with the value masked.
  private static func assignment(_ argument: String) -> String? {
    guard let equals = argument.lastIndex(of: "=") else { return nil }
    let name = argument[..<equals].split(separator: "=").last.map(String.init) ?? ""
    guard let field = sensitive[name] else { return nil }
    let value = String(argument[argument.index(after: equals)...])
    return argument[...equals] + Masking.mask(value, field: field)
  }

  /// Fields by the names under which they may be written.
  private static let sensitive: [String: String] = {
    let fields = Catalogue.registers.flatMap(\.fields).filter(\.isSensitive)
    return Dictionary(
      fields.flatMap { [($0.name, $0.name), ($0.zh, $0.name)] }, uniquingKeysWith: { a, _ in a })
  }()
}
