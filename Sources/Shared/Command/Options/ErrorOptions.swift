import ArgumentParser

/// How findings are reported.
package struct ErrorOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "How many errors, and how many warnings, to print; the others are counted. 0: all.",
      valueName: "number"))
  package var maxErrors = 20

  package init() {}

  package func validate() throws {
    if maxErrors < 0 { throw ValidationError("--max-errors takes a number, 0 or more") }
  }

  package func writer(_ console: Console) -> FindingWriter {
    FindingWriter(console, limit: maxErrors)
  }
}
