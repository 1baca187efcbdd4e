import ArgumentParser

/// Which database, and how long to wait for it.
package struct DatabaseOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("The database file (default: BOMS_DB).", valueName: "path"),
    completion: .file())
  package var db: String?

  @Option(help: ArgumentHelp("How long to wait while it is busy.", valueName: "seconds"))
  package var wait = 10

  package init() {}

  package func validate() throws {
    if wait < 0 { throw ValidationError("--wait takes a number of seconds, 0 or more") }
  }

  /// The path: `--db`, else `BOMS_DB`. Whether there is such a file is for Store to see.
  package func path(_ environment: Environment) throws(Failure) -> String {
    if let path = db ?? environment["BOMS_DB"], !path.isEmpty { return path }
    throw Failure(
      .usage, Phrase("no database is given", "未指定数据库"),
      hint: Phrase("pass --db PATH or set BOMS_DB", "使用 --db PATH 或设置环境变量 BOMS_DB"))
  }
}
