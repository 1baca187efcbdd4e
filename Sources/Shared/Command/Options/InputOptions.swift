import ArgumentParser

/// How the files of others are read: their encoding, their columns, and what they leave out.
package struct InputOptions: ParsableArguments {
  @Option(
    help: .boms(
      "How the files are encoded (values: utf-8, gb18030, utf-16, auto).",
      "文件的编码（可取：utf-8、gb18030、utf-16、auto）。",
      valueName: "encoding"),
    completion: .list(["utf-8", "gb18030", "utf-16", "auto"]),
    transform: InputOptions.encoding)
  package var encoding = TextEncoding.utf8

  @Option(
    help: .boms(
      "Which columns are which fields, where the headings are not ours (a bank's statement).",
      "列与字段的对应，用于表头与登记表不同的文件（如银行流水）。",
      valueName: "file"),
    completion: .file())
  package var map: String?

  @Option(
    help: .boms(
      "The value of a field that the files lack, for every row; may be given again.",
      "文件中没有的字段的值，用于每一行；可重复。",
      valueName: "field=value"))
  package var set: [String] = []

  @OptionGroup package var workbook: SheetOption

  package init() {}

  private static func encoding(_ name: String) throws -> TextEncoding {
    guard let encoding = TextEncoding(name: name) else {
      throw ValidationError(
        "an encoding is expected: utf-8, gb18030, utf-16 or auto",
        "应为编码：utf-8、gb18030、utf-16 或 auto")
    }
    return encoding
  }

  package var isPlain: Bool { map == nil && set.isEmpty && workbook.sheet == nil }

  /// The file, or the sheet if it is a workbook; what is wrong with it is written out.
  /// - Throws: `ExitStatus.badData` if it cannot be read, `Failure` 66 if there is none.
  package func source(_ file: String, _ findings: FindingWriter) throws -> InputSource {
    try workbook.source(file, findings)
  }

  /// The map; what is wrong with it is written out.
  /// - Throws: `ExitStatus.badData` if it cannot be used, `Failure` 66 if there is none.
  package func columnMap(for register: Register, _ findings: FindingWriter) throws -> ColumnMap? {
    guard let map else { return nil }
    let found = try ColumnMap.read(InputSource(map), for: register) { findings.write($0) }
    guard let found else {
      findings.finish()
      throw ExitStatus.badData
    }
    return found
  }

  /// What `--set` says, each value tried once.
  package func constants(for register: Register) throws -> Constants {
    let names = FieldNames(register)
    let parser = FieldParser(register)
    let record = Record(register)
    var constants: Constants = [:]
    for text in set {
      guard let equals = text.firstIndex(of: "="),
        let index = names.index(of: String(text[..<equals]))
      else {
        throw Failure(
          .usage,
          Phrase(
            "--set \(text): a field of \(register.name) and a value are expected",
            "--set \(text)：应为\(register.zh)的字段和值"),
          hint: Phrase(
            "write --set field=value; \(register.whereFieldsAre.en)",
            "请写作 --set 字段=值；\(register.whereFieldsAre.zh)"))
      }
      var value = String(text[text.index(after: equals)...])
      do {
        try value.withUTF8 { try parser.parse($0, into: record, at: index) }
      } catch let error as ValueError {
        throw Failure(
          .usage, Phrase("--set \(text): \(error.message.en)", "--set \(text)：\(error.message.zh)"),
          hint: error.hint)
      }
      constants[index] = value
    }
    return constants
  }
}
