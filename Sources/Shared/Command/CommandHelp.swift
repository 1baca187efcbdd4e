import ArgumentParser

extension CommandConfiguration {
  /// The configuration of a tool or a subcommand. Every help text leads with examples.
  /// - Parameters:
  ///   - abstract: one sentence.
  ///   - examples: command lines, each at most 76 columns wide so that help does not fold them.
  package static func boms(
    _ name: String, _ abstract: String, examples: [String], discussion: String = "",
    subcommands: [any ParsableCommand.Type] = [],
    defaultSubcommand: (any ParsableCommand.Type)? = nil
  ) -> CommandConfiguration {
    assert(!examples.isEmpty && examples.allSatisfy { $0.count <= 76 }, "examples of \(name)")
    let lines = ["EXAMPLES:"] + examples.map { "  " + $0 }
    let examples = lines.joined(separator: "\n")
    return CommandConfiguration(
      commandName: name, abstract: abstract,
      discussion: discussion.isEmpty ? examples : examples + "\n\n" + discussion,
      version: name.hasPrefix("boms-") ? Program.version : "",
      subcommands: subcommands, defaultSubcommand: defaultSubcommand)
  }
}

extension ExitStatus {
  /// The section with which every help text ends.
  static func help(_ statuses: [ExitStatus]) -> String {
    let always: [ExitStatus] = [.done, .usage]
    let listed = ExitStatus.allCases.filter { always.contains($0) || statuses.contains($0) }
    let lines = listed.map { status in
      let code = String(status.rawValue)
      return "  " + code + String(repeating: " ", count: 5 - code.count) + status.meaning.en
    }
    return "EXIT CODES:\n" + lines.joined(separator: "\n") + "\n"
  }
}

extension Environment {
  /// Refuses to wait for a person to type records: for `validate()` of a command that reads files
  /// or stdin. ArgumentParser then prints the short usage, status 64.
  package func requireInput(_ files: [String]) throws {
    if files.isEmpty, isInputTerminal {
      throw ValidationError("no FILE is given, and standard input is a terminal")
    }
  }
}
