/// What the filters have in common: JSON Lines in, one object a line. A line that cannot be used is reported
/// and left out, and the reading goes on.
package final class ObjectLines {
  private var good = 0
  private var bad = 0
  private let findings: FindingWriter

  package init(_ findings: FindingWriter) {
    self.findings = findings
  }

  /// Calls `body` with each object, and with where it stands.
  /// - Parameter files: none, or '-', is standard input.
  package func read(
    _ files: [String], _ body: (JSONNode, _ file: String, _ line: Int) throws -> Void
  ) throws {
    for file in files.isEmpty ? ["-"] : files {
      let source = InputSource(file)
      try JSONLines.read(source, report: { self.reject($0) }) { node, line in
        do {
          try body(node, source.name, line)
          good += 1
        } catch let problem as ObjectReader.Problem {
          reject(problem.finding(source.name, line))
        } catch let error as ValueError {
          reject(
            Finding(
              rule: error.rule, file: source.name, line: line, message: error.message,
              hint: error.hint))
        }
      }
    }
  }

  private func reject(_ finding: Finding) {
    bad += 1
    findings.write(finding)
  }

  /// Says what was read and written.
  /// - Throws: `ExitStatus.some` if a line was left out.
  package func finish(
    unknownKeys: Set<String>, written: (Phrase, Int), _ console: Console
  ) throws {
    findings.finish()
    for key in unknownKeys.sorted() {
      console.warn(
        Phrase("the key '\(key)' is not known and was not read", "未知的键“\(key)”，未读取"))
    }
    console.say(Summary((.read, good + bad), written, (.rejected, bad)))
    if bad > 0 { throw ExitStatus.some }
  }
}
