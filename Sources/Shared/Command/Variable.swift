/// A variable of the environment that a program reads. It stands in help texts and manual pages; a test
/// holds that no other is read, apart from those of the system.
package struct Variable: Sendable {
  package let name: String
  let meaning: Phrase

  package init(_ name: String, _ meaning: Phrase) {
    self.name = name
    self.meaning = meaning
  }

  package static let database = Variable(
    "BOMS_DB", Phrase("the database, where --db does not say", "数据库文件，未用 --db 指定时使用"))
  package static let language = Variable(
    "BOMS_LANG",
    Phrase(
      "language of messages, en or zh; else that of the locale", "提示信息的语言：en 或 zh；未设置时取系统语言"))
  package static let keyFile = Variable(
    "BOMS_KEY_FILE",
    Phrase("the file with the key of what is sealed in the database", "数据库中加密内容的密钥文件"))
  package static let noColour = Variable(
    "NO_COLOR", Phrase("set to anything: no colours on a terminal", "设为任意值：终端不使用颜色"))
  package static let templates = Variable(
    "BOMS_TEMPLATES", Phrase("a folder of changed texts", "自定义文本模板所在的目录"))
  package static let tolerance = Variable(
    "BOMS_REMIND_TOLERANCE",
    Phrase(
      "in yuan: what is not reminded of; see --tolerance", "不提醒的金额上限（元），见 --tolerance"))

  /// What every program reads.
  package static let common = [database, keyFile, language, noColour]

  /// The section of a help text.
  static func help(_ variables: [Variable]) -> String {
    let width = variables.map(\.name.count).max() ?? 0
    let lines = variables.map { variable in
      let gap = String(repeating: " ", count: width - variable.name.count + 2)
      return "  " + variable.name + gap + variable.meaning.help
    }
    return Phrase("ENVIRONMENT:", "环境变量：").help + "\n" + lines.joined(separator: "\n") + "\n"
  }
}
