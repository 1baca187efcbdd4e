import Foundation
import Shared
import TestSupport
import Testing

@testable import boms_bill

/// Revenue against the reference implementation: contracts that change while they are accrued.
@Suite(.enabled(if: Python.isThere))
struct AccrualReferenceTests {
  static let seeds = Repository.testsAll ? Array(1...8) : [1]
  static let perSeed = Repository.testsAll ? 150 : 60

  private struct Case {
    var kinds: [String: RevenueRecognition.Kind] = [:]
    var billingFrom: CivilDate?
    var openings: [RevenueRecognition.Opening] = []
    var steps: [[String: Any]] = []

    init(_ object: [String: Any]) {
      for (item, kind) in object["kinds"] as? [String: String] ?? [:] {
        kinds[item] = kind == "lease" ? .lease : .service
      }
      billingFrom = (object["billing_from"] as? String).flatMap { CivilDate(iso: $0) }
      for opening in object["openings"] as? [[String]] ?? [] {
        openings.append(.init(item: opening[0], difference: Money(fen: fen(opening[1]))))
      }
      steps = object["steps"] as? [[String: Any]] ?? []
    }
  }

  private func lease(_ text: String) throws -> Lease {
    var found: Lease?
    let reader = LeaseReader()
    try JSONLines.read(
      InputSource(bytes: Array(text.utf8), name: "contract"),
      report: { Issue.record("\($0.message.en)") }
    ) { node, _ in found = try reader.lease(node) }
    return try #require(found)
  }

  private func charge(_ fact: [String: Any]) throws -> RecordedCharge {
    func text(_ key: String) -> String { fact[key] as? String ?? "" }
    let days = try (fact["period"] as? [String] ?? []).map { try #require(CivilDate(iso: $0)) }
    let net = Money(fen: fen(text("net")))
    return RecordedCharge(
      id: 1, line: nil, item: text("item"), kind: try #require(ChargeKind(rawValue: text("kind"))),
      companyNo: text("company_no"), source: text("source"), period: Period(days[0], days[1]),
      dueOn: days[1], taxRate: .zero, taxCode: nil,
      amounts: Amounts(net: net, tax: .zero, amount: net))
  }

  @Test(arguments: seeds)
  func whateverHappensRevenueIsWhatTheReferenceSays(_ seed: Int) throws {
    let workspace = try Workspace()
    let lines = try workspace.succeed(
      "python3",
      [
        Repository.path("Tests/Reference/reference_accrual.py"), "--random", "\(seed)",
        "\(AccrualReferenceTests.perSeed)",
      ]
    ).out
    var count = 0
    for (number, object) in try objects(lines).enumerated() {
      let one = Case(object)
      var recorded: [RevenueRecognition.Recorded] = []
      for (place, step) in one.steps.enumerated() {
        let lease = try lease(step["contract"] as? String ?? "")
        let month = try #require(CivilMonth(iso: step["month"] as? String ?? ""))
        let closed = (step["closed"] as? String).flatMap { CivilMonth(iso: $0) }
        let revenue = try RevenueRecognition(
          Billing(lease, taxes: TaxTable(), billingFrom: one.billingFrom),
          recorded: try (step["facts"] as? [[String: Any]] ?? []).map(charge), kinds: one.kinds,
          openings: one.openings)
        let rows = try revenue.accruals(
          through: month, recorded: recorded, firstOpen: { _ in closed?.adding(1).first })
        let found = rows.map { row in
          [
            row.group.companyNo, row.group.item, row.group.basis.rawValue, "\(row.month)",
            "\(row.revision)", "\(row.missing.earned)", "\(row.missing.straight)",
            "\(row.missing.brought)",
          ]
        }
        let expected = (step["expected"] as? [[Any]] ?? []).map { $0.map { "\($0)" } }
        count += expected.count
        let isEqual = Set(found) == Set(expected) && found.count == expected.count
        #expect(
          isEqual,
          """
          case \(number), step \(place): missing \(Set(expected).subtracting(found)), extra \
          \(Set(found).subtracting(expected))
          """)
        if !isEqual { return }
        for row in rows {
          #expect(try !row.explanation(.zh).isEmpty)
          recorded.append(
            .init(
              group: row.group, month: row.month, revision: row.revision,
              earned: row.missing.earned, straight: row.missing.straight,
              brought: row.missing.brought))
        }
        // A second run adds nothing.
        let again = try revenue.accruals(
          through: month, recorded: recorded, firstOpen: { _ in closed?.adding(1).first })
        #expect(again.isEmpty, "case \(number), step \(place)")
      }
      // The lease is over: differences and the start's come to nothing, charges to their sum.
      let rest = try recorded.map(\.straight).reduce(Money.zero, +)
      let start = try one.openings.filter { one.kinds[$0.item] == .lease }.map(\.difference)
        .reduce(Money.zero, +)
      #expect(try rest + start == .zero, "case \(number)")
    }
    #expect(count > 5 * AccrualReferenceTests.perSeed)
  }
}
