import Foundation
import TestSupport
import Testing

/// The walls between the rooms, held against the source files themselves.
struct WallsTests {
  private struct Source {
    /// From `Sources/`: `Shared/Law/Lease.swift`.
    var path: String
    var lines: [String]

    var imports: [String] {
      lines.compactMap { line in
        let words = line.split(separator: " ")
        guard let at = words.firstIndex(of: "import"), at + 1 < words.count,
          at == 0 || words[0].hasPrefix("@") || words[0] == "package" || words[0] == "public"
        else { return nil }
        return String(words.last ?? "")
      }
    }

    /// The lines without their comments.
    var code: [String] {
      lines.map { line in
        guard let comment = line.range(of: "//") else { return line }
        return String(line[..<comment.lowerBound])
      }
    }

    var room: String { String(path.split(separator: "/").first ?? "") }

    /// Whether SQL may stand here.
    var isStore: Bool { path.hasPrefix("Shared/Store/") || path.hasSuffix("Store.swift") }
  }

  private static let sources: [Source] = {
    let root = Repository.path("Sources")
    let files = FileManager.default.enumerator(atPath: root)?.compactMap { $0 as? String } ?? []
    return files.filter { $0.hasSuffix(".swift") }.sorted().compactMap { path in
      guard let text = try? String(contentsOfFile: "\(root)/\(path)", encoding: .utf8) else {
        return nil
      }
      return Source(path: path, lines: text.components(separatedBy: "\n"))
    }
  }()

  private func broken(_ breaks: (Source) -> Bool) -> [String] {
    WallsTests.sources.filter(breaks).map(\.path)
  }

  /// Files with a line of code that matches.
  private func found(_ pattern: String, where isAsked: (Source) -> Bool = { _ in true }) throws
    -> [String]
  {
    let regex = try NSRegularExpression(pattern: pattern)
    return WallsTests.sources.filter(isAsked).flatMap { source in
      source.code.enumerated().compactMap { number, line in
        let range = NSRange(line.startIndex..., in: line)
        return regex.firstMatch(in: line, range: range) == nil
          ? nil : "\(source.path):\(number + 1)"
      }
    }
  }

  @Test func thereAreSources() {
    #expect(WallsTests.sources.count > 100)
    #expect(WallsTests.sources.contains { $0.room == "boms-bill" })
  }

  @Test func whatACommandSaysOfItselfIsInBothLanguages() throws {
    // `ArgumentHelp.boms`, and `ValidationError` with two sentences, at one place.
    let place = "Shared/Command/CommandHelp.swift"
    #expect(try found(#"help: (ArgumentHelp\(|")"#) { $0.path != place } == [])
    let sentence = try NSRegularExpression(
      pattern: #"throw ValidationError\([^"]*"(\\.|[^"\\])*"\)"#)
    let english = broken { source in
      let code = source.code.joined(separator: "\n")
      return sentence.firstMatch(in: code, range: NSRange(code.startIndex..., in: code)) != nil
    }
    #expect(english == [])
  }

  @Test func onlyTheStoreImportsGRDB() {
    #expect(
      broken { source in
        !source.isStore && source.imports.contains { $0.hasPrefix("GRDB") }
      } == [])
  }

  @Test func sqlTextStandsOnlyInTheStore() throws {
    let sql =
      "\\b(SELECT .*|INSERT (OR [A-Z]+ )?INTO|UPDATE .* SET|DELETE FROM|CREATE "
      + "(TEMP |UNIQUE )?(TABLE|INDEX|VIEW|TRIGGER)|DROP TABLE|PRAGMA)\\b"
    #expect(try found(sql) { !$0.isStore } == [])
    #expect(try !found(sql) { $0.isStore }.isEmpty)
  }

  @Test func theLawImportsNothing() {
    #expect(broken { $0.path.hasPrefix("Shared/Law/") && !$0.imports.isEmpty } == [])
    // That of a tool knows the values of Shared.
    #expect(broken { $0.path.contains("/Law/") && !Set($0.imports).isSubset(of: ["Shared"]) } == [])
    #expect(WallsTests.sources.count { $0.path.contains("/Law/") } > 10)
  }

  @Test func theLawKnowsNoClockNoFileAndNoOtherRoom() throws {
    // `.time(` is how a charge arose, and not the clock of the C library.
    let outside =
      "(?<!\\.|case )\\b"
      + "(print|readLine|fopen|time|getenv|Console|Record|Register|Finding|SQLStatement|Books)\\("
    #expect(try found(outside) { $0.path.contains("/Law/") } == [])
  }

  @Test func valuesImportNothing() {
    #expect(broken { $0.path.hasPrefix("Shared/Values/") && !$0.imports.isEmpty } == [])
  }

  @Test func registersImportNothing() {
    #expect(broken { $0.path.hasPrefix("Shared/Registers/") && !$0.imports.isEmpty } == [])
  }

  @Test func aToolNeverImportsAnotherTool() {
    #expect(
      broken { source in
        source.room != "Programs" && source.imports.contains { $0.hasPrefix("boms_") }
      } == [])
  }

  /// But for the small part in whose terms Crypto takes bytes.
  @Test func nothingImportsFoundation() {
    #expect(
      broken { source in
        source.imports.contains {
          $0.hasPrefix("Foundation")
            && !($0 == "FoundationEssentials" && source.imports.contains("Crypto"))
        }
      } == [])
  }

  @Test func theCLibrariesHaveOneFileEach() {
    for library in ["CLibCSV", "CLibYAJL"] {
      #expect(broken { $0.imports.contains(library) }.count == 1, "\(library)")
    }
  }

  @Test func nothingIsForced() throws {
    #expect(try found("\\b(try|as)!") == [])
    // `x!`, `x()!`, `x]!` outside of texts; `!=` and `!x` are something else.
    #expect(try found("^[^\"]*[A-Za-z0-9_)\\]]!([^=]|$)") == [])
    #expect(try found("\\bfatalError\\(|\\bpreconditionFailure\\(") == [])
  }

  @Test func noAmountIsAFloat() throws {
    #expect(
      try found("\\b(Double|Float|Decimal|NSDecimalNumber)\\b")
        .filter { !$0.hasPrefix("Shared/Store/Books.swift:") } == [])
  }
}
