import ArgumentParser

/// Which sheet of a workbook is read.
package struct SheetOption: ParsableArguments {
  @Option(
    help: .boms(
      "The sheet of a workbook (.xlsx); needed if several have something in them.",
      "工作簿（.xlsx）的工作表；有内容的工作表不止一个时须指定。",
      valueName: "name"))
  package var sheet: String?

  package init() {}

  /// The file, or the sheet if it is a workbook; what is wrong with it is written out.
  /// - Throws: `ExitStatus.badData` if it cannot be read, `Failure` 66 if there is none.
  package func source(_ file: String, _ findings: FindingWriter) throws -> InputSource {
    let progress = Progress(
      findings.console, Phrase("reading workbook '\(file)', kB", "读取工作簿“\(file)”，千字节"))
    defer { progress.finish() }
    var seen = 0
    do {
      return try SheetReader(sheet: sheet).open(InputSource(file)) { bytes in
        progress.step(bytes / 1000 - seen)
        seen = bytes / 1000
      }
    } catch let bad as BadInput {
      findings.write(bad.finding)
      findings.finish()
      throw ExitStatus.badData
    }
  }
}
