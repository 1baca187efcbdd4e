/// A charge as the books have it, with all its adjustments summed.
package struct RecordedCharge: Sendable {
  package var id: Int64
  package var line: Int?
  package var item: String
  package var kind: ChargeKind
  package var companyNo: String
  package var source: String
  package var period: Period
  package var dueOn: CivilDate
  package var taxRate: Fixed
  package var taxCode: String?
  /// The charge and its adjustments together.
  package var amounts: Amounts
  /// The charge itself first, then its adjustments.
  package var rows: [LateFee.Demand]
  /// The bill that the charge itself is on.
  package var billNo = ""

  package init(
    id: Int64, line: Int?, item: String, kind: ChargeKind, companyNo: String, source: String,
    period: Period, dueOn: CivilDate, taxRate: Fixed, taxCode: String?, amounts: Amounts
  ) {
    rows = [LateFee.Demand(amounts.amount, dueOn: dueOn)]
    self.id = id
    self.line = line
    self.item = item
    self.kind = kind
    self.companyNo = companyNo
    self.source = source
    self.period = period
    self.dueOn = dueOn
    self.taxRate = taxRate
    self.taxCode = taxCode
    self.amounts = amounts
  }
}

/// What a recorded charge is now worth more (or less, when negative) than the books have.
package struct Adjustment: Sendable {
  package var recorded: RecordedCharge
  /// What it should be; nil: it should not exist.
  package var wanted: Charge?
  package var difference: Amounts
  /// Why the charge is taken back as a whole, to be recorded anew if it is still wanted; nil for an
  /// adjustment to what is wanted.
  package var voidReason: String?

  package var isVoid: Bool { voidReason != nil }

  /// Takes back a charge with all its adjustments.
  package static func void(
    _ recorded: RecordedCharge, reason: String
  ) throws(ValueError) -> Adjustment {
    Adjustment(
      recorded: recorded, wanted: nil, difference: try .zero - recorded.amounts,
      voidReason: reason)
  }

  /// The sentence that is stored with the adjusting row.
  package func explanation(_ language: Language) -> String {
    let bill = recorded.billNo.isEmpty ? "" : " \(recorded.billNo)"
    if let voidReason {
      return language == .zh
        ? "作废\(bill.isEmpty ? "" : "账单\(bill)")：\(voidReason)"
        : "void\(bill.isEmpty ? "" : " of bill\(bill)"): \(voidReason)"
    }
    let zhStart = "调整\(bill.isEmpty ? "" : "账单\(bill)")："
    let enStart = "adjusted\(bill.isEmpty ? "" : " bill\(bill)"): "
    let amount = difference.amount.grouped
    let was = recorded.amounts.amount.grouped
    guard let wanted else {
      if recorded.kind == .lateFee {
        return language == .zh
          ? zhStart + "重算后不计违约金（付款、减免、更正或作废），已计 \(was)，差额 \(amount)"
          : enStart + "no late fee by now (paid, waived, corrected or void), recorded \(was), "
            + "difference \(amount)"
      }
      return language == .zh
        ? zhStart + "本期不再计费，已计 \(was)，差额 \(amount)"
        : enStart + "no longer charged, recorded \(was), difference \(amount)"
    }
    let now = Explanation.text(wanted, language)
    return language == .zh
      ? zhStart + "应计 \(now)，已计 \(was)，差额 \(amount)"
      : enStart + "now \(now), recorded \(was), difference \(amount)"
  }
}

/// Wanted minus recorded.
package struct Subtraction: Sendable {
  package var new: [Charge] = []
  package var adjustments: [Adjustment] = []

  package init() {}

  private struct Identity: Hashable {
    var source: String
    var start: CivilDate
    var kind: ChargeKind
  }

  /// - Parameters:
  ///   - wanted: every charge billed by the day of the run, and every charge of a period that is
  ///     recorded whenever it is billed.
  ///   - recorded: all of the contract, in the order of the books.
  ///   - held: what waits: it is neither recorded nor, where it is recorded, compared.
  ///   - asOf: the day of the run; what is wanted but billed later is not new yet.
  package init(
    wanted: [Charge], recorded: [RecordedCharge], held: [Charge] = [], asOf: CivilDate
  ) throws(ValueError) {
    // A new contract, mostly.
    if recorded.isEmpty {
      new = wanted.filter { $0.billOn <= asOf }
      return
    }
    var wantedByIdentity: [Identity: Charge] = [:]
    for charge in wanted {
      wantedByIdentity[
        Identity(source: charge.source, start: charge.period.from, kind: charge.kind)] = charge
    }
    let waiting = Set(
      held.map { Identity(source: $0.source, start: $0.period.from, kind: $0.kind) })
    var seen: Set<Identity> = []
    for charge in recorded {
      let identity = Identity(
        source: charge.source, start: charge.period.from, kind: charge.kind)
      seen.insert(identity)
      if waiting.contains(identity) { continue }
      let now = wantedByIdentity[identity]
      // Another company or item asks for it now (a meter or a share went over to another line): it
      // is taken back and asked for anew.
      if let now, now.companyNo != charge.companyNo || now.item != charge.item {
        if charge.amounts != .zero {
          adjustments.append(try .void(charge, reason: "收款主体或收费项目变更，重新计费"))
          seen.remove(identity)
        }
        continue
      }
      let difference = try (now?.amounts ?? .zero) - charge.amounts
      if difference != .zero {
        adjustments.append(Adjustment(recorded: charge, wanted: now, difference: difference))
      }
    }
    for charge in wanted where charge.billOn <= asOf {
      let identity = Identity(
        source: charge.source, start: charge.period.from, kind: charge.kind)
      if !seen.contains(identity) { new.append(charge) }
    }
  }
}
