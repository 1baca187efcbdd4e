import Shared

/// Says how an import ended: findings, what will be adjusted, the summary; and the exit status.
struct ImportReport {
  let output: OutputOptions
  let errors: ErrorOptions
  let isDryRun: Bool
  /// Whether good rows went in although others are bad (`--rejects`).
  let keepsGood: Bool

  func tell(_ outcome: Importer.Outcome, _ context: Context) throws {
    let writer = errors.writer(context.console)
    for finding in outcome.findings { writer.write(finding) }
    writer.finish()
    if !outcome.restated.isEmpty && !outcome.hasErrors {
      try write(outcome.restated, context)
    }
    let isStored = !outcome.hasErrors
    if outcome.counts.count > 1 {
      for (register, counts) in outcome.counts {
        var line = summary([counts], isStored: isStored)
        line.note(Phrase(register.name, register.zh))
        context.console.say(line)
      }
    }
    var total = summary(outcome.counts.map(\.counts), isStored: isStored)
    let outgoing = outcome.counts.map(\.counts.outgoing).reduce(0, +)
    if outgoing > 0 {
      total.note(Phrase("skipped \(outgoing) outgoing", "跳过付款 \(outgoing) 行"))
    }
    let sums = outcome.counts.map(\.counts.sums).reduce(0, +)
    if sums > 0 {
      total.note(Phrase("skipped \(sums) of sums", "跳过合计 \(sums) 行"))
    }
    if !isStored {
      total.note(Phrase("nothing stored", "未写入任何内容"))
    } else if isDryRun {
      total.note(.dryRun)
    } else if outcome.counts.allSatisfy({
      $0.counts.new + $0.counts.changed + $0.counts.removed == 0
    }) {
      total.note(Phrase("nothing changed", "没有变化"))
    }
    context.console.say(total)
    if !isStored { throw ExitStatus.badData }
    if keepsGood, outcome.counts.contains(where: { $0.counts.rejected > 0 }) {
      throw ExitStatus.some
    }
  }

  /// What was new or changed is said only where it is stored.
  private func summary(_ counts: [Importer.Counts], isStored: Bool) -> Summary {
    func sum(_ part: (Importer.Counts) -> Int) -> Int { counts.map(part).reduce(0, +) }
    if !isStored { return Summary((.read, sum(\.read)), (.rejected, sum(\.rejected))) }
    var summary = Summary(
      (.read, sum(\.read)), (.new, sum(\.new)), (.changed, sum(\.changed)),
      (.unchanged, sum(\.unchanged)))
    if sum(\.removed) > 0 { summary.add(Phrase("removed", "删除"), sum(\.removed)) }
    summary.add(.rejected, sum(\.rejected))
    return summary
  }

  /// What the next run will adjust.
  private func write(
    _ restated: [(contractNo: String, [Adjustment])], _ context: Context
  ) throws {
    let writer = output.writer(
      [
        Column(.code("contract_no", "合同编号")), Column(.integer("line", "行号", 0...9999)),
        Column(.code("item", "收费项目")), Column(.date("period_start", "账期起")),
        Column(.date("period_end", "账期止")), Column(.money("recorded", "已计")),
        Column(.money("wanted", "应计")), Column(.money("difference", "差额")),
      ], context.environment)
    for (contractNo, adjustments) in restated {
      for adjustment in adjustments {
        let recorded = adjustment.recorded
        writer.text(contractNo)
        if let line = recorded.line { writer.integer(Int64(line)) } else { writer.null() }
        writer.text(recorded.item)
        writer.date(recorded.period.from)
        writer.date(adjustment.wanted?.period.to ?? recorded.period.to)
        writer.integer(recorded.amounts.amount.fen)
        writer.integer(adjustment.wanted?.amounts.amount.fen ?? 0)
        writer.integer(adjustment.difference.amount.fen)
        try writer.endRow()
      }
    }
    try writer.finish()
  }
}
