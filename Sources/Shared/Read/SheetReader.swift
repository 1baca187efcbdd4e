/// Sheets of workbooks (.xlsx) as text: by openpyxl, which is Python's and runs beside us. What a cell
/// says is decided in `workbook.py`; from there on it is a CSV like any other.
package struct SheetReader {
  /// In seconds.
  private static let timeout = 600

  /// The first Python that has openpyxl. Whoever has a Python of his own before the system's in the PATH
  /// has the package in the system's.
  private static let command = """
    script=$1 sheet=$2
    shift 2
    for python in "$@"; do
      "$python" -I -c "$script" "$sheet"
      status=$?
      [ "$status" = 3 ] || [ "$status" = 127 ] || break
    done
    exit "$status"
    """

  /// The sheet that is wanted; nil: the only one that has something in it.
  private let sheet: String?
  private let pythons: [String]

  /// - Parameter pythons: programs to try, one after the other.
  package init(sheet: String?, pythons: [String] = ["python3", "/usr/bin/python3"]) {
    self.sheet = sheet
    self.pythons = pythons
  }

  /// The source itself if it is no workbook, else its sheet; findings name it `FILE:SHEET:ROW`.
  /// - Parameter watch: is told now and then how many bytes of text the workbook has given so far.
  /// - Throws: `BadInput` (`read.workbook`, `read.sheet`, `read.formula`); `Failure` 69 without
  ///   Python or openpyxl.
  package func open(
    _ source: InputSource, watch: (Int) -> Void = { _ in }
  ) throws -> InputSource {
    let head = try source.head(Signature.zip.count)
    if head.starts(with: Signature.compound) { throw old(source.name) }
    guard head.starts(with: Signature.zip) else {
      if sheet != nil { throw noWorkbook(source.name) }
      return source
    }
    let script = String(decoding: PackageResources.workbook_py, as: UTF8.self)
    let python = OutsideProgram(
      SheetReader.command, arguments: [script, sheet ?? ""] + pythons,
      timeout: SheetReader.timeout)
    let (ending, text, said) = try python.convert(try source.spooled(), watch: watch)
    let lines = said.split(separator: "\n").map(String.init)
    switch ending {
    case .exited(0):
      return InputSource(sheet: text, name: "\(source.name):\(lines.last ?? "")")
    case .exited(3), .exited(127): throw unavailable
    case .exited(4): throw choice(source.name, lines)
    case .exited(6): throw formula(source.name, lines.last ?? "")
    case .timedOut:
      throw unreadable(source.name, "no end after \(SheetReader.timeout) s")
    case .exited, .signalled: throw unreadable(source.name, lines.last ?? "")
    }
  }

  private var unavailable: Failure {
    Failure(
      .unavailable,
      Phrase(
        "reading a workbook takes Python 3 and its package openpyxl, which are not here",
        "读取工作簿需要 Python 3 和 openpyxl，本机没有"),
      hint: Phrase(
        "'apt install python3-openpyxl', or save the sheet as 'CSV UTF-8'",
        "请 'apt install python3-openpyxl'，或将工作表另存为“CSV UTF-8（逗号分隔）”"))
  }

  private func old(_ name: String) -> BadInput {
    BadInput(
      "read.workbook", name, 1,
      Phrase(
        "this is a workbook of Excel 97-2003 (.xls), or one with a password",
        "这是 Excel 97-2003 工作簿（.xls），或设有密码的工作簿"),
      hint: Phrase(
        "open it in Excel or WPS and save it as .xlsx, without a password",
        "请在 Excel 或 WPS 中打开，另存为不带密码的 .xlsx"))
  }

  private func noWorkbook(_ name: String) -> BadInput {
    BadInput(
      "read.workbook", name, 1,
      Phrase("this is no workbook, and has no sheets", "这不是工作簿，没有工作表"),
      hint: Phrase("leave out --sheet", "请去掉 --sheet"))
  }

  private func unreadable(_ name: String, _ reason: String) -> BadInput {
    BadInput(
      "read.workbook", name, 1,
      Phrase("this workbook cannot be read: \(reason)", "无法读取此工作簿：\(reason)"),
      hint: Phrase(
        "open it in Excel or WPS and save it as .xlsx again",
        "请在 Excel 或 WPS 中打开并重新另存为 .xlsx"))
  }

  private func choice(_ name: String, _ sheets: [String]) -> BadInput {
    let names = sheets.joined(separator: "', '")
    let message =
      if let sheet {
        Phrase("there is no sheet '\(sheet)'", "没有工作表“\(sheet)”")
      } else {
        Phrase("several sheets have something in them", "有内容的工作表不止一张")
      }
    return BadInput(
      "read.sheet", name, 1, message,
      hint: Phrase("say --sheet with one of '\(names)'", "请用 --sheet 指定其一：'\(names)'"))
  }

  private func formula(_ name: String, _ cell: String) -> BadInput {
    BadInput(
      "read.formula", name, 1,
      Phrase("the formula in \(cell) has no value", "单元格 \(cell) 的公式没有计算结果"),
      hint: Phrase(
        "a program wrote it: open it in Excel or WPS and save it",
        "该文件由程序生成，请在 Excel 或 WPS 中打开并保存一次"))
  }
}
