import Foundation
import Shared
import TestSupport
import Testing

/// The programs as docs/security.md installs them: with a group of their own, by which alone others
/// reach the books.
struct GroupTests {
  private static let canBeTried: Bool = {
    guard AccessTests.canBeOthers, let run = try? Installed().run("boms-db", "whoami") else {
      return false
    }
    // Where the file system takes setgid for nothing, nobody reaches the books.
    return run.status == 0
  }()

  /// Books in a closed folder that belongs to the group, a key that the group may read, and programs that
  /// have it.
  private struct Installed {
    /// A number that no group of the system has.
    static let group = 59_999
    let workspace: Workspace

    init() throws {
      workspace = try Workspace(Prepared.small)
      try workspace.succeed(
        "boms-db", "grant", "nobody", "viewer", "--property", "P1", "--db", "m.db")
      try workspace.succeed(
        "boms-db", "key", "create", "--file", "closed.key", "--understood", "--db", "m.db")
      let made = try workspace.shell(
        """
        mkdir bin books mine && chmod 755 . && chown nobody mine
        for name in db export; do
          cp "$(command -v boms-$name)" bin/ && chown :\(Installed.group) bin/boms-$name || exit
        done
        chmod 2755 bin/* && mv m.db books/ && chown games:\(Installed.group) books books/m.db closed.key
        chmod 2770 books && chmod 660 books/m.db && chmod 640 closed.key
        """)
      guard made.status == 0 else { throw Unexpected(description: "\(made)") }
    }

    /// Runs a program as nobody, in a folder of his own.
    func run(_ program: String, _ arguments: String..., environment: [String: String] = [:]) throws
      -> Workspace.Run
    {
      try run("--reuid=nobody --regid=nogroup", program, arguments, environment)
    }

    /// Runs a program as the owner of the books, in the group.
    func runAsOwner(_ program: String, _ arguments: String...) throws -> Workspace.Run {
      try run("--reuid=games --regid=\(Installed.group)", program, arguments, [:])
    }

    private func run(
      _ who: String, _ program: String, _ arguments: [String], _ environment: [String: String]
    ) throws -> Workspace.Run {
      let line = "cd mine && exec setpriv \(who) --clear-groups ../bin/\(program) \"$@\""
      let variables = [
        "BOMS_DB": workspace.file("books/m.db"), "BOMS_KEY_FILE": workspace.file("closed.key"),
        "BOMS_LANG": "en",
      ]
      return try workspace.run(
        "sh", ["-c", line, "sh"] + arguments, environment: variables.merging(environment) { $1 })
    }
  }

  @Test(.enabled(if: canBeTried)) func nobodyReachesTheBooksButByThePrograms() throws {
    let books = try Installed()
    #expect(try books.run("boms-export", "unit").lines.count > 1)
    let shell = try books.workspace.shell(
      "setpriv --reuid=nobody --regid=nogroup --clear-groups cat books/m.db closed.key")
    #expect(shell.status != 0 && shell.out.isEmpty)
  }

  @Test(.enabled(if: canBeTried)) func aPathThatReadsLikeAURIIsAPath() throws {
    let books = try Installed()
    let made = try books.workspace.shell(
      """
      mkdir -p "mine/file:$PWD/books" && : > "mine/file:$PWD/books/m.db?x=1" && chown -R nobody mine
      """)
    #expect(made.status == 0)
    let uri = "file:" + books.workspace.file("books/m.db?x=1")
    let run = try books.run(
      "boms-export", "tenant", "--reveal", "--db", uri, environment: ["SUDO_UID": "0"])
    #expect(run.status == 78 && run.out.isEmpty, "\(run)")
  }

  @Test(.enabled(if: canBeTried)) func whatSudoIsSaidToSayIsNotBelieved() throws {
    let books = try Installed()
    for uid in ["0", "5"] {
      let run = try books.run("boms-db", "whoami", environment: ["SUDO_UID": uid])
      #expect(run.err == "user 'nobody'\n")
    }
  }

  @Test(.enabled(if: canBeTried)) func nobodyOpensBooksOfHisOwnWithTheKeyOfOthers() throws {
    let books = try Installed()
    #expect(try books.run("boms-db", "init", "--db", "own.db").status == 0)
    let run = try books.run("boms-db", "key", "create", "--understood", "--db", "own.db")
    #expect(run.status == 78 && run.err.contains("Permission denied"), "\(run)")
    // What is his own belongs to his group: the programs' is in no file of his.
    let groups = try books.workspace.shell("stat -c %g mine/*")
    #expect(Set(groups.lines) == ["65534"])
  }

  @Test(.enabled(if: canBeTried)) func theOwnerOfTheBooksUsesTheKeyThatTheGroupMayRead() throws {
    let books = try Installed()
    let run = try books.runAsOwner("boms-db", "whoami")
    #expect(run.status == 0, "\(run)")
  }

  @Test(.enabled(if: canBeTried)) func booksOfBeforeRolesAreNobodysByTheGroup() throws {
    let books = try Installed()
    try TestDatabase.run("PRAGMA user_version = 12", books.workspace.file("books/m.db"))
    for argument in [["backup", "copy.db"], ["migrate", "--quiet"]] {
      let run = try books.run("boms-db", argument[0], argument[1])
      #expect(run.status == 77 && run.out.isEmpty, "\(argument): \(run)")
    }
  }
}
