import GRDB

extension DatabaseError: FailureConvertible {
  package var asFailure: Failure { Failure(database: self) }
}

extension Failure {
  /// What an error of the database means to the one who ran the program.
  init(database error: DatabaseError) {
    let text = error.message ?? "\(error.resultCode)"
    switch error.resultCode {
    case .SQLITE_BUSY, .SQLITE_LOCKED:
      self.init(
        .busy, Phrase("the database is in use by another program", "数据库正被其他程序使用"),
        hint: Phrase("try again, or wait longer with --wait", "请稍后再试，或用 --wait 延长等待"))
    case .SQLITE_FULL:
      self.init(
        .inputOutput, Phrase("the disk is full, nothing was stored", "磁盘已满，未写入任何内容"),
        hint: Phrase("free some space and run it again", "请清理磁盘空间后重新运行"))
    case .SQLITE_IOERR:
      self.init(.inputOutput, Phrase("the disk failed: \(text)", "磁盘读写失败：\(text)"))
    case .SQLITE_READONLY, .SQLITE_PERM:
      self.init(
        .cannotCreate,
        Phrase("the database cannot be written: \(text)", "数据库不可写：\(text)"),
        hint: Failure.mustBeWritable)
    case .SQLITE_CANTOPEN, .SQLITE_AUTH:
      self.init(
        .noInput, Phrase("the database cannot be opened: \(text)", "无法打开数据库：\(text)"),
        hint: Failure.mustBeWritable)
    case .SQLITE_NOTADB:
      self.init(
        .noInput, Phrase("the database cannot be opened: \(text)", "无法打开数据库：\(text)"),
        hint: Phrase(
          "if books were there, restore a backup: 'boms-db restore'",
          "若该文件原为账套，请用 'boms-db restore' 恢复备份"))
    case .SQLITE_CORRUPT:
      self.init(
        .inputOutput, Phrase("the database file is damaged: \(text)", "数据库文件已损坏：\(text)"),
        hint: Phrase("restore a backup; run 'boms-db check'", "请恢复备份，并运行 'boms-db check'"))
    default:
      self.init(
        .bug, Phrase("the database refused: \(text)", "数据库拒绝了操作：\(text)"),
        hint: Phrase("nothing was stored; please report this", "未写入任何内容，请反馈此问题"))
    }
  }

  private static let mustBeWritable = Phrase(
    "the file and its folder must be writable, for reading too (files -wal and -shm)",
    "数据库文件及其所在目录须可写，只读查询也需要（-wal、-shm 文件）")
}
