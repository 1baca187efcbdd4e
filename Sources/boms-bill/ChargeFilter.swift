import Shared

/// A contract in, its charges out.
final class ChargeFilter {
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

  func take(_ node: JSONNode, file: String, line: Int) throws {
    let lease = try reader.lease(node)
    let charges = try Billing(lease, taxes: taxes, billingFrom: from).charges(scope).charges
    for (section, lines) in reader.unused {
      let list = lines.map { $0 == 0 ? "-" : "\($0)" }.joined(separator: ", ")
      findings.write(
        Finding(
          .warning, rule: "compute.unused", file: file, line: line, field: section, value: list,
          message: Phrase(
            "no term uses the \(section) of line \(list)", "没有条款使用第 \(list) 行的 \(section)")))
    }
    for charge in charges { try ComputedCharges.write(charge, of: lease, to: writer) }
  }
}
