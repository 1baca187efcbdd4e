import ArgumentParser

/// How to speak to the person who runs the program.
package struct SayOptions: ParsableArguments {
  @Option(
    help: .boms(
      "The language of messages; BOMS_LANG, else the locale, if not given.",
      "提示信息的语言；未指定时取 BOMS_LANG，再取系统语言。",
      valueName: "language"))
  package var lang: Language?

  @Option(
    help: .boms(
      "How to print errors and warnings on stderr: for people, or an object a line.",
      "错误和警告写到标准错误的格式：text 供人阅读，json 每行一个对象。",
      valueName: "format"))
  package var errors = FindingWriter.Format.text

  @Flag(name: .shortAndLong, help: .boms("Leave out the summary and progress.", "不显示汇总和进度。"))
  package var quiet = false

  package init() {}

  package func validate() throws {
    try requireLanguage(.current)
  }

  /// A language that nobody knows must not pass for English.
  func requireLanguage(_ environment: Environment) throws {
    guard lang == nil, let name = environment["BOMS_LANG"] else { return }
    guard ["en", "zh"].contains(where: name.lowercased().hasPrefix) else {
      throw ValidationError(
        "BOMS_LANG is '\(name)', not en or zh", "BOMS_LANG 为“\(name)”，应为 en 或 zh")
    }
  }

  /// What a command runs in.
  package func context(_ environment: Environment = .current) -> Context {
    let language = lang ?? environment.language
    return Context(
      environment: environment.speaking(language, isQuiet: quiet),
      console: Console(
        tool: Program.name, language: language, format: errors, isQuiet: quiet,
        isTerminal: environment.isErrorErasable, isColoured: environment.isErrorColoured,
        width: environment.errorWidth))
  }

  /// The language of letters: `--lang`, else `BOMS_LANG`, else Chinese. Their readers are tenants, so
  /// the locale of the one who prints them (for cron: none) says nothing.
  package func letters(_ environment: Environment = .current) -> Language {
    lang ?? (environment["BOMS_LANG"] == nil ? .zh : environment.language)
  }
}
