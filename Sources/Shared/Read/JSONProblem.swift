extension JSONParser.Problem {
  /// What is wrong, as a finding at its place.
  func finding(_ file: String, _ line: Int) -> Finding {
    switch self {
    case .syntax(let detail):
      return Finding(
        rule: "json.syntax", file: file, line: line,
        message: Phrase("not valid JSON: \(detail)", "不是有效的 JSON：\(detail)"),
        hint: Phrase("check quotes, commas and brackets here", "请检查此处的引号、逗号和括号"))
    case .notAnObject:
      return Finding(
        rule: "json.object", file: file, line: line,
        message: Phrase("an object {…} is expected here", "此处应为对象 {…}"),
        hint: Phrase(
          "give an array of objects, or one object a line", "请给出对象数组，或每行一个对象"))
    case .fault(.tooDeep):
      return Finding(
        rule: "json.too-deep", file: file, line: line,
        message: Phrase(
          "nested more than \(JSONDocument.depthLimit) deep",
          "嵌套超过 \(JSONDocument.depthLimit) 层"))
    case .fault(.tooLarge):
      return Finding(
        rule: "json.too-large", file: file, line: line,
        message: Phrase(
          "one object is larger than \(JSONDocument.byteLimit >> 20) MiB or has too many members",
          "单个对象超过 \(JSONDocument.byteLimit >> 20) MiB 或成员过多"),
        hint: Phrase("is a quote or a bracket not closed?", "请检查是否有未闭合的引号或括号"))
    case .fault(.duplicateKey(let key)):
      return Finding(
        rule: "json.duplicate-key", file: file, line: line, field: key,
        message: Phrase("the key '\(key)' comes twice in one object", "同一对象中键 '\(key)' 出现两次"),
        hint: Phrase("keep one of the two", "请只保留一个"))
    }
  }
}
