/// What an invoice's own events come to on a day.
package struct InvoiceHistory: Hashable, Sendable {
  /// When its first file came; nil: it is not there yet on that day.
  package private(set) var receivedOn: CivilDate?
  /// The best carrier that has come.
  package private(set) var carrier: Carrier?
  /// The file whose values count.
  package private(set) var fileID: Int64?
  /// Another file says other money, and nobody has said yet which counts.
  package private(set) var isInConflict = false
  package private(set) var verification: Dated<Verification>?
  package private(set) var bureauStatus: Dated<BureauStatus>?
  package private(set) var risk: Dated<InvoiceRisk>?
  package private(set) var lock: Dated<RedLock>?
  package private(set) var usage: Dated<InvoiceUsage>?
  package private(set) var posting: Posting?
  package private(set) var selection: Selection?
  package private(set) var deduction: Deduction?
  package private(set) var matches: [Match] = []

  /// A word and the day on which it was said.
  package struct Dated<Word: Hashable & Sendable>: Hashable, Sendable {
    package var word: Word
    package var on: CivilDate
  }

  /// 入账.
  package struct Posting: Hashable, Sendable {
    package var on: CivilDate
    package var period: CivilMonth
    package var voucher: String
    /// The day of the voucher.
    package var bookedOn: CivilDate
    /// 摘要.
    package var summary: String?
    /// What of the invoice was posted: less than the whole if red ones had taken back a part.
    package var sums: InvoiceSums
  }

  /// 勾选, not yet confirmed.
  package struct Selection: Hashable, Sendable {
    package var on: CivilDate
    package var period: CivilMonth
    package var tax: Money
  }

  /// 抵扣, and what of it went out again (进项转出).
  package struct Deduction: Hashable, Sendable {
    package var on: CivilDate
    package var period: CivilMonth
    package var tax: Money
    package var transfers: [Transfer] = []
  }

  package struct Transfer: Hashable, Sendable {
    package var on: CivilDate
    package var period: CivilMonth
    package var tax: Money
    /// The red invoice, if that is why.
    package var redNo: String?
    package var reason: String?
  }

  /// What an invoice belongs to: a request, a bill, a purchase.
  package struct Match: Hashable, Sendable {
    package var kind: String
    package var number: String
  }

  /// - Parameter events: in the order in which they were written; later ones than `day` are not seen.
  package init(_ events: some Sequence<InvoiceEvent>, asOf day: CivilDate) {
    for event in events where event.on <= day { add(event) }
  }

  private mutating func add(_ event: InvoiceEvent) {
    switch event.kind {
    case .received, .completed:
      receivedOn = min(receivedOn ?? event.on, event.on)
      carrier = event.code.flatMap(Carrier.init) ?? carrier
      fileID = event.fileID ?? fileID
    case .carrierSeen, .duplicateSeen: break
    case .conflict: isInConflict = true
    case .resolved:
      isInConflict = false
      fileID = event.fileID ?? fileID
    case .verified: Self.hear(event, &verification)
    case .status: Self.hear(event, &bureauStatus)
    case .risk: Self.hear(event, &risk)
    case .locked: Self.hear(event, &lock)
    case .used: Self.hear(event, &usage)
    case .selected:
      guard let period = event.period, let tax = event.tax else { return }
      selection = Selection(on: event.on, period: period, tax: tax)
    case .deselected: selection = nil
    case .deducted:
      guard let period = event.period, let tax = event.tax else { return }
      deduction = Deduction(on: event.on, period: period, tax: tax)
      selection = nil
    case .undeducted: deduction = nil
    case .transferredOut:
      guard let period = event.period, let tax = event.tax else { return }
      deduction?.transfers.append(
        Transfer(
          on: event.on, period: period, tax: tax, redNo: event.otherNo, reason: event.reason))
    case .posted:
      guard let period = event.period, let voucher = event.voucher, let net = event.net,
        let tax = event.tax, let gross = event.gross
      else { return }
      posting = Posting(
        on: event.on, period: period, voucher: voucher, bookedOn: event.bookedOn ?? event.on,
        summary: event.reason, sums: InvoiceSums(net: net, tax: tax, gross: gross))
    case .unposted: posting = nil
    case .matched:
      guard let match = Self.match(event), !matches.contains(match) else { return }
      matches.append(match)
    case .unmatched: matches.removeAll { $0 == Self.match(event) }
    }
  }

  /// A list may be read after a newer one: what was said on the later day counts.
  private static func hear<Word: RawRepresentable<String>>(
    _ event: InvoiceEvent, _ said: inout Dated<Word>?
  ) {
    guard let word = event.code.flatMap(Word.init(rawValue:)) else { return }
    if let said, said.on > event.on { return }
    said = Dated(word: word, on: event.on)
  }

  private static func match(_ event: InvoiceEvent) -> Match? {
    guard let kind = event.code, let number = event.otherNo else { return nil }
    return Match(kind: kind, number: number)
  }
}
