import ArgumentParser
import Testing

@testable import Shared

/// A tool as small as one can be, with one subcommand for every way to end.
private struct Sample: Tool {
  static let exits: [Shared.ExitStatus] = [.some, .badData]
  // Made anew each time, as each test has its language.
  static var configuration: CommandConfiguration {
    .boms(
      "boms-sample", Phrase("Try things out.", "试一试。"),
      examples: ["boms-sample run", "boms-sample run a.csv > b.csv"],
      subcommands: [Run.self])
  }

  struct Run: ParsableCommand {
    static var configuration: CommandConfiguration {
      .boms(
        "run", Phrase("Run once.", "执行一次。"), examples: ["boms-sample run --end busy"])
    }

    @OptionGroup var day: AsOfOption
    @Option(
      help: .boms("How to end.", "结束方式：busy 为数据库正忙，some 为部分失败，unknown 为意料之外。"))
    var end: String?
    @Option(help: .boms("How often.", "次数。")) var times = 1
    @Argument(help: .boms("Files to read.", "要读取的文件。")) var files: [String] = []

    func validate() throws {
      try Environment(isInputTerminal: end == "typed").requireInput(files)
    }

    func run() throws {
      switch end {
      case "busy": throw Failure(.busy, Phrase("busy", "正忙"), hint: Phrase("wait", "请等待"))
      case "value": throw ValueError.overflow(Phrase("the sum", "合计"))
      case "some": throw Shared.ExitStatus.some
      case "unknown": throw Unforeseen()
      case "code": throw ExitCode(7)
      default: break
      }
    }
  }
}

private struct Unforeseen: Error {}

private func ends(
  _ arguments: String..., language: Language = .en
) -> (status: Int32, out: String, err: String) {
  let out = ByteOutput.memory()
  let err = ByteOutput.memory()
  let console = Console(tool: "boms-sample", language: language, to: err)
  let status = Sample.status(arguments, console, out)
  return (status, out.text, err.text)
}

