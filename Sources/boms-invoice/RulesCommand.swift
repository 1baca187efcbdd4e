import ArgumentParser
import Shared

/// `boms-invoice rules`: what is asked of an invoice.
struct RulesCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "rules",
    Phrase(
      "List the rules: what each means, an example of what breaks it, and what to do.",
      "列出检查规则：含义、违反的例子和处理办法。"),
    examples: [
      "boms-invoice rules --format table",
      "boms-invoice rules --headings zh --lang zh --bom > 发票检查规则.csv",
    ],
    discussion: Phrase(
      """
      An error rejects the file; a warning is stored with the invoice; 'either' is one or the other, by \
      how bad it is; a state is shown and never a finding. --lang is the language of the sentences.
      """,
      """
      error 拒收文件；warning 随发票保存；either 视轻重为两者之一；state 只显示，不作为检查结\
      果。--lang 为说明的语言。
      """))

  @Flag(help: .boms("As the page docs/invoice-rules.md.", "写作页面 docs/invoice-rules.md 的格式。"))
  var markdown = false

  @OptionGroup var output: OutputOptions
  @OptionGroup var say: SayOptions

  static let fields: [Field] = [
    .code("rule", "规则"),
    .choice(
      "level", "级别",
      [
        Choice("error", "错误"), Choice("warning", "警告"), Choice("either", "错误或警告"),
        Choice("state", "状态"),
      ]),
    .text("meaning", "含义"), .text("example", "示例"), .text("remedy", "处理办法"),
  ]

  func validate() throws {
    if markdown, output.format != nil {
      throw ValidationError("--markdown has a format of its own", "--markdown 有自己的格式")
    }
  }

  func run() throws {
    let context = say.context()
    if markdown {
      let output = ByteOutput()
      output.append(rulesMarkdown(InvoiceRules.documented, context.language))
      return try output.flush()
    }
    let writer = output.writer(RulesCommand.fields.map { Column($0) }, context.environment)
    for rule in InvoiceRules.documented {
      let texts = [rule.meaning, rule.example, rule.remedy].map { $0.text(context.language) }
      try writer.row(
        [.text(rule.id), .text(rule.severity.rawValue)] + texts.map { Cell.text($0) })
    }
    try writer.finish()
  }
}

/// The page of the rules.
func rulesMarkdown(_ rules: [InvoiceRule], _ language: Language) -> String {
  func word(_ severity: InvoiceRule.Severity) -> String {
    switch severity {
    case .error: Phrase("error", "错误").text(language)
    case .warning: Phrase("warning", "警告").text(language)
    case .either: Phrase("error or warning", "错误或警告").text(language)
    case .state: Phrase("state", "状态").text(language)
    }
  }
  let head = Phrase(
    """
    # Rules for invoices

    What `boms-invoice check` and `import` ask of each invoice. An error rejects the file: nothing of it
    is stored. A warning is stored with the invoice and shown with it. How findings are printed:
    [errors.md](errors.md). `boms-invoice rules` prints this list; the page is written by `scripts/docs`.

    """,
    """
    # 发票检查规则

    `boms-invoice check` 和 `import` 对每张发票的检查。错误：整份拒收，不入库；警告：收下，并与发票一起保存、显示。
    提示的格式见[错误一览](errors.md)。`boms-invoice rules --lang zh` 列出本表；本页由 `scripts/docs` 生成。

    """
  ).text(language)
  let labels = [
    Phrase("Level", "级别"), Phrase("Example", "示例"), Phrase("What to do", "处理办法"),
  ].map { $0.text(language) }
  let colon = language == .zh ? "：" : ": "
  let sections = rules.map { rule in
    """

    ## `\(rule.id)`

    \(rule.meaning.text(language))

    - \(labels[0])\(colon)\(word(rule.severity))
    - \(labels[1])\(colon)\(rule.example.text(language))
    - \(labels[2])\(colon)\(rule.remedy.text(language))

    """
  }
  return head + sections.joined()
}
