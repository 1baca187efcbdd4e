import Shared

/// Finds what invoices are for, and records it where there is one answer.
struct MatchRun {
  var directions: [MatchDirection]
  var asOf: CivilDate
  /// Whether to show what was matched before, too.
  var isAll = false

  struct Row {
    var invoice: OpenInvoice
    var result: Result
    var target: MatchTarget?
    var candidates: [MatchTarget] = []
    var why: Phrase?
  }

  enum Result: String, CaseIterable {
    case matched, kept, ambiguous, none
  }

  /// How far an invoice of a purchase may lie from it, in days either way.
  private static let purchaseDays = 90
  /// How long after a bill, and how long before it, its invoice may be issued by hand.
  private static let billDays = (before: 31, after: 92)

  func run(_ db: BooksConnection) throws -> [Row] {
    var rows: [Row] = []
    for direction in directions {
      let store = try MatchStore(db)
      let ledger = try MatchLedgerStore(db, asOf: asOf)
      let side = Side(store: store, ledger: ledger, refused: try store.refused())
      if isAll {
        for (invoice, target) in try store.matched(direction) {
          rows.append(Row(invoice: invoice, result: .kept, target: target))
        }
      }
      let open = try store.open(direction).filter { $0.issuedOn <= asOf }
      rows += try direction == .out ? out(open, side) : incoming(open, side)
      try ledger.save()
    }
    return rows
  }

  private struct Side {
    var store: MatchStore
    var ledger: MatchLedgerStore
    var refused: [Int64: Set<MatchTarget>]

    func isRefused(_ invoice: OpenInvoice, _ target: MatchTarget) -> Bool {
      refused[invoice.id]?.contains(target) ?? false
    }
  }

  // MARK: What we sell

  /// Blue ones first: a red request is known by the number of its blue invoice. Then those that nobody
  /// asked for.
  private func out(_ open: [OpenInvoice], _ side: Side) throws -> [Row] {
    var rows: [Int64: Row] = [:]
    for isRed in [false, true] {
      let invoices = open.filter { $0.isRed == isRed }
      let asked = try toRequests(invoices, side)
      let others = invoices.filter { asked[$0.id] == nil }
      rows.merge(asked) { $1 }
      rows.merge(try isRed ? toBlues(others, side) : toBills(others, side)) { $1 }
    }
    return open.compactMap { rows[$0.id] }
  }

  private func toRequests(_ invoices: [OpenInvoice], _ side: Side) throws -> [Int64: Row] {
    let requests = Dictionary(grouping: try side.store.requests(), by: \.gross)
    var byNo: [MatchTarget: MatchStore.OpenRequest] = [:]
    var pairs: [Matching<MatchTarget>.Pair] = []
    for invoice in invoices {
      let found = (requests[invoice.gross] ?? []).filter { fits(invoice, $0) }
      guard !found.isEmpty else { continue }
      let texts = try side.store.texts(invoice)
      let lines = try side.store.lines(of: invoice)
      for request in found {
        let target = MatchTarget(.request, request.no)
        if side.isRefused(invoice, target) { continue }
        byNo[target] = request
        pairs.append(
          .init(
            invoice: invoice.id, target: target,
            likeness: try MatchRun.likeness(request, texts, lines == side.store.lines(of: request)))
        )
      }
    }
    return try settle(invoices, pairs, side) { invoice, target in
      guard let request = byNo[target] else { return }
      try side.ledger.match(
        invoice, to: target, request: request.id, try side.store.parts(ofRequest: request.id),
        reason: nil)
    }
  }

  private static func likeness(
    _ request: MatchStore.OpenRequest, _ texts: [String], _ hasItsLines: Bool
  ) -> Matching<MatchTarget>.Likeness {
    if texts.contains(where: { $0.contains(request.no) }) { return .named }
    guard hasItsLines else { return .sums }
    guard let remark = request.remark else { return .lines }
    return texts.contains { $0.contains(remark) } ? .remark : .lines
  }

  private func fits(_ invoice: OpenInvoice, _ request: MatchStore.OpenRequest) -> Bool {
    guard request.companyNo == invoice.companyNo, request.isRed == invoice.isRed,
      request.requestedOn <= invoice.issuedOn,
      invoice.isWorth(gross: request.gross, tax: request.tax),
      invoice.kind == nil || invoice.kind == request.kind
    else { return false }
    if request.isRed { return request.blueNo != nil && request.blueNo == invoice.blueNo }
    return invoice.isParty(taxNo: request.buyerTaxNo, name: request.buyerName)
  }

