/// What the first bytes of a file say it is.
enum Signature {
  /// A workbook (.xlsx), and much else.
  static let zip: [UInt8] = [0x50, 0x4B, 0x03, 0x04]
  /// Excel's own format until 2003 (.xls), and a workbook with a password.
  static let compound: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0]

  /// The encoding to read with.
  /// - Throws: `BadInput` (`read.workbook`, `read.encoding`) for files that are not text.
  static func check(
    _ head: UnsafeBufferPointer<UInt8>, name: String, encoding: TextEncoding
  ) throws(BadInput) -> TextEncoding {
    if head.starts(with: zip) || head.starts(with: compound) {
      throw BadInput(
        "read.workbook", name, 1,
        Phrase("this is an Excel workbook or an archive, not CSV", "这是 Excel 工作簿或压缩文件，不是 CSV"),
        hint: Phrase(
          "in Excel or WPS, save each sheet as 'CSV UTF-8'",
          "请在 Excel 或 WPS 中将每张工作表另存为“CSV UTF-8（逗号分隔）”"))
    }
    if head.starts(with: [0xEF, 0xBB, 0xBF]) { return .utf8 }
    if encoding != .utf16, head.starts(with: [0xFF, 0xFE]) || head.starts(with: [0xFE, 0xFF]) {
      throw BadInput(
        "read.encoding", name, 1, Phrase("the text is UTF-16", "文本编码为 UTF-16"),
        hint: Phrase(
          "save it as 'CSV UTF-8', or use '--encoding utf-16'",
          "请另存为“CSV UTF-8”，或加 '--encoding utf-16'"))
    }
    return encoding
  }
}
