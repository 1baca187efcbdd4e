import TestSupport

/// Databases that many tests start from, made once and copied.
enum Prepared {
  /// The sample mall of `examples/`, imported.
  static let mall = Result { try made("--encoding", "auto", "--all", Repository.path("examples")) }

  /// The small property of `Tests/Fixtures/small`, imported: every register has rows, but for the
  /// lines of payments, which name bills.
  static let small = Result { try made("--all", Repository.path("Tests/Fixtures/small")) }

  private static func made(_ arguments: String...) throws -> Workspace {
    let workspace = try Workspace()
    try workspace.succeed("boms-db", "init", "--db", "m.db")
    try workspace.succeed("boms-import", ["--db", "m.db"] + arguments)
    return workspace
  }
}

struct Unexpected: Error, CustomStringConvertible {
  var description: String
}

extension Workspace {
  /// A workspace with a copy of a prepared database, `m.db`.
  convenience init(_ prepared: Result<Workspace, any Error>) throws {
    try self.init()
    try copy(prepared.get().file("m.db"), to: "m.db")
  }

  /// Runs what must end with 0.
  @discardableResult
  func succeed(_ program: String, _ arguments: [String], stdin: String? = nil) throws -> Run {
    let run = try run(program, arguments, stdin: stdin)
    if run.status != 0 {
      throw Unexpected(description: "\(program) \(arguments.joined(separator: " ")): \(run)")
    }
    return run
  }

  @discardableResult
  func succeed(_ program: String, _ arguments: String..., stdin: String? = nil) throws -> Run {
    try succeed(program, arguments, stdin: stdin)
  }

  /// Imports a text into `m.db`.
  @discardableResult
  func importing(_ register: String, _ text: String, _ options: String...) throws -> Run {
    try run("boms-import", ["--db", "m.db", "--lang", "en", register] + options, stdin: text)
  }

  @discardableResult
  func bill(_ asOf: String, _ options: String...) throws -> Run {
    try succeed("boms-bill", ["run", "--db", "m.db", "--as-of", asOf, "--quiet"] + options)
  }

  func export(_ name: String, _ options: String...) throws -> String {
    try succeed("boms-export", ["--db", "m.db", name] + options).out
  }

  /// The findings of `boms-db check`.
  func check() throws -> [String] {
    try Array(run("boms-db", "check", "--db", "m.db", "--quiet").lines.dropFirst())
  }

  func dump() throws -> [String] {
    try TestDatabase.dump(file("m.db"))
  }
}
