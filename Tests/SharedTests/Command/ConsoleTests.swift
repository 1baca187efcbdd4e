import Testing

@testable import Shared

private func said(
  _ language: Language = .en, format: FindingWriter.Format = .text, isQuiet: Bool = false,
  isColoured: Bool = false,
  _ speak: (Console) -> Void
) -> String {
  let output = ByteOutput.memory()
  speak(
    Console(
      tool: "boms-bill", language: language, format: format, isQuiet: isQuiet,
      isColoured: isColoured, to: output))
  return output.text
}

private let busy = Failure(
  .busy, Phrase("the database is busy", "数据库正忙"), hint: Phrase("try again", "请稍后再试"))

@Suite struct ConsoleTests {
  @Test func aFailureNamesTheToolThenTheHint() {
    #expect(
      said { $0.fail(busy) } == "boms-bill: error: the database is busy\n  hint: try again\n")
    #expect(said(.zh) { $0.fail(busy) } == "boms-bill: error: 数据库正忙\n  hint: 请稍后再试\n")
  }

  @Test func aFailureIsAnObjectWhereObjectsAreAskedFor() {
    #expect(
      said(format: .json) { $0.fail(busy) }
        == #"{"level":"error","rule":null,"file":null,"line":null,"field":null,"value":null,"#
        + #""message":"the database is busy","hint":"try again"}"# + "\n")
  }

  @Test func colourIsOnTheWordOnly() {
    #expect(
      said(isColoured: true) { $0.warn(Phrase("late", "")) }
        == "boms-bill: \u{1B}[1;33mwarning\u{1B}[0m: late\n")
  }

  @Test func aSummaryIsOneLineWithGroupedThousands() {
    var summary = Summary((.read, 1204), (.new, 3), (.changed, 1))
    summary.add(.unchanged, 1_199)
    summary.add(.unchanged, 1)
    summary.add(.rejected, 0)
    #expect(
      said { $0.say(summary) }
        == "read 1,204 · new 3 · changed 1 · unchanged 1,200 · rejected 0\n")
    summary.note(Phrase("dry run, nothing stored", "试运行，未写入"))
    #expect(
      said(.zh) { $0.say(summary) }
        == "读取 1,204 · 新增 3 · 更新 1 · 未变 1,200 · 拒绝 0 · 试运行，未写入\n")
  }

  @Test func quietSilencesTheSummaryAndNothingElse() {
    let text = said(isQuiet: true) {
      $0.say(Summary((.read, 1)))
      $0.fail(busy)
    }
    #expect(text.hasPrefix("boms-bill: error: "))
  }
}

@Suite struct ProgressTests {
  private final class Clock {
    var now: UInt64 = 0
  }

  private func run(
    isTerminal: Bool, isQuiet: Bool = false, total: Int? = nil, milliseconds: [UInt64]
  ) -> String {
    let output = ByteOutput.memory()
    let console = Console(tool: "t", isQuiet: isQuiet, isTerminal: isTerminal, to: output)
    let clock = Clock()
    let progress = Progress(
      console, Phrase("reading", "读取"), total: total, clock: { clock.now })
    for time in milliseconds {
      clock.now = time * 1_000_000
      for _ in 0..<1024 { progress.step() }
    }
    progress.finish()
    return output.text
  }

  @Test func nothingIsShownInTheFirstSecond() {
    #expect(run(isTerminal: true, milliseconds: [100, 500, 999]) == "")
  }

  @Test func thenTheLineIsReplacedInPlaceAndTakenAway() {
    #expect(
      run(isTerminal: true, total: 10_000, milliseconds: [1000, 1100, 1200])
        == "\rreading 1,024 / 10,000 (10%)\u{1B}[K\rreading 3,072 / 10,000 (30%)\u{1B}[K\r\u{1B}[K")
  }

  @Test func nobodyLooksOnInAPipe() {
    #expect(run(isTerminal: false, milliseconds: [5000]) == "")
    #expect(run(isTerminal: true, isQuiet: true, milliseconds: [5000]) == "")
  }

  @Test func whatIsSaidMeanwhileStandsOnALineOfItsOwn() {
    let output = ByteOutput.memory()
    let console = Console(tool: "t", isTerminal: true, to: output)
    console.status("reading 1")
    console.warn(Phrase("odd", ""))
    #expect(output.text == "\rreading 1\u{1B}[K\r\u{1B}[Kt: warning: odd\n")
  }
}
