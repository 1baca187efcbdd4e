import ArgumentParser
import Glibc

/// A program: the root command of its `@main` type. It maps every way to end to an exit status.
package protocol Tool: ParsableCommand {
  /// With what statuses it may end, besides 0 and 64; they stand at the end of every help text.
  static var exits: [ExitStatus] { get }
  /// What it reads of the environment; it stands before the exit codes.
  static var variables: [Variable] { get }
}

extension Tool {
  package static var variables: [Variable] { Variable.common }

  package static func main() {
    GroupPrivilege.layDown()
    // Else it says on stderr that a thread cannot be less nice than a night that runs with 'nice'.
    setenv("LIBDISPATCH_LOG", "NO", 0)
    let environment = Environment.current
    let arguments = Array(CommandLine.arguments.dropFirst())
    let language = value(of: "--lang", in: arguments).flatMap(Language.init(rawValue:))
    let format = value(of: "--errors", in: arguments).flatMap(FindingWriter.Format.init(rawValue:))
    let console = Console(
      tool: Program.name, language: language ?? environment.language, format: format ?? .text,
      isTerminal: environment.isErrorErasable, isColoured: environment.isErrorColoured,
      width: environment.errorWidth)
    Glibc.exit(status(arguments, console, ByteOutput(capacity: 4096)))
  }

  /// Parses and runs; what the program ends with. Help goes to `output`, errors to the console.
  static func status(
    _ arguments: [String], _ console: Console, _ output: ByteOutput
  ) -> Int32 {
    Language.$ofHelp.withValue(console.language) { end(of: arguments, console, output) }
  }

  private static func end(
    of arguments: [String], _ console: Console, _ output: ByteOutput
  ) -> Int32 {
    do {
      var command = try parseAsRoot(arguments)
      let invocation = Invocation(
        tool: name(of: Self.self), command: path(to: type(of: command)), arguments: arguments)
      try Invocation.$current.withValue(invocation) { try command.run() }
      return ExitStatus.done.rawValue
    } catch let status as ExitStatus {
      return status.rawValue
    } catch let unasked as CleanExit {
      // A tool without a subcommand: nobody asked for help, so this is wrong usage.
      console.say(verbatim: help(message(of: unasked)))
      return ExitStatus.usage.rawValue
    } catch {
      return status(of: error, console, output)
    }
  }

  private static func status(
    of error: any Error, _ console: Console, _ output: ByteOutput
  ) -> Int32 {
    // ArgumentParser wraps its own errors; any other comes out of it as a plain failure (1).
    let code = exitCode(for: error)
    guard code == .success || code == .validationFailure || error is ExitCode else {
      let failure = Failure(error)
      console.fail(failure)
      return failure.status.rawValue
    }
    let message = message(of: error)
    if code == .success {
      let text = help(message)
      output.append(text)
      if !text.hasSuffix("\n") { output.append("\n") }
      do { try output.flush() } catch {
        console.fail(error)
        return error.status.rawValue
      }
    } else if !message.isEmpty {
      guard message.hasPrefix("Error: ") else {
        console.say(verbatim: message)
        return code.rawValue
      }
      let own = message.dropFirst("Error: ".count)
      let sentence = UsageError.phrase(String(own.prefix { $0 != "\n" }))
      console.fail(Failure(.usage, sentence))
      // How it is called.
      if console.format == .text {
        let usage = String(own.drop { $0 != "\n" }.dropFirst())
        console.say(verbatim: console.language == .zh ? ChineseHelp.usage(usage) : usage)
      }
    }
    return code.rawValue
  }

  /// What the command is called below the tool: `request run`; a tool without commands has one that
  /// is called as the tool is, `boms-export` `export`.
  private static func path(to command: any ParsableCommand.Type) -> String {
    func search(_ commands: [any ParsableCommand.Type]) -> [String]? {
      for candidate in commands {
        if candidate == command { return [name(of: candidate)] }
        if let rest = search(candidate.configuration.subcommands) {
          return [name(of: candidate)] + rest
        }
      }
      return nil
    }
    return search(configuration.subcommands)?.joined(separator: " ")
      ?? String(name(of: Self.self).dropFirst("boms-".count))
  }

  /// All commands by which somebody comes to the books, as `path(to:)` calls them.
  package static var commands: [String] {
    func leaves(_ command: any ParsableCommand.Type) -> [any ParsableCommand.Type] {
      let below = command.configuration.subcommands
      return below.isEmpty ? [command] : below.flatMap(leaves)
    }
    return leaves(Self.self).map { path(to: $0) }
  }

  private static func name(of command: any ParsableCommand.Type) -> String {
    command.configuration.commandName ?? ""
  }

  /// What ArgumentParser says. It folds Chinese wrongly, so it is given room not to.
  private static func message(of error: any Error) -> String {
    if Language.ofHelp == .zh { setenv("COLUMNS", "100000", 1) }
    return fullMessage(for: error)
  }

  /// A help text with variables and exit codes at its end; another text (version, completions) as it is.
  private static func help(_ text: String) -> String {
    guard text.hasPrefix("OVERVIEW: ") else { return text }
    var text = text
    while text.last?.isWhitespace == true { text.removeLast() }
    text = folded(text) + "\n\n" + Variable.help(variables) + "\n" + ExitStatus.help(exits)
    guard Language.ofHelp == .zh else { return text }
    return ChineseHelp.text(text, width: Environment.current.terminalWidth ?? 80)
  }

  /// ArgumentParser folds everything but the usage. An option and its value stay on one line.
  private static func folded(_ help: String) -> String {
    help.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      let indent = "       "
      guard line.hasPrefix("USAGE: "), line.count > 80 else { return String(line) }
      var lines = [""]
      for word in line.replacing(" [", with: "\n[").replacing(" --", with: "\n--")
        .split(separator: "\n")
      {
        let room = 79 - lines[lines.count - 1].count
        if word.count > room { lines.append(indent) }
        let line = lines[lines.count - 1]
        lines[lines.count - 1] += (line.isEmpty || line == indent ? "" : " ") + word
      }
      return lines.joined(separator: "\n")
    }.joined(separator: "\n")
  }

  /// The value of an option as it stands in the arguments: an error has to be said in some language
  /// and form even when the arguments cannot be parsed.
  private static func value(of option: String, in arguments: [String]) -> String? {
    for (index, argument) in arguments.enumerated() {
      if argument == option, index + 1 < arguments.count { return arguments[index + 1] }
      if argument.hasPrefix(option + "=") { return String(argument.dropFirst(option.count + 1)) }
    }
    return nil
  }
}
