// Codes, texts, flags and choices.

extension FieldParser {
  /// What Excel writes instead of a value that it does not have, or that does not fit its cell.
  private func checkExcel(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) throws(ValueError) {
    let text = String(decoding: bytes, as: UTF8.self)
    let isError = ["#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!"]
      .contains(text.uppercased())
    guard isError || (bytes.count > 1 && bytes.allSatisfy { $0 == 0x23 }) else { return }
    throw ValueError(
      "value.excel-error",
      Phrase(
        "'\(shown(bytes, index))' is an error of Excel", "'\(shown(bytes, index))' 是 Excel 的错误值"),
      hint: Phrase(
        "correct the formula, or widen the column, and save again",
        "请在 Excel 中更正公式或加宽该列后重新保存"))
  }

  private func checkShortened(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) throws(ValueError)
  {
    let text = String(decoding: bytes, as: UTF8.self)
    guard NumberText.isScientific(text), text.contains("+") || text.contains(".") else { return }
    let value = shown(bytes, index)
    throw ValueError(
      "value.code",
      Phrase("'\(value)' is a number that Excel has shortened", "'\(value)' 是被 Excel 缩写的数字"),
      hint: Phrase(
        "format the column as text in Excel and enter it again; its digits are lost here",
        "请在 Excel 中将该列设为文本格式后重新填写，此处的数字已丢失"))
  }

