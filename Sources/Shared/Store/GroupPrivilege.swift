import Glibc

/// The group that the file system gave the program (setgid), so that its users reach the books by the
/// program alone.
///
/// It is laid down when the program starts, and taken up only while the database is opened and
/// closed: what a user names otherwise (files to read, places to write to, programs to run) is
/// reached with his own rights. SQLite keeps the files of the database open in between.
package enum GroupPrivilege {
  private static let given = getegid()

  /// Whether there is one.
  static var isThere: Bool { given != getgid() }

  /// Whether it is this one.
  static func isGroup(_ group: gid_t) -> Bool { isThere && group == given }

  /// For the start of a program.
  package static func layDown() {
    guard isThere else { return }
    // A program that cannot lay it down must not go on with it.
    guard setegid(getgid()) == 0 else { exit(ExitStatus.noPermission.rawValue) }
  }

  static func takenUp<Result>(_ body: () throws -> Result) rethrows -> Result {
    guard isThere, setegid(given) == 0 else { return try body() }
    defer { layDown() }
    return try body()
  }
}
