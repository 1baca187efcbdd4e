import Glibc

/// The group that the file system gave the program (setgid), so that its users reach the books by the
/// program alone.
///
/// It is laid down when the program starts, and taken up only while the database is opened and
/// closed: what a user names otherwise (files to read, places to write to, programs to run) is
/// reached with his own rights. SQLite keeps the files of the database open in between.
package enum GroupPrivilege {
  private static let given = getegid()

  /// Whether the program was given one that the user has not.
  static var isThere: Bool { given != getgid() }

  /// The group by which programs are reached as they are installed, whoever runs them: the owner of
  /// the books too, who has it anyway.
  private static let ofProgram: gid_t? = {
    var status = stat()
    guard stat("/proc/self/exe", &status) == 0, status.st_mode & S_ISGID != 0 else { return nil }
    return status.st_gid
  }()

  /// Whether it is the programs' own: nobody else is in it.
  static func isOfProgram(_ group: gid_t) -> Bool { group == ofProgram }

  /// For the start of a program.
  package static func layDown() {
    guard isThere else { return }
    // A program that cannot lay it down must not go on with it.
    guard setegid(getgid()) == 0 else { exit(ExitStatus.noPermission.rawValue) }
  }

  /// Lays it down for good: nothing that comes has to do with the books of others.
  static func giveUp() {
    guard isThere else { return }
    // Setting the real group too sets the saved one, from which it could be taken up.
    guard setregid(getgid(), getgid()) == 0 else { exit(ExitStatus.noPermission.rawValue) }
  }

  static func takenUp<Result>(_ body: () throws -> Result) rethrows -> Result {
    guard isThere, setegid(given) == 0 else { return try body() }
    defer { layDown() }
    return try body()
  }
}