  func checkCode(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) throws(ValueError) {
    if bytes.first == 0x23 { try checkExcel(bytes, index) }
    // The common code: short, printable ASCII, and not a digit followed by E.
    var isSimple = bytes.count <= 64
    var hasE = false
    for byte in bytes {
      if byte < 0x20 || byte >= 0x7F || byte == 0x3B { isSimple = false }
      if byte | 0x20 == 0x65 { hasE = true }
    }
    if isSimple, !hasE || bytes[0] &- 0x30 > 9 { return }
    let text = String(decoding: bytes, as: UTF8.self)
    try checkShortened(bytes, index)
    if isSimple { return }
    if text.unicodeScalars.count > 64 {
      throw ValueError(
        "value.code",
        Phrase(
          "'\(shown(bytes, index))' is longer than 64 characters",
          "'\(shown(bytes, index))' 超过 64 个字符"),
        hint: Phrase("a code is short; is this the right column?", "编码应较短，请检查列是否对应"))
    }
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x3B:
        throw ValueError(
          "value.code",
          Phrase(
            "'\(shown(bytes, index))' holds a semicolon", "'\(shown(bytes, index))' 含有分号"),
          hint: Phrase("one code only; ';' separates codes", "只能填一个编码，分号用于分隔多个编码"))
      case 0..<0x20, 0x7F..<0xA0, 0x200B...0x200F, 0x2028...0x202E, 0x2060, 0xFEFF:
        throw ValueError(
          "value.code",
          Phrase(
            "'\(shown(bytes, index))' holds an invisible character",
            "'\(shown(bytes, index))' 含有不可见字符"),
          hint: Phrase("type the code again by hand", "请手工重新输入"))
      case 0xFF10...0xFF19, 0xFF21...0xFF3A, 0xFF41...0xFF5A:
        var half = FieldText.halfWidth(bytes)
        let wanted = half.withUTF8 { shown($0, index) }
        throw ValueError(
          "value.code",
          Phrase(
            "'\(shown(bytes, index))' has full-width letters or digits",
            "'\(shown(bytes, index))' 含有全角字母或数字"),
          hint: Phrase("write '\(wanted)'", "请写作 '\(wanted)'（半角）"))
      default: break
      }
    }
  }

  func checkText(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) throws(ValueError) {
    if bytes.first == 0x23 { try checkExcel(bytes, index) }
    // A phone or an account of digits only.
    if isSensitive(index) { try checkShortened(bytes, index) }
    var isSimple = bytes.count <= 4000
    for byte in bytes where byte < 0x20 || byte == 0x7F { isSimple = false }
    if isSimple { return }
    for byte in bytes
    where byte == 0x7F || (byte < 0x20 && byte != 0x09 && byte != 0x0A && byte != 0x0D) {
      throw ValueError(
        "value.text",
        Phrase(
          "'\(shown(bytes, index))' holds a control character",
          "'\(shown(bytes, index))' 含有控制字符"),
        hint: Phrase("remove it, or type the text again", "请删除该字符或重新输入"))
    }
    if bytes.count > 4000, String(decoding: bytes, as: UTF8.self).unicodeScalars.count > 4000 {
      throw ValueError(
        "value.text",
        Phrase("the text is longer than 4,000 characters", "文本超过 4,000 个字符"),
        hint: Phrase("shorten it", "请缩短"))
    }
  }

  func flag(
    _ bytes: UnsafeBufferPointer<UInt8>, _ index: Int
  ) throws(ValueError) -> Int64 {
    switch FieldText.halfWidth(bytes).lowercased() {
    case "yes", "y", "true", "1", "是": return 1
    case "no", "n", "false", "0", "否": return 0
    default:
      throw ValueError(
        "value.flag",
        Phrase(
          "'\(shown(bytes, index))' is neither yes nor no", "'\(shown(bytes, index))' 既不是“是”也不是“否”"
        ),
        hint: Phrase("write 'yes' or 'no'", "请填写“是”或“否”"))
    }
  }

  func choice(
    _ bytes: UnsafeBufferPointer<UInt8>, _ record: Record, _ index: Int
  ) throws(ValueError) {
    let choices = plans[index].choices
    for choice in choices
    where FieldParser.equals(bytes, choice.code) || FieldParser.equals(bytes, choice.zh) {
      choice.code.withUnsafeBufferPointer { record.set(index, text: $0) }
      return
    }
    // Full-width forms and capitals, on both sides, and other words.
    let wanted = HeadingText.normal(bytes)
    if let code = plans[index].codes[wanted] {
      code.withUnsafeBufferPointer { record.set(index, text: $0) }
      return
    }
    guard case .choice(let known) = register.fields[index].kind else { return }
    let near = HeadingText.nearest(wanted, in: known.flatMap { [$0.code, $0.zh] + $0.otherWords })
    let all = known.map(\.allWords).joined(separator: ", ")
    let value = shown(bytes, index)
    throw ValueError(
      "value.choice",
      Phrase("'\(value)' is none of the values of this field", "'\(value)' 不是可选值"),
      hint: near.map {
        Phrase("did you mean '\($0)'? The values: \(all)", "是否为 '\($0)'？可选值：\(all)")
      } ?? Phrase("one of: \(all)", "可选值：\(all)"))
  }

  private static func equals(_ bytes: UnsafeBufferPointer<UInt8>, _ word: [UInt8]) -> Bool {
    guard bytes.count == word.count else { return false }
    for (byte, wanted) in zip(bytes, word) where byte != wanted { return false }
    return true
  }

  func codes(
    _ bytes: UnsafeBufferPointer<UInt8>, _ record: Record, _ index: Int
  ) throws(ValueError) {
    var seen: [String] = []
    let text = String(decoding: bytes, as: UTF8.self)
    for part in text.split(whereSeparator: { ";；、,，".contains($0) }) {
      let code = try Array(part.utf8).withUnsafeBufferPointer {
        (bytes) throws(ValueError) -> String in
        let code = FieldText.trimmed(bytes)
        if !code.isEmpty {
          do throws(ValueError) {
            try checkCode(code, index)
          } catch {
            throw ValueError("value.codes", error.message, hint: error.hint)
          }
        }
        return String(decoding: code, as: UTF8.self)
      }
      if !code.isEmpty, !seen.contains(code) { seen.append(code) }
      if seen.count > 200 {
        throw ValueError(
          "value.codes", Phrase("more than 200 codes in one cell", "单元格中的编码超过 200 个"))
      }
    }
    if seen.isEmpty {
      setDefault(of: record, at: index)
    } else {
      record.set(index, text: seen.joined(separator: ";"))
    }
  }
}
