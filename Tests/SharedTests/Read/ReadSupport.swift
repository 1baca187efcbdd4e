import Shared

/// Chunk sizes that split everything that can be split, and one that splits nothing.
let chunkSizes = [1, 2, 3, 7, 65_536]

func source(_ text: String, chunkSize: Int = 65_536) -> InputSource {
  InputSource(bytes: Array(text.utf8), name: "test", chunkSize: chunkSize)
}

func source(bytes: [UInt8], chunkSize: Int = 65_536) -> InputSource {
  InputSource(bytes: bytes, name: "test", chunkSize: chunkSize)
}

/// 项目编号,名称 / A1,星河 in GB18030.
let gb18030: [UInt8] =
  [0xCF, 0xEE, 0xC4, 0xBF, 0xB1, 0xE0, 0xBA, 0xC5, 0x2C, 0xC3, 0xFB, 0xB3, 0xC6, 0x0A]
  + [0x41, 0x31, 0x2C, 0xD0, 0xC7, 0xBA, 0xD3, 0x0A]

/// All text of an input; the finding that ended it, if one did.
func allText(_ source: InputSource, _ encoding: TextEncoding = .utf8) throws -> (String, Finding?) {
  var bytes: [UInt8] = []
  do {
    let text = try TextStream(source, encoding: encoding)
    while let piece = try text.next() { bytes.append(contentsOf: piece) }
  } catch let bad as BadInput {
    return (String(decoding: bytes, as: UTF8.self), bad.finding)
  }
  return (String(decoding: bytes, as: UTF8.self), nil)
}

/// `line: cell|cell` for each row, and at the end `line! rule` if the text could not be read.
func rows(_ source: InputSource, _ encoding: TextEncoding = .utf8) throws -> [String] {
  var rows: [String] = []
  do {
    try CSVReader.read(try TextStream(source, encoding: encoding)) { row in
      rows.append("\(row.line): " + (0..<row.count).map(row.text).joined(separator: "|"))
    }
  } catch let bad as BadInput {
    rows.append("\(bad.finding.line)! \(bad.finding.rule)")
  }
  return rows
}

/// A value in one line, with what was unescaped.
func text(_ node: JSONNode) -> String {
  switch node.kind {
  case .null: return "null"
  case .boolean, .number: return node.string
  case .string: return "'\(node.string)'"
  case .array:
    var parts: [String] = []
    node.forEachElement { parts.append(text($0)) }
    return "[" + parts.joined(separator: ",") + "]"
  case .object:
    var parts: [String] = []
    node.forEachMember { key, value in
      parts.append(String(decoding: key, as: UTF8.self) + "=" + text(value))
    }
    return "{" + parts.joined(separator: ",") + "}"
  }
}

func objects(_ source: InputSource) throws -> [String] {
  var found: [String] = []
  do {
    try JSONReader.objects(try TextStream(source)) { node, line, fault in
      found.append("\(line): " + text(node) + (fault.map { " ? " + $0.rule } ?? ""))
    }
  } catch let bad as BadInput {
    found.append("\(bad.finding.line)! \(bad.finding.rule)")
  }
  return found
}

func jsonLines(_ source: InputSource) throws -> [String] {
  var found: [String] = []
  try JSONLines.read(source) { finding in
    found.append("\(finding.line)! \(finding.rule)")
  } _: { node, line in
    found.append("\(line): " + text(node))
  }
  return found
}

/// A register with a field of each kind.
let thing = Register(
  "thing", "物品",
  fields: [
    .code("thing_no", "编号").key,
    .code("register", "时段").key.or("total"),
    .text("name", "名称").required,
    .date("bought_on", "购入日期"),
    .month("month", "月份"),
    .money("amount", "金额"),
    .decimal("area_m2", "面积（平方米）", .positive, unit: "m²"),
    .percent("percent", "比例"),
    .rate("tax_rate", "税率"),
    .permille("rate_permille", "日费率‰"),
    .integer("line", "行号", 1...999),
    .flag("invoiced", "已开票").or("no"),
    .choice("kind", "类型", [Choice("mall", "购物中心").called("商场", "百货"), Choice("office", "写字楼")]),
    .codes("days", "提前天数"),
    .code("phone", "联系电话").sensitive,
  ])

/// The stored form of every slot that is not absent: `name=value`, `~` for nothing.
func stored(_ record: Record) -> String {
  record.register.fields.indices.compactMap { index in
    let name = record.register.fields[index].name
    switch record.slots[index] {
    case .absent: return nil
    case .empty: return name + "=~"
    case .number: return name + "=\(record.numbers[index])"
    case .text: return name + "=" + String(decoding: record.bytes(index), as: UTF8.self)
    }
  }.joined(separator: " ")
}

/// What a register reader makes of a text: rows and findings in the order in which they come.
func records(
  _ source: InputSource, ignoreUnknown: Bool = false, encoding: TextEncoding = .utf8
) throws -> [String] {
  var found: [String] = []
  let reader = RegisterReader(
    register: thing, ignoreUnknown: ignoreUnknown, encoding: encoding
  ) { finding in
    let field = finding.field.map { ":" + $0 } ?? ""
    found.append("\(finding.line)\(field)! \(finding.rule)")
  }
  let isWhole = try reader.read(source) { record, row in
    found.append("\(row.line)\(row.isGood ? "" : "?"): " + stored(record))
  }
  if !isWhole { found.append("stopped") }
  return found
}
