import Foundation
import TestSupport
import Testing

/// Help is Chinese for those who read Chinese: all of it.
struct ChineseHelpTests {
  /// The texts of a command and of those below it: where each stands, and what it says. Examples are
  /// what is typed, and what ArgumentParser adds it translates only where it prints.
  private func texts(_ command: HelpTests.Dump.Command, _ before: [String] = []) -> [(
    place: String, text: String
  )] {
    let words = before + [command.commandName]
    let name = words.joined(separator: " ")
    var found = [(name, command.abstract ?? "")]
    let discussion = command.discussion ?? ""
    if let gap = discussion.range(of: "\n\n") {
      found.append(("\(name): discussion", String(discussion[gap.upperBound...])))
    }
    for argument in command.arguments ?? [] {
      let value = argument.valueName ?? ""
      if ["help", "version"].contains(value) { continue }
      let names = (argument.names ?? []).map(\.name).joined(separator: " ")
      found.append(("\(name): \(names.isEmpty ? value : names)", argument.abstract ?? ""))
    }
    let below = (command.subcommands ?? []).filter { $0.commandName != "help" }
    return found + below.flatMap { texts($0, words) }
  }

  private func isChinese(_ text: String) -> Bool {
    text.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }
  }

  @Test(arguments: HelpTests.tools)
  func everyTextOfEveryCommandHasAChineseOne(_ tool: String) throws {
    let english = texts(try HelpTests.Dump(tool).command)
    let chinese = texts(try HelpTests.Dump(tool, language: "zh").command)
    #expect(english.count > 10)
    #expect(english.map(\.place) == chinese.map(\.place))
    let lacking = zip(english, chinese).filter { en, zh in
      zh.text == en.text || !isChinese(zh.text)
    }
    #expect(lacking.map { "\($0.0.place): \($0.1.text)" } == [])
  }

  @Test(arguments: HelpTests.commands)
  func printedHelpHasChineseHeadingsAndHolds80Columns(_ command: [String]) throws {
    let run = try Workspace().run(
      command[0], Array(command.dropFirst()) + ["--help"], environment: ["BOMS_LANG": "zh"])
    #expect(run.status == 0)
    #expect(run.err == "")
    #expect(run.lines.filter { columns($0) > 80 } == [])
    let headings = ["概述：", "示例：", "用法：", "选项：", "环境变量：", "退出码："]
    let lacking = headings.filter { heading in !run.lines.contains { $0.hasPrefix(heading) } }
    #expect(lacking == [])
    let english = [
      "OVERVIEW", "EXAMPLES", "USAGE", "ARGUMENTS", "OPTIONS", "SUBCOMMANDS", "ENVIRONMENT",
      "EXIT CODES", "Show ", "See '", "(default", "(values",
    ]
    #expect(english.filter(run.out.contains) == [])
  }

  @Test func theLanguageIsKnownBeforeTheArgumentsAreParsed() throws {
    func help(_ option: String?, _ variable: String) throws -> String {
      let arguments = ["run"] + (option.map { ["--lang", $0] } ?? []) + ["--help"]
      return try Workspace().run("boms-bill", arguments, environment: ["BOMS_LANG": variable]).out
    }
    #expect(try help("zh", "en").hasPrefix("概述："))
    #expect(try help("en", "zh").hasPrefix("OVERVIEW: "))
    #expect(try help(nil, "zh").hasPrefix("概述："))
    let line = try Workspace().run(
      "boms-bill", ["help", "run"], environment: ["LANG": "zh_CN.UTF-8"])
    #expect(line.out == (try help(nil, "zh")))
    let own = try Workspace().run(
      "boms-bill", ["help", "help"], environment: ["BOMS_LANG": "zh"])
    #expect(own.out.hasPrefix("概述：显示子命令的帮助。\n\n用法："))
  }

  @Test func helpThatNobodyAskedForIsChineseToo() throws {
    let run = try Workspace().run("boms-bill", [], environment: ["BOMS_LANG": "zh"])
    #expect(run.status == 64)
    #expect(run.err.hasPrefix("概述："))
    #expect(run.err.contains("退出码："))
  }

  /// Chinese characters and their punctuation take two.
  private func columns(_ line: String) -> Int {
    line.unicodeScalars.reduce(0) { $0 + ((0x2E80...0xFF60).contains($1.value) ? 2 : 1) }
  }
}
