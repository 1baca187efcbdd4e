import Foundation
import TestSupport
import Testing

/// The filter against the reference implementation, on contracts made by chance.
@Suite(.enabled(if: Python.isThere))
struct ComputeTests {
  static let seeds = Repository.testsAll ? Array(1...60) : [1, 2]
  static let perSeed = Repository.testsAll ? 1000 : 200

  @Test(arguments: seeds)
  func randomContractsAreChargedAsTheReferenceSays(_ seed: Int) throws {
    let workspace = try Workspace()
    var make = [
      Repository.path("Tests/Reference/random_contracts.py"), "--seed", "\(seed)", "--count",
      "\(ComputeTests.perSeed)", "--methods", "fixed,area,once",
    ]
    if seed.isMultiple(of: 2) { make.append("--spellings") }
    let lines = try workspace.succeed("python3", make).out
    // By turns everything, and a year and a half of it.
    let scope =
      seed.isMultiple(of: 2)
      ? ["--as-of", "2026-12-31", "--from", "2025-06-15"] : ["--as-of", "2199-12-31"]
    let reference = try objects(
      try workspace.succeed(
        "python3",
        [Repository.path("Tests/Reference/reference_billing.py"), "--methods", "fixed,area,once"]
          + scope, stdin: lines
      ).out)
    let columns = [
      "contract_no", "line", "item", "kind", "period_start", "period_end", "bill_on", "due_on",
      "net", "tax", "amount",
    ]
    let expected = reference.map { row in columns.map { "\(row[$0] ?? "")" } }
    #expect(expected.count > 500)
    let run = try workspace.run("boms-bill", ["compute"] + scope, stdin: lines)
    #expect(run.status == 0, "\(run.err)")
    let computed = records(run.out).map { row in columns.map { row[$0] ?? "" } }
    let isEqual = computed == expected
    let missing = Set(expected).subtracting(computed).sorted { $0[0] < $1[0] }
    let extra = Set(computed).subtracting(expected).sorted { $0[0] < $1[0] }
    #expect(isEqual, "missing \(Array(missing.prefix(5))), extra \(Array(extra.prefix(5)))")
  }
}
