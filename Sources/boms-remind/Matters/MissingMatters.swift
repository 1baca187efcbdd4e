import Shared

/// 缺抄表 and 缺营业额: what `boms-bill missing` lists. The registers of a meter are one matter; readings
/// that wait to be accepted are there, and not missing.
struct MissingMatters: MatterSource {
  let scope: MatterScope

  func forEach(_ body: (Matter) throws -> Void) throws {
    var readings: [String: Matter] = [:]
    let store = MissingFactsStore(scope.db, asOf: scope.asOf, property: scope.property)
    try store.forEach { row in
      switch row.fact.kind {
      case .turnover: try body(turnover(row))
      case .reading, .lastReading:
        let matter = reading(row)
        if let known = readings[matter.subject], known.dueOn <= matter.dueOn { return }
        readings[matter.subject] = matter
      case .implausible: break
      }
    }
    for (_, matter) in readings.sorted(by: { $0.key < $1.key }) { try body(matter) }
  }

  private func turnover(_ row: MissingRow) -> Matter {
    matter(
      .turnoverMissing, "\(row.place.contractNo)/\(row.place.line)/\(row.fact.month)", row, [:])
  }

  private func reading(_ row: MissingRow) -> Matter {
    let meterNo = row.place.meterNo ?? ""
    var facts: Matter.Facts = ["meter_no": .text(meterNo)]
    facts["last_read_on"] = row.fact.lastReadOn.map(Fact.date)
    return matter(.readingMissing, "\(meterNo)/\(row.fact.month)", row, facts)
  }

  private func matter(
    _ kind: ReminderKind, _ subject: String, _ row: MissingRow, _ own: Matter.Facts
  ) -> Matter {
    var facts = own
    facts["contract_no"] = .text(row.place.contractNo)
    facts["tenant_no"] = .text(row.place.tenantNo)
    facts["tenant_name"] = .text(row.place.tenantName)
    facts["month"] = .month(row.fact.month)
    return scope.matter(
      kind, subject, dueOn: scope.asOf.adding(days: -row.fact.daysOverdue),
      propertyNo: row.place.propertyNo, tenantNo: row.place.tenantNo, facts)
  }
}
