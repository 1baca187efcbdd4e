import ArgumentParser

/// Which database, and how long to wait for it.
package struct DatabaseOptions: ParsableArguments {
  @Option(
    help: .boms("The database file (default: BOMS_DB).", "数据库文件（默认：BOMS_DB）。", valueName: "path"),
    completion: .file())
  package var db: String?

  @Option(help: .boms("How long to wait while it is busy.", "数据库忙时最多等待多久。", valueName: "seconds"))
  package var wait = 10

  package init() {}

  package func validate() throws {
    if wait < 0 {
      throw ValidationError("--wait takes a number of seconds, 0 or more", "--wait 应为秒数，不小于 0")
    }
  }

  /// The path: `--db`, else `BOMS_DB`. Whether there is such a file is for Store to see.
  package func path(_ environment: Environment) throws(Failure) -> String {
    if let path = db ?? environment["BOMS_DB"], !path.isEmpty { return path }
    throw Failure(
      .usage, Phrase("no database is given", "未指定数据库"),
      hint: Phrase("pass --db PATH or set BOMS_DB", "使用 --db PATH 或设置环境变量 BOMS_DB"))
  }
}
