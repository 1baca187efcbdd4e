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
  private static let tools: [any Tool.Type] = [
    DBCommand.self, ImportCommand.self, ExportCommand.self, BillCommand.self, CollectCommand.self,
    InvoiceCommand.self, DepreciateCommand.self, RemindCommand.self,
  ]

  static func main() {
    let names = tools.compactMap { $0.configuration.commandName }
    if let at = names.firstIndex(of: Program.name) {
      tools[at].main()
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
