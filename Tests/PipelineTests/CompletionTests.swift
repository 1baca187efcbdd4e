import TestSupport
import Testing

/// What bash offers with the scripts that `scripts/install` installs, as somebody gets it who presses
/// Tab.
struct CompletionTests {
  /// The words that are offered; the last one given is the one that is typed so far.
  private func offered(_ words: String..., files: [String] = []) throws -> [String] {
    try offered(words, files: files)
  }

  private func offered(_ words: [String], files: [String] = []) throws -> [String] {
    let workspace = try Workspace()
    for file in files { try workspace.write(file, "") }
    let run = try workspace.run(
      "bash",
      [
        "-c",
        """
        eval "$("$1" --generate-completion-script bash)"
        COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMP_LINE="$*" COMP_POINT=${#COMP_LINE}
        "_$1" "$1" "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
        printf '%s\\n' "${COMPREPLY[@]}"
        """, "bash",
      ] + words)
    try #require(run.status == 0 && run.err == "", "\(run)")
    return run.lines.filter { !$0.isEmpty }
  }

  @Test func registersAndViewsAreOffered() throws {
    let workspace = try Workspace()
    func listed(_ program: String) throws -> Set<String> {
      let rows = try workspace.succeed(program, "--list").lines.dropFirst()
      return Set(rows.compactMap { $0.split(separator: ",").first.map(String.init) })
    }
    #expect(try listed("boms-import").isSubset(of: offered("boms-import", "")))
    #expect(try listed("boms-export").isSubset(of: offered("boms-export", "")))
    #expect(try listed("boms-export").count > listed("boms-import").count + 20)
    #expect(try offered("boms-import", "tenan") == ["tenant"])
    #expect(try offered("boms-export", "--format", "csv", "rent_") == ["rent_free", "rent_roll"])
    #expect(
      try offered("boms-db", "audit", "list", "--register", "price") == ["price_step"])
  }

  @Test func whoTypesChineseIsOfferedTheChineseNames() throws {
    #expect(try offered("boms-import", "租") == ["租户"])
    #expect(try offered("boms-export", "租金台") == ["租金台账"])
  }

  @Test(arguments: [
    (["boms-import", "unit", "--encoding"], ["auto", "gb18030", "utf-16", "utf-8"]),
    (["boms-export", "unit", "--format"], ["csv", "hledger", "json", "jsonl", "table", "xlsx"]),
    (["boms-export", "unit", "--headings"], ["en", "zh"]),
    (
      ["boms-invoice", "request", "list", "--status"],
      ["exported", "failed", "issued", "pending", "requested", "withdrawn"]
    ),
    (
      ["boms-invoice", "use", "1", "--as"],
      ["exempt", "none", "personal", "simplified", "taxable", "welfare"]
    ),
    (
      ["boms-collect", "refund", "T1", "--method"],
      ["alipay", "bank", "card", "cash", "cheque", "wechat"]
    ),
    (
      ["boms-collect", "deposit", "refund", "C1", "--method"],
      ["alipay", "bank", "card", "cash", "cheque", "wechat"]
    ),
    (
      ["boms-remind", "list", "--state"],
      ["acked", "failed", "given_up", "no_address", "queued", "sent", "withdrawn"]
    ),
    (["boms-db", "grant", "li"], ["admin", "finance", "leasing", "property", "viewer"]),
  ])
  func listedWordsAreOffered(_ words: [String], _ wanted: [String]) throws {
    let offered = try offered(words + [""])
    #expect(offered.filter { !$0.hasPrefix("-") }.sorted() == wanted)
  }

  @Test func filesAndFoldersAreOfferedWhereTheyAreNamed() throws {
    let files = ["mall.db", "lists/unit.csv", "list.txt"]
    #expect(try offered("boms-export", "unit", "--db", "ma", files: files) == ["mall.db"])
    #expect(try offered("boms-import", "unit", "lists/", files: files) == ["lists/unit.csv"])
    // Folders only.
    #expect(try offered("boms-import", "--all", "l", files: files) == ["lists"])
    #expect(try offered("boms-invoice", "check", "lists", files: files) == ["lists"])
  }

  /// A shell asks in the middle of a line: nothing is opened, nothing recorded.
  @Test func namesAreOfferedWithoutADatabase() throws {
    let run = try Workspace().run(
      "boms-import", ["---completion", "--", "positional@0", "1", "0", "boms-import", ""],
      environment: ["BOMS_DB": "none.db"])
    #expect(run.status == 0, "\(run)")
    #expect(run.lines.contains("tenant"))
  }
}
