import Shared

/// Contracts in, charges out, one after the other.
final class ChargeFilter {
  private(set) var contracts = 0
  private(set) var bad = 0
  var unknownKeys: Set<String> { reader.unknownKeys }

  private let reader = LeaseReader()
  private let scope: Billing.Scope
  private let from: CivilDate?
  private let writer: RecordWriter
  private let findings: FindingWriter
  private let taxes = TaxTable()

  init(asOf: CivilDate, from: CivilDate?, writer: RecordWriter, findings: FindingWriter) {
    scope = Billing.Scope(asOf: asOf)
    self.from = from
    self.writer = writer
    self.findings = findings
  }

  func read(_ source: InputSource) throws {
    try JSONLines.read(
      source,
      report: { [self] finding in
        bad += 1
        findings.write(finding)
      }
    ) { node, line in
      do {
        let lease = try reader.lease(node)
        let charges = try Billing(lease, taxes: taxes, billingFrom: from).charges(scope).charges
        contracts += 1
        for (section, lines) in reader.unused {
          let list = lines.map { $0 == 0 ? "-" : "\($0)" }.joined(separator: ", ")
          findings.write(
            Finding(
              .warning, rule: "compute.unused", file: source.name, line: line, field: section,
              value: list,
              message: Phrase(
                "no term uses the \(section) of line \(list)", "没有条款使用第 \(list) 行的 \(section)")))
        }
        for charge in charges { try ComputedCharges.write(charge, of: lease, to: writer) }
      } catch let problem as LeaseReader.Problem {
        bad += 1
        findings.write(problem.finding(source.name, line))
      } catch let error as ValueError {
        bad += 1
        findings.write(
          Finding(
            rule: error.rule, file: source.name, line: line, message: error.message,
            hint: error.hint))
      }
    }
  }
}