@Suite struct ToolTests {
  @Test func helpLeadsWithExamplesAndEndsWithExitCodes() {
    let end = ends("--help")
    #expect(end.status == 0)
    #expect(end.err == "")
    #expect(
      end.out == """
        OVERVIEW: Try things out.

        EXAMPLES:
          boms-sample run
          boms-sample run a.csv > b.csv

        USAGE: boms-sample <subcommand>

        OPTIONS:
          --version               Show the version.
          -h, --help              Show help information.

        SUBCOMMANDS:
          run                     Run once.

          See 'boms-sample help <subcommand>' for detailed help.

        ENVIRONMENT:
          BOMS_DB        the database, where --db does not say
          BOMS_KEY_FILE  the file with the key of what is sealed in the database
          BOMS_LANG      language of messages, en or zh; else that of the locale
          NO_COLOR       set to anything: no colours on a terminal

        EXIT CODES:
          0    done, also when there was nothing to do
          1    a check found something, or records failed and the others went through
          64   wrong usage
          65   bad input data, nothing stored

        """)
  }

  @Test(arguments: [["run", "--help"], ["help", "run"], ["run", "-h"]])
  func helpOfASubcommandHasBothToo(_ arguments: [String]) {
    let out = ByteOutput.memory()
    let console = Console(tool: "boms-sample", to: .memory())
    #expect(Sample.status(arguments, console, out) == 0)
    #expect(
      out.text.hasPrefix(
        "OVERVIEW: Run once.\n\nEXAMPLES:\n  boms-sample run --end busy\n\nUSAGE: boms-sample run"))
    #expect(out.text.contains("\n\nEXIT CODES:\n  0    done"))
    #expect(out.text.hasSuffix("\n  65   bad input data, nothing stored\n"))
  }

  @Test func helpIsChineseAndFoldedByColumns() {
    let tool = ends("--help", language: .zh)
    #expect(
      tool.out == """
        概述：试一试。

        示例：
          boms-sample run
          boms-sample run a.csv > b.csv

        用法：boms-sample <subcommand>

        选项：
          --version               显示版本号。
          -h, --help              显示帮助。

        子命令：
          run                     执行一次。

          子命令的用法见 'boms-sample help <subcommand>'。

        环境变量：
          BOMS_DB        数据库文件，未用 --db 指定时使用
          BOMS_KEY_FILE  数据库中加密内容的密钥文件
          BOMS_LANG      提示信息的语言：en 或 zh；未设置时取系统语言
          NO_COLOR       设为任意值：终端不使用颜色

        退出码：
          0    完成，包括无事可做
          1    检查发现问题，或部分记录失败、其余已处理
          64   命令用法错误
          65   输入数据有误，未写入任何内容

        """)
    let command = ends("run", "--help", language: .zh)
    #expect(
      command.out.contains(
        """
        用法：boms-sample run [--as-of <YYYY-MM-DD>] [--end <end>] [--times <times>]
               [<files> ...]

        参数：
          <files>                 要读取的文件。

        选项：
          --as-of <YYYY-MM-DD>    按哪一天计算（默认：今天）。
          --end <end>             结束方式：busy 为数据库正忙，some 为部分失败，unknown
                                  为意料之外。
          --times <times>         次数。（默认：1）
          --version               显示版本号。
        """))
  }

  @Test func theHelpOfAMissingValueIsChineseToo() {
    let err = ends("run", "--end", language: .zh).err
    #expect(err.contains("\n说明：--end <end>  结束方式"))
    #expect(!err.contains("Usage"))
  }

  @Test func theVersionIsOneLine() {
    #expect(ends("--version") == (0, "\(Program.version)\n", ""))
  }

  @Test func completionsArePrintedAsTheyAre() {
    let end = ends("--generate-completion-script", "bash")
    #expect(end.status == 0)
    #expect(!end.out.contains("EXIT CODES"))
  }

  @Test func withNothingGivenHelpGoesToStderrAsWrongUsage() {
    let end = ends()
    #expect(end.status == 64)
    #expect(end.out == "")
    #expect(end.err.hasPrefix("OVERVIEW: Try things out."))
  }

  @Test func wrongOptionsAreUsageWithTheToolsName() {
    let end = ends("run", "--ned")
    #expect(end.status == 64)
    #expect(
      end.err.hasPrefix("boms-sample: error: Unknown option '--ned'. Did you mean '--end'?\n"))
    #expect(end.err.contains("Usage: boms-sample run"))
    let day = ends("run", "--as-of", "2026-02-30")
    #expect(day.status == 64)
    #expect(day.err.contains("The value '2026-02-30' is invalid for '--as-of <YYYY-MM-DD>'"))
  }

  @Test func wrongUsageIsSaidInChinese() {
    let unknown = ends("run", "--ned", "busy", language: .zh)
    #expect(
      unknown.err.hasPrefix("boms-sample: error: 没有选项 '--ned'，是否为 '--end'？\n用法：boms-sample run "))
    #expect(unknown.err.hasSuffix("\n  详见 'boms-sample run --help'。\n"))
    let missing = ends("run", "--end", language: .zh)
    #expect(missing.err.hasPrefix("boms-sample: error: 选项 '--end <end>' 后缺少值\n"))
    let own = ends("run", "--end", "typed", language: .zh)
    #expect(own.err.hasPrefix("boms-sample: error: 命令用法有误：未给出文件，而标准输入是终端\n用法："))
  }

  @Test func aTerminalAsInputIsUsage() {
    let end = ends("run", "--end", "typed")
    #expect(end.status == 64)
    #expect(
      end.err.hasPrefix(
        "boms-sample: error: no FILE is given, and standard input is a terminal\nUsage: "))
  }

  @Test func aFailureEndsWithItsStatusAndSentence() {
    #expect(ends("run", "--end", "busy") == (75, "", "boms-sample: error: busy\n  hint: wait\n"))
    #expect(
      ends("run", "--end", "busy", language: .zh)
        == (75, "", "boms-sample: error: 正忙\n  hint: 请等待\n"))
  }

  @Test func aValueErrorIsBadData() {
    #expect(
      ends("run", "--end", "value")
        == (65, "", "boms-sample: error: the sum is too large to be computed [value.overflow]\n"))
  }

  @Test func aStatusEndsWithoutAWord() {
    #expect(ends("run", "--end", "some") == (1, "", ""))
    #expect(ends("run", "--end", "code") == (7, "", ""))
    #expect(ends("run") == (0, "", ""))
  }

  @Test func anUnknownErrorIsABugToReport() {
    let end = ends("run", "--end", "unknown")
    #expect(end.status == 70)
    #expect(end.err.hasPrefix("boms-sample: error: something unforeseen: Unforeseen()\n  hint: "))
    #expect(end.err.contains("report"))
  }
}
