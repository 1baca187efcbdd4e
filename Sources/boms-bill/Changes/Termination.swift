import Shared

/// 提前终止: the contract ends on a day, which is still charged, and is settled.
struct Termination: ContractChange {
  static let columns = ChangeColumn.terminate

  let contractNo: String
  let on: CivilDate
  /// How much of the rent-free time's worth is clawed back, in percent; nil: nothing.
  var clawBack: Fixed?
  var penalty: Money?
  var penaltyItem: String?
  /// Whether one-off amounts after the day are taken away where they are not charged yet.
  var cancelsOnce = false
  let asOf: CivilDate

  func apply(_ db: BooksConnection, _ language: Language) throws -> ChangeOutcome {
    let store = try ContractStore(db, contractNo)
    var lease = try store.entry().lease
    let wasTerminated = try isTerminated(lease)
    var outcome = ChangeOutcome(
      what: Phrase("contract '\(contractNo)' ends on \(on)", "合同“\(contractNo)”终止于 \(on)"),
      isUnchanged: wasTerminated)
    if !wasTerminated {
      try store.terminate(on: on)
      lease = try store.entry().lease
    }
    let taxes = try TaxTable(db)
    let once = OnceLines(store: store, day: on, asOf: asOf, mayBeThere: wasTerminated)

    var added: [(line: Int, kind: ChangeRow.Kind, why: String)] = []
    if let clawBack {
      for part in try ClawBack(lease, taxes: taxes, percent: clawBack).parts {
        let line = try once.add(
          item: part.item, companyNo: part.companyNo, taxRate: part.taxRate,
          taxIncluded: part.taxIncluded, amount: part.amount)
        added.append((line, .clawBack, explain(part, percent: clawBack, language)))
      }
    }
    if let penalty {
      let line = try once.add(
        item: try store.penaltyItem(
          penaltyItem, rule: "terminate.penalty-item", option: "--penalty-item"),
        amount: penalty)
      added.append((line, .penalty, language == .zh ? "提前解约违约金" : "for ending early"))
    }
    let later = lease.terms.filter { $0.method == .once && $0.onceDay(in: lease) > on }
    var cancelled: [ChangeRow] = []
    if cancelsOnce {
      let charges = try lease.onceCharges(taxes)
      for term in later where try store.billNo(ofOnce: term.line) == nil {
        try store.removeLine(term.line)
        cancelled += charges.filter { $0.line == term.line }.map {
          onceLater($0, language == .zh ? "已取消" : "taken away", billNo: nil, language)
        }
      }
    }
    if once.added > 0 || !cancelled.isEmpty { outcome.isUnchanged = false }

    outcome.bills = try bill(contractNo, db)
    lease = try store.entry().lease
    let charges = try lease.onceCharges(taxes)
    let addedLines = Set(added.map(\.line))
    outcome.rows = try store.newRows(outcome.bills.posted)
      .filter { row in !(row.line.map(addedLines.contains) ?? false) }
    for (line, kind, why) in added {
      for charge in charges where charge.line == line {
        var row = ChangeRow(contractNo, kind, charge, language)
        row.billNo = try store.billNo(ofOnce: line)
        row.explain = why
        outcome.rows.append(row)
      }
    }
    for charge in charges {
      guard charge.period.from > on, let line = charge.line else { continue }
      let billNo = try store.billNo(ofOnce: line)
      let why =
        billNo == nil
        ? language == .zh ? "终止后仍会计收" : "still to be charged"
        : language == .zh ? "已出账，保留" : "charged already, it stays"
      outcome.rows.append(onceLater(charge, why, billNo: billNo, language))
    }
    outcome.rows += cancelled
    outcome.rows += try readings(lease, language)
    outcome.rows += try store.deposits()
    outcome.notes = try sums(outcome.rows)
    return outcome
  }

  /// What the settlement comes to; of what is not billed yet as well.
  private func sums(_ rows: [ChangeRow]) throws -> [Phrase] {
    func sum(_ kinds: ChangeRow.Kind...) throws -> Money {
      try rows.filter { kinds.contains($0.kind) }
        .reduce(Money.zero) { try $0 + ($1.amounts?.amount ?? .zero) }
    }
    let (refund, charge) = (try sum(.refund).grouped, try sum(.charge).grouped)
    let fees = try sum(.lateFee).grouped
    let (clawed, penalty) = (try sum(.clawBack).grouped, try sum(.penalty).grouped)
    return [
      Phrase("refunds \(refund)", "退还 \(refund)"),
      Phrase("further charges \(charge)", "应补 \(charge)"),
      Phrase("late fees \(fees)", "逾期违约金 \(fees)"),
      Phrase("claw-back \(clawed)", "追回免租 \(clawed)"),
      Phrase("penalty \(penalty)", "提前解约违约金 \(penalty)"),
    ]
  }