  /// Issued by hand: of the tenant, for the sum of a bill or of a charge, about that time.
  private func toBills(_ invoices: [OpenInvoice], _ side: Side) throws -> [Int64: Row] {
    guard !invoices.isEmpty else { return [:] }
    let tenants = try side.store.tenants()
    var parts: [MatchTarget: [ChargePart]] = [:]
    var pairs: [Matching<MatchTarget>.Pair] = []
    for invoice in invoices {
      let days = Period(
        invoice.issuedOn.adding(days: -MatchRun.billDays.after),
        invoice.issuedOn.adding(days: MatchRun.billDays.before))
      for tenantNo in tenants.of(invoice).sorted() {
        let charges = try side.store.billed(tenantNo, invoice.companyNo, days)
        for (target, found) in try MatchRun.worth(invoice, charges)
        where !side.isRefused(invoice, target) {
          parts[target] = found
          pairs.append(.init(invoice: invoice.id, target: target, likeness: .sums))
        }
      }
    }
    var rows = try settle(invoices, pairs, side, parts) { invoice, target in
      try side.ledger.match(invoice, to: target, parts[target] ?? [], reason: nil)
    }
    for invoice in invoices where rows[invoice.id] == nil {
      rows[invoice.id] = Row(
        invoice: invoice, result: .none,
        why: Phrase(
          "no request, and no bill of this buyer and sum about that time",
          "无对应开票申请，也无此购方、此金额的近期账单"))
    }
    return rows
  }

  /// The bills of which all that has no invoice is worth the invoice, and the charges. A bill with one such
  /// charge is the bill.
  static func worth(
    _ invoice: OpenInvoice, _ charges: [MatchStore.BilledCharge]
  ) throws -> [(MatchTarget, [ChargePart])] {
    // Only what is not invoiced at all: of a part nobody knows which.
    let open = charges.filter { $0.uninvoiced == $0.part.gross }.map { ($0.billNo, $0.part) }
    var found: [(MatchTarget, [ChargePart])] = []
    for (billNo, parts) in Dictionary(grouping: open, by: \.0).sorted(by: { $0.key < $1.key }) {
      let parts = parts.map(\.1)
      let sum = try parts.reduce((Money.zero, Money.zero)) { try ($0.0 + $1.gross, $0.1 + $1.tax) }
      if invoice.isWorth(gross: sum.0, tax: sum.1) {
        found.append((MatchTarget(.bill, billNo), parts))
      }
      guard parts.count > 1 else { continue }
      for part in parts where invoice.isWorth(gross: part.gross, tax: part.tax) {
        found.append((MatchTarget(.charge, "\(part.chargeID)"), [part]))
      }
    }
    return found
  }

  /// A red invoice that nobody asked for: it takes back its blue one, or the one charge of it that is
  /// worth as much.
  private func toBlues(_ invoices: [OpenInvoice], _ side: Side) throws -> [Int64: Row] {
    var rows: [Int64: Row] = [:]
    let asked = Dictionary(grouping: try side.store.requests().filter(\.isRed), by: \.blueNo)
    for invoice in invoices {
      if let blueNo = invoice.blueNo, let waiting = asked[blueNo] {
        rows[invoice.id] = Row(
          invoice: invoice, result: .ambiguous,
          candidates: waiting.map { MatchTarget(.request, $0.no) },
          why: Phrase("another sum was asked for", "与红字申请的金额不符"))
        continue
      }
      guard let blueNo = invoice.blueNo, try side.store.target(blueNo, .out) != nil else {
        rows[invoice.id] = Row(
          invoice: invoice, result: .none,
          why: Phrase("its blue invoice is not matched", "所对应的蓝字发票尚未匹配"))
        continue
      }
      let target = MatchTarget(.invoice, blueNo)
      let standing = try side.store.parts(ofBlue: blueNo)
      guard !side.isRefused(invoice, target), let parts = try MatchRun.takenBack(invoice, standing)
      else {
        rows[invoice.id] = Row(
          invoice: invoice, result: .ambiguous,
          candidates: standing.map { MatchTarget(.charge, "\($0.chargeID)") },
          why: Phrase(
            "which charges of the blue invoice it takes back is not known",
            "无法判断冲减蓝字发票中的哪些费用"))
        continue
      }
      rows[invoice.id] = try settled(invoice, target, side) {
        try side.ledger.match(invoice, to: target, parts, reason: nil)
      }
    }
    return rows
  }

