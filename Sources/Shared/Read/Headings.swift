/// Which field a heading names: by its English or its Chinese name, or by another that it is known
/// under; its unit may stand behind it in brackets.
struct FieldNames {
  private var fields: [String: Int] = [:]
  private let units: [Set<String>]
  let known: [String]

  init(_ register: Register) {
    units = register.fields.map(\.kind.unitsInHeadings)
    for (index, field) in register.fields.enumerated() {
      for name in [field.name, field.zh] + field.otherHeadings {
        let name = HeadingText.normal(name)
        if fields[name] == nil { fields[name] = index }
      }
    }
    known = register.fields.flatMap { [$0.name, $0.zh] }
  }

  func index(of heading: UnsafeBufferPointer<UInt8>) -> Int? {
    index(ofNormal: HeadingText.normal(heading))
  }

  func index(of name: String) -> Int? { index(ofNormal: HeadingText.normal(name)) }

  private func index(ofNormal heading: String) -> Int? {
    if let index = fields[heading] { return index }
    guard let (name, unit) = HeadingText.splitUnit(heading), let index = fields[name],
      units[index].contains(unit)
    else { return nil }
    return index
  }
}

extension FieldKind {
  /// How the unit of the field is written behind a heading, in normal form. Only what leaves no doubt:
  /// `单价(元/㎡/月)` says more than the field's name does.
  fileprivate var unitsInHeadings: Set<String> {
    switch self {
    case .money: ["元", "人民币", "rmb", "¥"]
    case .percent: ["%"]
    case .permille: ["‰"]
    case .decimal(_, let unit?):
      FieldKind.areas.contains(unit) ? FieldKind.areas : [HeadingText.normal(unit)]
    default: []
    }
  }

  private static let areas: Set = ["㎡", "m2", "m²", "平方米", "平米", "平方"]
}

/// The headings of a CSV file, matched with the register's fields.
struct CSVHeadings {
  enum Column {
    case field(Int)
    /// Unknown, and to be skipped.
    case skipped
    /// Without a name: its cells must be empty.
    case unnamed
  }

  /// As they stand in the file, without the two columns of a rejects file.
  let texts: [String]
  let columns: [Column]
  /// How many cells a row must have: up to the last heading that has a name.
  let wanted: Int
  /// Whether two columns of a rejects file follow.
  let isRejects: Bool
  /// Fields of the register that the file lacks.
  let missing: [Int]

  /// - Parameter report: gets a finding for each heading that is unknown or repeated.
  init(
    _ row: CSVRow, _ names: FieldNames, _ register: Register, ignoreUnknown: Bool,
    report: (_ rule: String, _ value: String, _ message: Phrase, _ hint: Phrase?) -> Void
  ) {
    var count = row.count
    // A file of rejects: what was wrong stands in the last two columns.
    if count > 2, HeadingText.normal(row[count - 2]) == "line",
      HeadingText.normal(row[count - 1]) == "rule", register.index(of: "rule") == nil
    {
      count -= 2
    }
    var columns: [Column] = []
    var seen: Set<Int> = []
    var wanted = 0
    for cell in 0..<count {
      let heading = FieldText.trimmed(row[cell])
      if heading.isEmpty {
        columns.append(.unnamed)
        continue
      }
      wanted = cell + 1
      let shown = FieldText.shown(heading, isSensitive: false)
      if let index = names.index(of: heading) {
        columns.append(.field(index))
        if !seen.insert(index).inserted {
          report(
            "read.heading-repeated", shown,
            Phrase("the heading '\(shown)' comes twice", "表头 '\(shown)' 重复"),
            Phrase("keep one of the two columns", "请只保留其中一列"))
        }
        continue
      }
      columns.append(.skipped)
      if ignoreUnknown || HeadingText.isRowNumber(heading) { continue }
      report(
        "read.heading", shown,
        Phrase("unknown heading '\(shown)'", "未知的表头 '\(shown)'"),
        names.hint(for: heading, register))
    }
    isRejects = count < row.count
    texts = (0..<count).map(row.text)
    self.columns = columns
    self.wanted = wanted
    missing = register.fields.indices.filter { !seen.contains($0) }
  }
}

extension FieldNames {
  /// What to do about an unknown heading.
  func hint(for heading: UnsafeBufferPointer<UInt8>, _ register: Register) -> Phrase {
    let text = String(decoding: heading, as: UTF8.self)
    guard let near = HeadingText.nearest(text, in: known) else {
      return register.isImported
        ? Phrase(
          "\(register.whereFieldsAre.en), or skip it with --ignore-unknown",
          "\(register.whereFieldsAre.zh)，或用 --ignore-unknown 忽略") : register.whereFieldsAre
    }
    return register.isImported
      ? Phrase(
        "did you mean '\(near)'? Or skip it with --ignore-unknown",
        "是否为 '\(near)'？也可用 --ignore-unknown 忽略")
      : Phrase("did you mean '\(near)'?", "是否为 '\(near)'？")
  }
}

extension Register {
  /// Whether it is one of the books, and not a list that some command reads.
  var isImported: Bool { Catalogue.register(named: name) != nil }

  /// Where its headings can be looked up.
  var whereFieldsAre: Phrase {
    if isImported {
      return Phrase(
        "see 'boms-import --describe \(name)'", "请查看 'boms-import --describe \(name)'")
    }
    return Phrase(
      "its headings: \(fields.map(\.name).joined(separator: ", "))",
      "可用的表头：\(fields.map(\.zh).joined(separator: "、"))")
  }

  /// Where a file to begin with comes from.
  var whereTemplateIs: Phrase {
    guard isImported else { return whereFieldsAre }
    return Phrase(
      "see 'boms-import --template \(name)'", "可用 'boms-import --template \(name)' 生成模板")
  }
}

/// The keys of JSON objects, matched with the register's fields. The same keys come again in every
/// object, so each is looked up once.
final class JSONHeadings {
  let names: [String]
  private let fields: FieldNames
  /// The keys as they came, and their fields; nil: unknown.
  private var keys: [(bytes: [UInt8], field: Int?)] = []
  private var next = 0

  init(_ register: Register, _ fields: FieldNames) {
    names = register.fields.map(\.name)
    self.fields = fields
  }

  /// The field of a key. Keys mostly come in the order of the object before.
  func find(_ key: UnsafeBufferPointer<UInt8>) -> Int? {
    for step in 0..<keys.count {
      let at = next + step < keys.count ? next + step : next + step - keys.count
      if keys[at].bytes.count == key.count, keys[at].bytes.elementsEqual(key) {
        next = at + 1 < keys.count ? at + 1 : 0
        return keys[at].field
      }
    }
    let field = fields.index(of: key)
    // Made-up keys without end must not fill the memory.
    if keys.count < 256 { keys.append((Array(key), field)) }
    return field
  }
}
