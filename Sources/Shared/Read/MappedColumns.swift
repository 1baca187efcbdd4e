/// The columns of one mapped file: found by its headings, then read row by row.
struct MappedColumns {
  enum Source {
    case column(Int)
    case constant(String)
  }

  /// What a row below the headings is.
  enum Kind {
    case entry
    /// Money that went out, or none.
    case outgoing
    /// A sum, a remark, the headings once more.
    case other
    /// Whether the row counts cannot be read from the cell of that column.
    case unreadable(column: Int)
  }

  /// As they stand in the file.
  let texts: [String]
  /// How many cells a row must have: up to the last column that is mapped.
  let wanted: Int
  let fields: [(index: Int, sources: [Source])]
  private let conditions: [(column: Int, words: [String])]
  /// The column of the day, by which sums are told from entries.
  private let day: Int?

  /// The columns, if this is the row with the headings.
  /// - Parameter missing: gets the headings that the row lacks.
  init?(_ row: CSVRow, _ map: ColumnMap, _ register: Register, missing: inout [String]) {
    var positions: [String: Int] = [:]
    for cell in 0..<row.count {
      let name = HeadingText.normal(row[cell])
      if positions[name] == nil { positions[name] = cell }
    }
    var absent: [String] = []
    func column(_ headings: [String]) -> Int {
      for heading in headings {
        if let found = positions[heading] { return found }
      }
      absent.append(headings.first ?? "")
      return 0
    }
    fields = map.parts.sorted { $0.key < $1.key }.map { index, parts in
      (
        index,
        parts.map { part in
          switch part {
          case .column(let headings): .column(column(headings))
          case .constant(let text): .constant(text)
          }
        }
      )
    }
    conditions = map.conditions.map { (column($0.headings), $0.words) }
    missing = absent.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    guard absent.isEmpty else { return nil }
    texts = (0..<row.count).map(row.text)
    var day: Int?
    var last = conditions.map(\.column).max() ?? 0
    for (index, sources) in fields {
      for case .column(let column) in sources {
        last = max(last, column)
        if case .date = register.fields[index].kind, day == nil { day = column }
      }
    }
    self.day = day
    wanted = last + 1
  }

  // MARK: Rows

  private static let sums = ["合计", "总计", "小计", "共计", "累计"]

  func kind(of row: CSVRow) -> Kind {
    var filled = 0
    var first = ""
    for cell in 0..<row.count where !FieldText.trimmed(row[cell]).isEmpty {
      if filled == 0 { first = row.text(cell) }
      filled += 1
    }
    if filled < 2 || SumRow.isOne(row) { return .other }
    let hasDay = day.map { $0 < row.count && MappedColumns.dayPart(row[$0]) != nil } ?? true
    if !hasDay {
      if MappedColumns.sums.contains(where: first.contains) { return .other }
      if row.count >= texts.count,
        texts.indices.allSatisfy({ row.text($0) == texts[$0] })
      {
        return .other
      }
    }
    for (column, words) in conditions where column < row.count {
      let cell = FieldText.trimmed(row[column])
      if words.isEmpty {
        if cell.allSatisfy({ $0 == 0x2D }) { return .outgoing }
        do throws(NumberText.Problem) {
          let amount = try NumberText.scaled(cell, places: 2, takesCurrency: true)
          if amount.value <= 0 { return .outgoing }
        } catch {
          // The field says best what is wrong with its cell.
          return isMapped(column) ? .entry : .unreadable(column: column)
        }
      } else if cell.isEmpty {
        return .unreadable(column: column)
      } else if !words.contains(HeadingText.normal(cell)) {
        return .outgoing
      }
    }
    return .entry
  }

  private func isMapped(_ column: Int) -> Bool {
    fields.contains { field in
      field.sources.contains { if case .column(column) = $0 { true } else { false } }
    }
  }

  /// The text of a field: one cell as it is; several parts of a code joined by `-`, letters and digits
  /// only, so that it stays the same however a bank writes a time or an amount; those of a text by a
  /// blank.
  static func text(_ sources: [Source], of row: CSVRow, isCode: Bool) -> String {
    var parts: [String] = []
    for source in sources {
      let part: String
      switch source {
      case .constant(let text): part = text
      case .column(let column):
        part = String(decoding: FieldText.trimmed(row[column]), as: UTF8.self)
      }
      let kept = isCode && sources.count > 1 ? part.filter(isLetterOrDigit) : part
      if !kept.isEmpty { parts.append(kept) }
    }
    return parts.joined(separator: isCode ? "-" : " ")
  }

  private static func isLetterOrDigit(_ character: Character) -> Bool {
    character.isASCII && (character.isLetter || character.isNumber)
  }

  /// The day in a cell that may have a time behind it: `20260105 10:22:33`, `20260105102233`,
  /// `2026-01-05-10.22.33.123456`.
  static func dayPart(_ cell: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8>? {
    let bytes = FieldText.trimmed(cell)
    func isDay(_ count: Int) -> Bool {
      let part = UnsafeBufferPointer(rebasing: bytes[..<count])
      do throws(DateText.Problem) {
        _ = try DateText.day(part)
        return true
      } catch {
        return false
      }
    }
    if !bytes.isEmpty, isDay(bytes.count) { return bytes }
    for index in bytes.indices.dropFirst(6) {
      let isSeparator = FieldText.isBlank(bytes[index]) || bytes[index] == 0x54
      guard isSeparator || (index == 10 && bytes[index] == 0x2D) || index == 8 else { continue }
      if bytes[index...].allSatisfy(isOfTime), isDay(index) {
        return UnsafeBufferPointer(rebasing: bytes[..<index])
      }
    }
    return nil
  }

  /// Digits and what stands between those of a time.
  private static func isOfTime(_ byte: UInt8) -> Bool {
    (byte >= 0x30 && byte <= 0x3A) || byte == 0x2D || byte == 0x2E || byte == 0x54
      || FieldText.isBlank(byte)
  }
}
