/// What ArgumentParser adds to our texts: headings, and notes on options. And its folding: it folds at
/// blanks, which Chinese does not have, and counts characters, of which Chinese ones take two columns.
enum ChineseHelp {
  /// A help text whose lines are not folded but for the usage.
  /// - Parameter width: in columns.
  static func text(_ help: String, width: Int) -> String {
    lines(of: help).flatMap { Folding.fold($0, width: width, indent: indent(of: $0)) }
      .joined(separator: "\n")
  }

  /// How a command is called, as it follows an error.
  static func usage(_ usage: String) -> String {
    lines(of: usage).joined(separator: "\n")
  }

  private static func lines(of text: String) -> [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      let line = frame.zh(String(line)) ?? String(line)
      guard let noted = notes.zh(line), let note = noted.firstRange(of: "（可取：") else {
        return notes.zh(line) ?? line
      }
      return String(noted[..<note.lowerBound])
        + noted[note.lowerBound...].replacing(", ", with: "、")
    }
  }

  /// What is folded hangs below what stands behind a gap: a text below itself, not below its option.
  private static func indent(of line: String) -> String {
    guard let gap = line.ranges(of: "  ").last else { return "" }
    let text = line[gap.upperBound...].drop { $0 == " " }
    return String(repeating: " ", count: line.count - text.count)
  }

  private static let frame = Translations([
    ("OVERVIEW: Show subcommand help information.", "概述：显示子命令的帮助。"),
    ("OVERVIEW: %", "概述：%"),
    ("USAGE: %", "用法：%"),
    ("Usage: %", "用法：%"),
    ("Help:  %", "说明：%"),
    ("ARGUMENTS:", "参数："),
    ("OPTIONS:", "选项："),
    ("SUBCOMMANDS:", "子命令："),
    ("%Show the version.", "%显示版本号。"),
    ("%Show help information.", "%显示帮助。"),
    ("  See '%' for detailed help.", "  子命令的用法见 '%'。"),
    ("  See '%' for more information.", "  详见 '%'。"),
  ])

  private static let notes = Translations([
    ("% (values: %; default: %)", "%（可取：%；默认：%）"),
    ("% (values: %)", "%（可取：%）"),
    ("% (default: %)", "%（默认：%）"),
  ])
}
