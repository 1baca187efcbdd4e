import TestSupport

/// Databases that many tests start from, made once and copied.
enum Prepared {
  /// The sample mall of `examples/`, imported, without its assets: the books of its leases.
  static let mall = Result {
    let leases = try Workspace()
    let copied = try leases.shell("cp '\(Repository.path("examples"))'/*.csv . && rm asset*.csv")
    guard copied.status == 0 else { throw Unexpected(description: "\(copied)") }
    return try made("--encoding", "auto", "--all", leases.path)
  }

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

extension Workspace {
  /// A workspace with a copy of a prepared database, `m.db`.
  convenience init(_ prepared: Result<Workspace, any Error>) throws {
    try self.init()
    try copy(prepared.get().file("m.db"), to: "m.db")
  }

  @discardableResult
  func bill(_ asOf: String, _ options: String...) throws -> Run {
    try succeed("boms-bill", ["run", "--db", "m.db", "--as-of", asOf, "--quiet"] + options)
  }
}
