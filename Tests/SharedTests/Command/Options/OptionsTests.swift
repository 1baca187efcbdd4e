import ArgumentParser
import Testing

@testable import Shared

private func message<Options: ParsableArguments>(
  _ type: Options.Type, _ arguments: [String]
) -> String? {
  do {
    _ = try Options.parse(arguments)
    return nil
  } catch {
    return Options.message(for: error)
  }
}

@Suite struct OptionsTests {
  @Test func theDatabaseIsTheOptionElseTheVariableElseAUsageFailure() throws {
    let environment = Environment(variables: ["BOMS_DB": "mall.db"])
    #expect(try DatabaseOptions.parse(["--db", "a.db"]).path(environment) == "a.db")
    #expect(try DatabaseOptions.parse([]).path(environment) == "mall.db")
    let failure = #expect(throws: Failure.self) {
      try DatabaseOptions.parse([]).path(Environment())
    }
    #expect(failure?.status == .usage)
    #expect(try DatabaseOptions.parse([]).wait == 10)
    #expect(message(DatabaseOptions.self, ["--wait=-1"]) != nil)
  }

  @Test func recordsAreATableOnATerminalAndCSVInAPipe() throws {
    func text(_ arguments: [String], _ environment: Environment) throws -> String {
      let output = ByteOutput.memory()
      let column = Column("unit_no", "铺位号", .code)
      try OutputOptions.parse(arguments).writer([column], environment, to: output).finish()
      return output.text
    }
    #expect(try text([], Environment()) == "unit_no\n")
    #expect(try text([], Environment(terminalWidth: 80)) == "unit_no\n-------\n")
    #expect(try text(["--format", "csv"], Environment(terminalWidth: 80)) == "unit_no\n")
    #expect(try text(["--headings", "zh", "--bom"], Environment()) == "\u{FEFF}铺位号\n")
  }

  @Test func aByteOrderMarkIsForCSVOnly() {
    #expect(
      message(OutputOptions.self, ["--bom", "--format", "json"])
        == "--bom is for CSV; it cannot stand with --format json")
    #expect(message(OutputOptions.self, ["--bom", "--format", "csv"]) == nil)
  }

  @Test func anUnknownFormatIsRefusedWithTheOnesThatThereAre() {
    #expect(
      message(OutputOptions.self, ["--format", "xml"])
        == "The value 'xml' is invalid for '--format <format>'. "
        + "Please provide one of 'csv', 'json', 'jsonl', 'table' or 'xlsx'.")
  }

  @Test func theDayIsTheOptionElseToday() throws {
    let today = CivilDate(iso: "2026-03-04")!
    let environment = Environment(today: today)
    #expect(try AsOfOption.parse([]).day(environment) == today)
    #expect(
      try AsOfOption.parse(["--as-of", "2026-02-28"]).day(environment)
        == CivilDate(iso: "2026-02-28"))
  }

  @Test(arguments: ["2026-02-30", "2026/02/03", "20260203", "2026-2-3", "today", ""])
  func aDayIsWrittenInOneWay(_ text: String) {
    #expect(
      message(AsOfOption.self, ["--as-of", text])
        == "The value '\(text)' is invalid for '--as-of <YYYY-MM-DD>': "
        + "a day that exists, written YYYY-MM-DD, is expected")
  }

  @Test func theLanguageOfTheOptionWinsOverTheVariable() throws {
    let environment = Environment(variables: ["BOMS_LANG": "zh"])
    #expect(try SayOptions.parse([]).context(environment).language == .zh)
    #expect(try SayOptions.parse(["--lang", "en"]).context(environment).language == .en)
    #expect(try SayOptions.parse(["--quiet"]).context(environment).console.isQuiet)
  }

  @Test(arguments: [("en", true), ("zh_CN.UTF-8", true), ("", true), ("cn", false), ("C", false)])
  func aLanguageThatIsNotKnownIsWrongUsage(_ name: String, _ isKnown: Bool) throws {
    let environment = Environment(variables: ["BOMS_LANG": name])
    let options = try SayOptions.parse([])
    if isKnown {
      try options.requireLanguage(environment)
    } else {
      #expect(throws: ValidationError.self) { try options.requireLanguage(environment) }
    }
    // What the option says is known.
    try SayOptions.parse(["--lang", "zh"]).requireLanguage(environment)
  }

  @Test func errorsAreTextAndTwentyUnlessSaidOtherwise() throws {
    let options = try ErrorOptions.parse([])
    #expect(options.maxErrors == 20)
    #expect(try SayOptions.parse([]).errors == .text)
    #expect(try SayOptions.parse(["--errors", "json"]).errors == .json)
    #expect(message(ErrorOptions.self, ["--max-errors=-1"]) != nil)
  }
}
