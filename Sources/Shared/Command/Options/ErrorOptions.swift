import ArgumentParser

/// How findings are reported.
package struct ErrorOptions: ParsableArguments {
  @Option(
    help: .boms(
      "How many errors, and how many warnings, to print; the others are counted. 0: all.",
      "错误和警告各显示多少条，其余只计数；0 为全部。",
      valueName: "number"))
  package var maxErrors = 20

  package init() {}

  package func validate() throws {
    if maxErrors < 0 {
      throw ValidationError("--max-errors takes a number, 0 or more", "--max-errors 应为不小于 0 的数字")
    }
  }

  package func writer(_ console: Console) -> FindingWriter {
    FindingWriter(console, limit: maxErrors)
  }
}
