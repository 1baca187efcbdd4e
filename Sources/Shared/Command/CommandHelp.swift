import ArgumentParser

extension Language {
  /// The language of help and of what `validate()` says: that of messages. It has to be known before
  /// arguments are parsed, so `Tool` sets it for all that a command says of itself.
  @TaskLocal package static var ofHelp = Language.en
}

extension Phrase {
  /// As help says it.
  var help: String { text(.ofHelp) }
}

extension ArgumentHelp {
  /// What an argument, option or flag is.
  package static func boms(_ en: String, _ zh: String, valueName: String? = nil) -> ArgumentHelp {
    ArgumentHelp(Phrase(en, zh).help, valueName: valueName)
  }
}

extension ValidationError {
  /// Why arguments that can be parsed make no sense.
  package init(_ en: String, _ zh: String) {
    self.init(Phrase(en, zh).help)
  }
}

extension CommandConfiguration {
  /// The configuration of a tool or a subcommand. Every help text leads with examples.
  /// - Parameters:
  ///   - abstract: one sentence.
  ///   - examples: command lines, each at most 78 columns wide so that help does not fold them.
  package static func boms(
    _ name: String, _ abstract: Phrase, examples: [String], discussion: Phrase? = nil,
    subcommands: [any ParsableCommand.Type] = [],
    defaultSubcommand: (any ParsableCommand.Type)? = nil
  ) -> CommandConfiguration {
    assert(
      !examples.isEmpty && examples.allSatisfy { DisplayWidth.of($0) <= 78 }, "examples of \(name)")
    let lines = [Phrase("EXAMPLES:", "示例：").help] + examples.map { "  " + $0 }
    let examples = lines.joined(separator: "\n")
    return CommandConfiguration(
      commandName: name, abstract: abstract.help,
      discussion: discussion.map { examples + "\n\n" + $0.help } ?? examples,
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
      return "  " + code + String(repeating: " ", count: 5 - code.count) + status.meaning.help
    }
    return Phrase("EXIT CODES:", "退出码：").help + "\n" + lines.joined(separator: "\n") + "\n"
  }
}

extension Environment {
  /// Refuses to wait for a person to type records: for `validate()` of a command that reads files
  /// or stdin. ArgumentParser then prints the short usage, status 64.
  package func requireInput(_ files: [String]) throws {
    if files.isEmpty, isInputTerminal {
      throw ValidationError("no FILE is given, and standard input is a terminal", "未给出文件，而标准输入是终端")
    }
  }
}