  /// Whether the contract ends on that day already.
  private func isTerminated(_ lease: Lease) throws -> Bool {
    try requireSigned(lease, "terminate.not-signed")
    if on < lease.startOn {
      throw ValueError(
        "terminate.before-start",
        Phrase(
          "contract '\(contractNo)' begins on \(lease.startOn), after \(on)",
          "合同“\(contractNo)”自 \(lease.startOn) 开始，晚于 \(on)"),
        hint: Phrase(
          "a contract that never began has status archived and no terminated_on",
          "未履行的合同请将状态改为“归档”，终止日期留空"))
    }
    if on > lease.endOn {
      throw ValueError(
        "terminate.after-end",
        Phrase(
          "contract '\(contractNo)' ends on \(lease.endOn) by itself, before \(on)",
          "合同“\(contractNo)”于 \(lease.endOn) 到期，早于 \(on)"),
        hint: Phrase(
          "give a day up to its end; 'boms-bill renew' carries it on",
          "请填写到期日或之前的日期；续签请用 'boms-bill renew'"))
    }
    guard let terminated = lease.terminatedOn else { return false }
    if terminated == on { return true }
    throw ValueError(
      "terminate.terminated",
      Phrase(
        "contract '\(contractNo)' is terminated on \(terminated) already",
        "合同“\(contractNo)”已于 \(terminated) 终止"),
      hint: Phrase(
        "if that day is wrong, correct terminated_on with boms-import --restate",
        "如日期有误，请用 boms-import --restate 更正终止日期"))
  }

  private func explain(_ part: ClawBack.Part, percent: Fixed, _ language: Language) -> String {
    let spans = part.spans.map(\.description)
    let (whole, charged) = (part.whole.grouped, part.charged.grouped)
    let share = percent == .hundred ? "" : " × \(percent)%"
    let amount = part.amount.grouped
    return language == .zh
      ? "免租 \(spans.joined(separator: "、"))：(不免应计 \(whole) − 减免后 \(charged))\(share) = \(amount)"
      : "rent-free \(spans.joined(separator: ", ")): (\(whole) without − \(charged) with it)\(share)"
        + " = \(amount)"
  }

  private func onceLater(
    _ charge: Charge, _ why: String, billNo: String?, _ language: Language
  ) -> ChangeRow {
    var row = ChangeRow(contractNo, .onceLater, charge, language)
    row.billNo = billNo
    row.explain = why
    return row
  }

  /// Meters without a last reading, and readings that are not charged any more.
  private func readings(_ lease: Lease, _ language: Language) throws -> [ChangeRow] {
    if lease.installs.isEmpty { return [] }
    let zh = language == .zh
    var rows: [ChangeRow] = []
    let items = Dictionary(
      lease.terms.map { ($0.line, $0.item) }, uniquingKeysWith: { first, _ in first })
    for install in lease.installs.sorted(by: { $0.isBefore($1) }) {
      guard install.fromOn <= on, install.toOn.map({ on <= $0 }) ?? true,
        install.closeReading == nil, lease.reading(of: install, on: on) == nil
      else { continue }
      let last = lease.lastReading(of: install, by: on)
      var row = ChangeRow(contractNo, .missingReading, install)
      row.item = items[install.line]
      row.from = last.readOn?.next ?? install.fromOn
      row.to = on
      row.reading = last.value
      row.explain =
        zh
        ? "上次读数 \(last.value)（\(last.readOn?.description ?? "起码")），缺 \(on) 读数"
        : "last \(last.value) (\(last.readOn?.description ?? "open reading")); "
          + "a reading of \(on) is missing"
      rows.append(row)
    }
    for (reading, _) in try Metering(lease).late {
      guard
        let install = lease.installs.first(where: {
          $0.meterNo == reading.meterNo && $0.register == reading.register
        })
      else { continue }
      var row = ChangeRow(contractNo, .lateReading, install)
      row.item = items[install.line]
      (row.from, row.to) = (reading.readOn, reading.readOn)
      row.reading = reading.value
      row.explain = zh ? "晚于终止日，不再计费" : "after the last day, not charged"
      rows.append(row)
    }
    return rows
  }
}

extension MeterInstall {
  func isBefore(_ other: MeterInstall) -> Bool {
    (meterNo, register, fromOn) < (other.meterNo, other.register, other.fromOn)
  }
}

extension LeaseTerm {
  /// The day from which a one-off amount counts.
  func onceDay(in lease: Lease) -> CivilDate { on ?? fromOn ?? lease.startOn }
}

extension Lease {
  /// Every one-off amount, whenever it is billed.
  func onceCharges(_ taxes: TaxTable) throws -> [Charge] {
    var own = self
    own.terms = terms.filter { $0.method == .once }
    own.openings = []
    var scope = Billing.Scope(asOf: startOn)
    for term in own.terms { scope.recordedThrough["L\(term.line)"] = term.onceDay(in: own) }
    return try Billing(own, taxes: taxes, billingFrom: nil).charges(scope).charges
  }
}
