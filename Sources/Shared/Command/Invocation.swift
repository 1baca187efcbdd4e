/// What was called, by its own name: whatever link or name the program was reached by, it is asked
/// for the permissions of this tool and command.
package struct Invocation: Sendable {
  package var tool: String
  package var command: String
  package var arguments: [String]
  /// One for each process, so that what it wrote in several transactions is found together.
  package var run: String

  package init(tool: String, command: String, arguments: [String] = []) {
    self.tool = tool
    self.command = command
    self.arguments = arguments
    let number = String(UInt64.random(in: .min ... .max), radix: 16)
    run = String(repeating: "0", count: 16 - number.count) + number
  }

  /// That of this process; without one, nobody but root may do anything.
  @TaskLocal package static var current = Invocation(tool: "", command: "")
}
