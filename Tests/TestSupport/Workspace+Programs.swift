import Foundation

package struct Unexpected: Error, CustomStringConvertible {
  package var description: String

  package init(description: String) { self.description = description }
}

// Programs on the workspace's database, `m.db`.
extension Workspace {
  /// Runs what must end with 0.
  @discardableResult
  package func succeed(_ program: String, _ arguments: [String], stdin: String? = nil) throws -> Run
  {
    let run = try run(program, arguments, stdin: stdin)
    if run.status != 0 {
      throw Unexpected(description: "\(program) \(arguments.joined(separator: " ")): \(run)")
    }
    return run
  }

  @discardableResult
  package func succeed(_ program: String, _ arguments: String..., stdin: String? = nil) throws
    -> Run
  {
    try succeed(program, arguments, stdin: stdin)
  }

  /// Imports a text into `m.db`.
  @discardableResult
  package func importing(_ register: String, _ text: String, _ options: String...) throws -> Run {
    try run("boms-import", ["--db", "m.db", "--lang", "en", register] + options, stdin: text)
  }

  package func export(_ name: String, _ options: String...) throws -> String {
    try succeed("boms-export", ["--db", "m.db", name] + options).out
  }

  /// The findings of `boms-db check`.
  package func check() throws -> [String] {
    try Array(run("boms-db", "check", "--db", "m.db", "--quiet").lines.dropFirst())
  }

  package func dump(_ database: String = "m.db") throws -> [String] {
    try TestDatabase.dump(file(database))
  }
}

extension Workspace.Run {
  package func expectStored() throws {
    if status != 0 { throw Unexpected(description: err) }
  }
}
