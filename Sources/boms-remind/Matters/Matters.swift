import Shared

/// Where matters of some kinds are read from.
protocol MatterSource {
  func forEach(_ body: (Matter) throws -> Void) throws
}

/// What sources look at.
struct MatterScope {
  let db: BooksConnection
  let asOf: CivilDate
  /// Only matters of this property; nil: of all, and of none.
  let property: String?
  let rules: ReminderRules
  let propertyNames: [String: String]

  init(_ db: BooksConnection, asOf: CivilDate, property: String?, rules: ReminderRules) throws {
    self.db = db
    self.asOf = asOf
    self.property = property
    self.rules = rules
    propertyNames = try RegistersStore.propertyNames(db)
  }

  /// The last due day of which a reminder of the kind can be due on the day.
  func horizon(_ kind: ReminderKind) -> CivilDate {
    asOf.adding(days: rules.lead(kind))
  }

  /// A matter with what all texts may say.
  func matter(
    _ kind: ReminderKind, _ subject: String, dueOn: CivilDate, propertyNo: String?,
    tenantNo: String? = nil, _ facts: Matter.Facts
  ) -> Matter {
    var matter = Matter(
      kind: kind, subject: subject, dueOn: dueOn, propertyNo: propertyNo, tenantNo: tenantNo)
    matter.facts = facts
    matter.facts["due_on"] = .date(dueOn)
    let days = asOf.days(since: dueOn)
    matter.facts["days"] = .count(abs(days))
    matter.facts["when"] = .phrase(Phrase(whenOf: days))
    if let propertyNo {
      matter.facts["property_no"] = .text(propertyNo)
      matter.facts["property_name"] = .text(propertyNames[propertyNo] ?? propertyNo)
    }
    return matter
  }
}

/// Everything that is due. A new kind is one more line.
struct Matters: MatterSource {
  let scope: MatterScope

  func forEach(_ body: (Matter) throws -> Void) throws {
    let sources: [any MatterSource] = [
      ContractMatterStore(scope: scope), BillMatterStore(scope: scope),
      DepositMatterStore(scope: scope), ObligationMatterStore(scope: scope),
      MissingMatters(scope: scope), InvoiceMatterStore(scope: scope),
      AssetMatterStore(scope: scope),
    ]
    for source in sources { try source.forEach(body) }
  }
}

extension Phrase {
  /// How far a day lies back: `in 30 days`, `today`, `5 days ago`.
  fileprivate init(whenOf days: Int) {
    switch days {
    case 0: self.init("today", "今天")
    case 1...: self.init(days == 1 ? "1 day ago" : "\(days) days ago", "已过 \(days) 天")
    default: self.init(days == -1 ? "in 1 day" : "in \(-days) days", "还有 \(-days) 天")
    }
  }
}
