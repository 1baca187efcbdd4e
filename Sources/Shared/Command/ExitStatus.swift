/// How a program ends (sysexits). The one place where codes stand.
package enum ExitStatus: Int32, CaseIterable, Sendable {
  case done = 0
  /// The answer is no: a check found something, or some records failed and the others went through.
  case some = 1
  case usage = 64
  case badData = 65
  case noInput = 66
  case unavailable = 69
  case bug = 70
  case cannotCreate = 73
  case inputOutput = 74
  case busy = 75
  case noPermission = 77
  case settings = 78

  /// One line for help texts and manual pages.
  package var meaning: Phrase {
    switch self {
    case .done: Phrase("done, also when there was nothing to do", "完成，包括无事可做")
    case .some:
      Phrase(
        "a check found something, or records failed and the others went through",
        "检查发现问题，或部分记录失败、其余已处理")
    case .usage: Phrase("wrong usage", "命令用法错误")
    case .badData: Phrase("bad input data, nothing stored", "输入数据有误，未写入任何内容")
    case .noInput:
      Phrase("an input or the database is missing or unreadable", "输入文件或数据库不存在或无法读取")
    case .unavailable: Phrase("a needed program or service is not available", "所需的外部程序或服务不可用")
    case .bug: Phrase("a bug of ours", "程序内部错误")
    case .cannotCreate: Phrase("cannot create output", "无法创建输出")
    case .inputOutput: Phrase("input/output error, disk full", "读写错误或磁盘已满")
    case .busy: Phrase("database busy, try again", "数据库正忙，请稍后再试")
    case .noPermission: Phrase("this user's role does not allow it", "当前用户无此权限")
    case .settings: Phrase("schema version or settings wrong", "数据库版本或设置不正确")
    }
  }
}
