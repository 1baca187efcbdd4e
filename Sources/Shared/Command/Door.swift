/// The one way in which a command comes to the books.
extension Context {
  /// Opens the database for what the command is about to do, if the user may.
  /// - Parameters:
  ///   - registers: the registers or views that are asked for by name (import, export).
  ///   - changing: the registers that it changes, for a command that is no import.
  ///   - inBulk: see `Books.open`.
  /// - Throws: `Failure` 77 if the user's roles do not allow it, which is kept in the audit; 66 if
  ///   there is no database, 78 if its schema is another version.
  package func books(
    _ database: DatabaseOptions, _ use: Use, of registers: [String] = [], changing: [String] = [],
    inBulk: Bool = false
  ) throws -> Books {
    try Books.open(
      try database.path(environment), wait: database.wait,
      for: visit(use, of: registers, changing: changing), inBulk: inBulk)
  }

  /// The door for a command whose input says which registers it is about, before that is looked at.
  /// - Throws: as `books`; 77 for who may do it to no register at all.
  package func door(_ database: DatabaseOptions, _ use: Use) throws -> Door {
    let books = try Books.open(try database.path(environment), wait: database.wait)
    try books.requireMay(visit(use, of: nil))
    return Door(context: self, use: use, waiting: books)
  }

  /// As `books`, whatever the version of the schema; one of before roles asks nobody.
  package func booksOfAnyVersion(_ database: DatabaseOptions, _ use: Use) throws -> Books {
    try Books.openUnchecked(try database.path(environment), wait: database.wait)
      .admittingIfRolesAreThere(visit(use))
  }

  /// As whom the books see the one who runs this, and the roles. Anybody may ask.
  package func whoami(_ database: DatabaseOptions) throws -> (user: User, grants: [Grant]) {
    let books = try Books.open(try database.path(environment), wait: database.wait)
    let user = books.user(environment.account)
    return (user, try books.read { try AccessStore.grants(of: user.name, $0) })
  }

  /// Who comes, and for what.
  /// - Parameter registers: nil: the input will say.
  package func visit(
    _ use: Use, of registers: [String]? = [], changing: [String] = []
  ) -> Visit {
    let invocation = Invocation.current
    let environment = environment
    return Visit(
      attempt: Attempt(invocation.tool, invocation.command, use, of: registers),
      changing: use == .importing ? registers ?? [] : changing,
      account: environment.account, host: environment.host, run: invocation.run,
      arguments: AuditArguments.masked(invocation.arguments), now: { environment.now })
  }
}

/// Where somebody stands who may do something to some registers, and does not know yet to which.
package struct Door {
  fileprivate let context: Context
  fileprivate let use: Use
  fileprivate let waiting: Books

  /// - Throws: `Failure` 77 if he may not do it to one of them, which is kept in the audit.
  package func books(of registers: [String]) throws -> Books {
    try waiting.admitting(context.visit(use, of: registers))
  }
}

extension Books {
  /// Books of which the door itself is damaged, so that nobody's roles can be read: for a look at the
  /// damage, which tells no row. Nil if not even that can be opened.
  package static func withDamagedDoor(_ path: String, wait: Int) -> Books? {
    try? openUnchecked(path, wait: wait)
  }
}
