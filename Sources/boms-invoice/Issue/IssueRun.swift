import Shared

/// Asks for the invoices that are wanted and not asked for, and takes back those that are worth less
/// by now: wanted minus recorded, in one transaction.
struct IssueRun {
  var scope: IssueChargeStore.Scope
  var grouping = RequestComposing.Grouping.bill
  var merges = false
  /// Instead of what happened to the charges.
  var redReason: RedReason?

  struct Outcome {
    /// Requests that were written or withdrawn.
    var records: [[Cell]] = []
    var blues = 0
    var reds = 0
    var withdrawn = 0
    /// What the rules found, each once.
    private(set) var findings: [RequestFinding] = []
    private var seen: Set<RequestFinding> = []
    /// Requests that they left out, and what they would have been of.
    var leftOut = 0
    var leftOutGross = Money.zero
    var held = 0
    var waiting = 0
    /// By how much the bureau's tax differs from that of the books.
    var taxDifference = Money.zero

    init(withdrawn: Int, held: Int, waiting: Int) {
      (self.withdrawn, self.held, self.waiting) = (withdrawn, held, waiting)
    }

    mutating func add(_ found: [RequestFinding]) {
      findings += found.filter { seen.insert($0).inserted }
    }
  }

  func run(_ db: BooksConnection) throws -> Outcome {
    let books = try IssueChargeStore(db, scope)
    let charges = try books.charges()
    let asked = try books.requests(of: charges)
    let facts = try IssueFactsStore(db)
    let byID = Dictionary(uniqueKeysWithValues: charges.map { ($0.id, $0) })
    let composing = RequestComposing(grouping: grouping, merges: merges, charges: byID)
    let store = try RequestStore(db)
    let plan = try IssuePlan(
      charges, asked, changed: try changed(asked, composing, facts, RequestContentStore(db)))

    var outcome = Outcome(
      withdrawn: plan.withdrawals.count, held: plan.waiting[.held] ?? 0,
      waiting: plan.waiting[.red] ?? 0)
    let last = try store.last()
    for withdrawal in plan.withdrawals {
      try store.add(
        .withdrawn, to: withdrawal.request, on: scope.asOf, reason: withdrawal.reason.zh)
    }
    for red in reds(plan) {
      try store.appendRed(of: red.blue, red.backs, red.reason, byHand: false, on: scope.asOf)
      outcome.reds += 1
    }
    for lines in composing.groups(plan.blues) {
      let draft = try draft(lines, composing, facts)
      let found = draft.findings(facts.setting)
      outcome.add(found)
      guard !found.contains(where: { $0.level == .error }), let content = draft.content else {
        outcome.leftOut += 1
        outcome.leftOutGross = try outcome.leftOutGross + draft.sums().amount
        continue
      }
      try store.append(
        content, companyNo: draft.seller.companyNo, tenantNo: draft.tenantNo, draft.sums(),
        on: scope.asOf)
      outcome.blues += 1
      outcome.taxDifference = try outcome.taxDifference + draft.taxDifference()
    }
    try store.save()
    outcome.add(plan.belowZero.compactMap { byID[$0] }.map(RequestFinding.belowZero))
    var selection = RequestRecordsStore.Selection()
    selection.after = (last, Set(plan.withdrawals.map(\.request)))
    try RequestRecordsStore(db: db).forEach(selection) { outcome.records.append($1) }
    return outcome
  }

  private func draft(
    _ lines: [[RequestDraft.Part]], _ composing: RequestComposing, _ facts: IssueFactsStore
  ) throws -> RequestDraft {
    let charges = lines.joined().compactMap { composing.charges[$0.charge] }
    return try composing.draft(lines, facts.facts(of: charges))
  }

  /// Open requests that would be written differently today: the buyer's number was corrected, the
  /// premises' address, the code of an item.
  private func changed(
    _ asked: [AskedRequest], _ composing: RequestComposing, _ facts: IssueFactsStore,
    _ contents: RequestContentStore
  ) throws -> [IssuePlan.Withdrawal] {
    var changed: [IssuePlan.Withdrawal] = []
    for request in asked where request.isOpen && !request.isRed {
      let written = try contents.content(of: request.id)
      let now = try draft(written.lines.map(\.parts), composing, facts)
      if now.content == written { continue }
      changed.append(
        IssuePlan.Withdrawal(
          request: request.id,
          reason: Phrase("what it is written from was corrected", "开票信息已更正，撤回后重新申请")))
    }
    return changed
  }

  private struct Red {
    var blue: Int64
    var reason: RedReason
    var backs: [RequestStore.Back]
  }

  /// One red request an invoice and reason.
  private func reds(_ plan: IssuePlan) -> [Red] {
    struct Key: Hashable {
      var blue: Int64
      var reason: RedReason
    }
    var reds: [Red] = []
    var places: [Key: Int] = [:]
    for part in plan.reds {
      let reason = redReason ?? part.reason
      let back = RequestStore.Back(charge: part.charge, amounts: part.amounts)
      let key = Key(blue: part.blue, reason: reason)
      if let place = places[key] {
        reds[place].backs.append(back)
      } else {
        places[key] = reds.count
        reds.append(Red(blue: part.blue, reason: reason, backs: [back]))
      }
    }
    return reds
  }
}
