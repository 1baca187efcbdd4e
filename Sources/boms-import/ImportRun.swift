import Shared

/// One import, once or, where bad rows are left out, as often as it takes until none is left.
struct ImportRun {
  let books: Books
  let jobs: [Importer.Job]
  let options: Importer.Options
  let rejectsPath: String?
  let dryRun: Bool

  /// How a reading ends that must not be committed.
  private struct NotCommitted: Error {
    var outcome: Importer.Outcome
  }

  func run(_ console: Console) throws -> Importer.Outcome {
    let progress = Progress(console, Phrase("reading", "读取"))
    defer { progress.finish() }
    for job in jobs {
      // Read twice if rows are left out, or to see the encoding.
      for source in job.sources where rejectsPath != nil { try source.prepareRereading() }
    }
    let importer = Importer(jobs, options: options) { progress.step() }
    guard let rejectsPath else { return try attempt(importer) }
    var bad: [Importer.Line: String] = [:]
    var findings: [Finding] = []
    while true {
      let rejects = try RejectsWriter(path: rejectsPath)
      var outcome = try attempt(importer, skipping: bad, rejects: rejects)
      findings += outcome.findings.filter { $0.level == .error || !outcome.hasErrors }
      if outcome.isHopeless || outcome.bad.isEmpty {
        if outcome.isHopeless { rejects.discard() } else { try rejects.finish() }
        outcome.findings = findings
        return outcome
      }
      rejects.discard()
      // Leaving out a row may make another one bad: a contract without its tenant.
      bad.merge(outcome.bad) { first, _ in first }
    }
  }

  /// One transaction; it is kept only if nothing is wrong.
  private func attempt(
    _ importer: Importer, skipping: [Importer.Line: String] = [:], rejects: RejectsWriter? = nil
  ) throws -> Importer.Outcome {
    do {
      return try books.write(dryRun: dryRun) { db in
        let outcome = try importer.run(db, skipping: skipping, rejects: rejects)
        if outcome.hasErrors { throw NotCommitted(outcome: outcome) }
        return outcome
      }
    } catch let stopped as NotCommitted {
      let foreign = Set(stopped.outcome.findings.map(\.rule)).filter {
        $0.hasSuffix(".other-property")
      }
      if !foreign.isEmpty {
        let rules = foreign.sorted().joined(separator: " ")
        try books.noteRefused("rows of other properties: \(rules)")
      }
      return stopped.outcome
    }
  }
}
