import Glibc
import Shared
import boms_bill
import boms_collect
import boms_db
import boms_depreciate
import boms_export
import boms_import
import boms_invoice
import boms_remind

/// All programs in one file: what they share, Swift's library above all, is there once. Links with the
/// names of the programs lead to it.
@main
enum Programs {
  // By name, so that a program that starts does not make the help texts of all others.
  private static let tools: [(name: String, command: any Tool.Type)] = [
    ("boms-db", DBCommand.self), ("boms-import", ImportCommand.self),
    ("boms-export", ExportCommand.self), ("boms-bill", BillCommand.self),
    ("boms-collect", CollectCommand.self), ("boms-invoice", InvoiceCommand.self),
    ("boms-depreciate", DepreciateCommand.self), ("boms-remind", RemindCommand.self),
  ]

  static func main() {
    let names = tools.map(\.name)
    if let tool = tools.first(where: { $0.name == Program.name }) {
      tool.command.main()
    } else if CommandLine.arguments.dropFirst() == ["--list"] {
      print(names.joined(separator: "\n"))
    } else {
      Console(tool: Program.name, language: Environment.current.language).fail(
        Failure(
          .usage, Phrase("this file is many programs", "本文件包含多个程序"),
          hint: Phrase(
            "links lead to it: \(names.joined(separator: ", "))",
            "请通过链接调用：\(names.joined(separator: "、"))")))
      exit(ExitStatus.usage.rawValue)
    }
  }
}
