/// The data dictionary: every register with its fields, references and rules, as Markdown.
package func dictionaryMarkdown(_ registers: [Register], _ language: Language) -> String {
  let contents = registers.map { register in
    let anchor = anchor(register, language)
    return Phrase(
      "- [`\(register.name)`](#\(anchor)) \(register.zh): \(register.summary.en)\n",
      "- [\(register.zh)](#\(anchor)) `\(register.name)`：\(register.summary.zh)\n"
    ).text(language)
  }
  return ([head.text(language), contents.joined()] + registers.map { section($0, language) })
    .joined(separator: "\n")
}

private let head = Phrase(
  """
  # Data dictionary

  <!-- Generated from the catalogue of registers: do not edit. -->

  A heading may be the field's name or its Chinese heading; where a field has listed values, both
  words are accepted, and so are those in brackets behind them. *Column* is the column in SQL:
  `_fen` is 1/100 yuan, `_e6` millionths of the field's unit; dates are text `YYYY-MM-DD`, flags 1
  and 0. A key names a row: what comes again with the same key is that row.

  """,
  """
  # 数据字典

  [English](../data-dictionary.md)

  <!-- 由程序生成，请勿手工修改。 -->

  全部登记表及其字段。表格的表头写中文表头或英文字段名均可；有可选值的，中文、英文及其后括号中的词均可填写。必填为
  “主键”的字段确定是哪一行：主键相同即为同一行；有默认值的可以留空。同样的内容可用
  `boms-import --describe 登记表 --lang zh` 查看，空白模板用 `boms-import --template 登记表 --format xlsx` 生成。

  “数据库列”供直接用 SQL 查询时使用：`_fen` 单位为分，`_e6` 为该字段单位的百万分之一；日期为文本 `YYYY-MM-DD`，是为 1、否为 0。

  """)

private func section(_ register: Register, _ language: Language) -> String {
  let summary = register.summary.text(language)
  let again = changes(register).text(language)
  var parts = ["## \(title(register, language))\n"]
  parts.append("\(sentence(summary, language))\n\n\(sentence(again, language))\n")
  parts.append(fields(register, language))
  if !register.references.isEmpty { parts.append(references(register, language)) }
  if !register.rules.isEmpty { parts.append(rules(register, language)) }
  return parts.joined(separator: "\n")
}

private func fields(_ register: Register, _ language: Language) -> String {
  let rows = zip(register.fields, register.description(in: language)).map { field, row in
    let need = language == .zh ? Choice.needs.first { $0.code == row.required }?.zh : nil
    let names = ["`\(row.field)`", row.heading]
    return (language == .zh ? names.reversed() : names) + [
      "`\(field.column)`", escaped(row.type), row.unit, need ?? row.required,
      escaped(row.defaultText), escaped(row.values), escaped(row.example), escaped(row.note),
    ]
  }
  return table(
    language == .zh
      ? ["表头", "字段", "数据库列", "类型", "单位", "必填", "默认值", "可选值", "示例", "说明"]
      : [
        "field", "Chinese heading", "column", "type", "unit", "required", "default", "values",
        "example", "note",
      ],
    rows)
}

private func references(_ register: Register, _ language: Language) -> String {
  let lines = register.references.map { reference in
    let comma = Phrase(", ", "、").text(language)
    let fields = reference.fields.map { "`\($0)`" }.joined(separator: comma)
    let targets = reference.targets.map { "`\(reference.register).\($0)`" }.joined(separator: comma)
    let name = Catalogue.register(named: reference.register).map { "（\($0.zh)）" } ?? ""
    return "- \(fields) → \(targets)\(language == .zh ? name : "")\n"
  }
  return Phrase("References:", "引用：").text(language) + "\n\n" + lines.joined()
}

private func rules(_ register: Register, _ language: Language) -> String {
  table(
    language == .zh ? ["规则", "级别", "含义"] : ["rule", "level", "meaning"],
    register.rules.map { rule in
      let level = rule.level == .error ? Phrase("error", "错误") : Phrase("warning", "警告")
      return ["`\(rule.id)`", level.text(language), escaped(rule.meaning.text(language))]
    })
}

/// What happens to a row that comes again, and whether `--replace` can be used.
private func changes(_ register: Register) -> Phrase {
  let again =
    switch register.change {
    case .update:
      Phrase(
        "a row that comes again with other content is updated", "主键相同、内容不同的行，按新内容更新")
    case .refuse:
      Phrase(
        "a ledger: a row that comes again with other content is refused",
        "只增不改：主键相同、内容不同的行拒绝导入")
    case .revise:
      Phrase(
        "a row that comes again with other content is a new revision; the newest counts",
        "主键相同、内容不同的行记为新版次，以最新版次为准")
    }
  if register.group.isEmpty { return again }
  let names = register.group.map { "`\($0)`" }.joined(separator: ", ")
  let headings = register.group.compactMap { register.index(of: $0) }.map { register.fields[$0].zh }
    .joined(separator: "、")
  return Phrase(
    "\(again.en). `--replace` takes a file as the whole set of rows for each \(names) in it",
    "\(again.zh)。加 `--replace` 时，文件中出现的每个\(headings)，以文件中的行为其全部行")
}

private func table(_ headings: [String], _ rows: [[String]]) -> String {
  let lines = [headings, headings.map { _ in "---" }] + rows
  return lines.map { "| " + $0.joined(separator: " | ") + " |\n" }.joined()
}

private func sentence(_ text: String, _ language: Language) -> String {
  language == .zh ? text + "。" : text.prefix(1).uppercased() + text.dropFirst() + "."
}

/// A register by both names, that of the language first.
private func title(_ register: Register, _ language: Language) -> String {
  language == .zh ? "\(register.zh) `\(register.name)`" : "`\(register.name)` \(register.zh)"
}

/// The anchor that Markdown viewers make of a register's title.
private func anchor(_ register: Register, _ language: Language) -> String {
  language == .zh ? "\(register.zh)-\(register.name)" : "\(register.name)-\(register.zh)"
}

/// Text that stands in a cell as it is.
private func escaped(_ text: String) -> String {
  var result = ""
  for character in text {
    if "|*`<".contains(character) { result.append("\\") }
    result.append(character)
  }
  return result
}
