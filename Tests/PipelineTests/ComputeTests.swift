import Foundation
import TestSupport
import Testing

/// The filter against the reference implementation, on contracts made by chance with every method.
@Suite(.enabled(if: Python.isThere))
struct ComputeTests {
  static let seeds = Repository.testsAll ? Array(1...32) : Array(1...2)
  static let perSeed = Repository.testsAll ? 500 : 100

  private static let columns = [
    "contract_no", "line", "item", "kind", "period_start", "period_end", "bill_on", "due_on",
    "net", "tax", "amount",
  ]

  /// The numbers of the lines that a program reports as bad.
  private func badLines(_ messages: String) -> Set<Int> {
    Set(
      messages.split(separator: "\n").compactMap { line in
        guard line.hasPrefix("<stdin>:"), line.contains("error:") else { return nil }
        return Int(line.dropFirst("<stdin>:".count).prefix { $0.isNumber })
      })
  }

  /// By turns plain, with all spellings, with defects, and with both; every period, and a year and
  /// a half of them.
  @Test(arguments: seeds)
  func randomContractsAreChargedAsTheReferenceSays(_ seed: Int) throws {
    let workspace = try Workspace()
    let hasDefects = seed % 4 >= 2
    var make = [
      Repository.path("Tests/Reference/random_contracts.py"), "--seed", "\(seed)", "--count",
      "\(ComputeTests.perSeed)",
    ]
    if !seed.isMultiple(of: 2) { make.append("--spellings") }
    if hasDefects { make.append("--defects") }
    let lines = try workspace.succeed("python3", make).out
    let scope =
      seed % 8 >= 4
      ? ["--as-of", "2026-12-31", "--from", "2025-06-15"] : ["--as-of", "2199-12-31"]

    let reference = try workspace.run(
      "python3", [Repository.path("Tests/Reference/reference_billing.py")] + scope, stdin: lines)
    let run = try workspace.run(
      "boms-bill", ["compute", "--max-errors", "\(ComputeTests.perSeed)"] + scope, stdin: lines)
    let bad = badLines(reference.err)
    #expect(hasDefects == !bad.isEmpty)
    #expect(badLines(run.err) == bad)
    #expect(reference.status == (hasDefects ? 1 : 0), "\(reference.err.suffix(500))")
    #expect(run.status == (hasDefects ? 1 : 0), "\(run.err.suffix(500))")

    let expected = try objects(reference.out).map { row in
      ComputeTests.columns.map { "\(row[$0] ?? "")" }
    }
    let computed = records(run.out).map { row in ComputeTests.columns.map { row[$0] ?? "" } }
    #expect(Set(expected.map { $0[3] }).isSuperset(of: ["base", "turnover", "metered", "once"]))
    #expect(expected.count > 2 * ComputeTests.perSeed)
    let isEqual = computed == expected
    let missing = Set(expected).subtracting(computed).sorted { $0[0] < $1[0] }
    let extra = Set(computed).subtracting(expected).sorted { $0[0] < $1[0] }
    #expect(isEqual, "missing \(Array(missing.prefix(5))), extra \(Array(extra.prefix(5)))")
  }
}