  /// What a red invoice takes back of what stands of its blue one; nil if there are several answers.
  private static func takenBack(
    _ invoice: OpenInvoice, _ standing: [ChargePart]
  ) throws -> [ChargePart]? {
    let left = try standing.reduce(Money.zero) { try $0 + $1.gross }
    if left.fen == -invoice.gross.fen { return standing.map(\.reversed) }
    if let only = standing.first, standing.count == 1, only.gross.fen >= -invoice.gross.fen {
      return [
        ChargePart(
          chargeID: only.chargeID, net: invoice.net, tax: invoice.tax, gross: invoice.gross)
      ]
    }
    let equal = standing.filter { $0.gross.fen == -invoice.gross.fen }
    return equal.count == 1 ? equal.map(\.reversed) : nil
  }

  // MARK: What we buy

  private func incoming(_ open: [OpenInvoice], _ side: Side) throws -> [Row] {
    let blues = open.filter { !$0.isRed }
    var rows = try toPurchases(blues, side)
    for invoice in open where invoice.isRed {
      // What its blue one was for. One for goods sent back may have a purchase of its own.
      if let blueNo = invoice.blueNo, let target = try side.store.target(blueNo, .in),
        !side.isRefused(invoice, target)
      {
        try side.ledger.match(invoice, to: target, [], reason: nil)
        rows[invoice.id] = Row(invoice: invoice, result: .matched, target: target)
      }
    }
    let reds = open.filter { $0.isRed && rows[$0.id] == nil }
    rows.merge(try toPurchases(reds, side)) { $1 }
    return open.map { invoice in
      rows[invoice.id]
        ?? Row(
          invoice: invoice, result: .none,
          why: Phrase(
            "no purchase of this supplier and amount about that time", "无此供应商、此金额的近期采购"))
    }
  }

  private func toPurchases(_ invoices: [OpenInvoice], _ side: Side) throws -> [Int64: Row] {
    guard !invoices.isEmpty else { return [:] }
    let purchases = Dictionary(grouping: try side.store.purchases(), by: \.missing)
    var byTarget: [MatchTarget: MatchStore.Purchase] = [:]
    var pairs: [Matching<MatchTarget>.Pair] = []
    for invoice in invoices {
      // A fen more or less is somebody's rounding.
      for missing in -1...1 {
        for purchase in purchases[Money(fen: invoice.gross.fen + Int64(missing))] ?? [] {
          let target = MatchTarget(.purchase, purchase.no)
          guard purchase.companyNo == invoice.companyNo,
            abs(invoice.issuedOn.days(since: purchase.purchasedOn)) <= MatchRun.purchaseDays,
            invoice.isParty(taxNo: purchase.supplierTaxNo, name: purchase.supplier),
            !side.isRefused(invoice, target)
          else { continue }
          byTarget[target] = purchase
          pairs.append(.init(invoice: invoice.id, target: target, likeness: .sums))
        }
      }
    }
    return try settle(invoices, pairs, side) { invoice, target in
      try side.ledger.match(invoice, to: target, [], use: byTarget[target]?.use, reason: nil)
    }
  }

  // MARK: Shared by all

  /// Records what has one answer. Invoices without a candidate are not in the result.
  /// - Parameter parts: the charges of targets that may have some in common (a bill, and a charge of it).
  private func settle(
    _ invoices: [OpenInvoice], _ pairs: [Matching<MatchTarget>.Pair], _ side: Side,
    _ parts: [MatchTarget: [ChargePart]] = [:],
    _ record: (OpenInvoice, MatchTarget) throws -> Void
  ) throws -> [Int64: Row] {
    let matching = Matching(pairs)
    var taken: [Int64: Int] = [:]
    for target in matching.matched.values {
      for part in parts[target] ?? [] { taken[part.chargeID, default: 0] += 1 }
    }
    var rows: [Int64: Row] = [:]
    for invoice in invoices {
      var candidates = matching.ambiguous[invoice.id] ?? []
      if let target = matching.matched[invoice.id] {
        if (parts[target] ?? []).allSatisfy({ taken[$0.chargeID] == 1 }) {
          rows[invoice.id] = try settled(invoice, target, side) { try record(invoice, target) }
          continue
        }
        candidates = [target]
      }
      guard !candidates.isEmpty else { continue }
      rows[invoice.id] = Row(
        invoice: invoice, result: .ambiguous, candidates: candidates,
        why: candidates.count > 1
          ? Phrase("several fit it", "有多个可能的对应")
          : Phrase("other invoices fit it as well", "另有发票也与其相符"))
    }
    return rows
  }

  /// One that the books refuse does not keep the others from being matched.
  private func settled(
    _ invoice: OpenInvoice, _ target: MatchTarget, _ side: Side, _ record: () throws -> Void
  ) throws -> Row {
    if let refusal = try side.ledger.attempt(record) {
      return Row(invoice: invoice, result: .ambiguous, candidates: [target], why: refusal)
    }
    return Row(invoice: invoice, result: .matched, target: target)
  }
}
