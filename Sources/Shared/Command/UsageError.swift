/// ArgumentParser's sentences about wrong usage, which it has in English only.
enum UsageError {
  /// The sentence in both languages. One that is not known, as ours from `validate()`, is led by a Chinese word.
  static func phrase(_ sentence: String) -> Phrase {
    Phrase(sentence, known.zh(sentence) ?? "命令用法有误：\(sentence)")
  }

  private static let known = Translations([
    ("Missing expected argument '%'", "缺少参数 '%'"),
    ("Missing value for '%'", "选项 '%' 后缺少值"),
    ("Unknown option '%'. Did you mean '%'?", "没有选项 '%'，是否为 '%'？"),
    ("Unknown option '%'", "没有选项 '%'"),
    ("Unexpected argument '%'", "多余的参数 '%'"),
    ("% unexpected arguments: %", "多余的参数 % 个：%"),
    (
      "The value '%' is invalid for '%'. Please provide one of %.",
      "'%' 不是 '%' 可取的值，可取：%"
    ),
    ("The value '%' is invalid for '%'%", "'%' 不是 '%' 可取的值%"),
  ])
}
