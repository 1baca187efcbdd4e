import Shared

/// Takes files into the pool, one after the other.
final class PoolImport {
  /// What became of one file.
  struct Taken {
    enum Result: String, Sendable, CaseIterable {
      /// The first file of its invoice.
      case new
      /// The same bytes again, or the same money in another file of the same kind.
      case duplicate
      /// The same money in another kind of file.
      case carrier
      /// Other money under the same number: kept aside.
      case conflict
      /// Not taken in; nothing of it is stored.
      case rejected
    }

    var result: Result
    var number: String?
    var carrier: Carrier?
    /// Whether the invoice still waits for its original (待补).
    var isAwaiting = false
    /// Where the invoice, or these bytes, came from first.
    var first: InvoiceStore.Sighting?
    var voucher: String?
    var deductedPeriod: CivilMonth?
    /// The ids of the rules that found something in the file, now or when it came first.
    var rules: [String] = []
    /// What is to be told.
    var findings: [InvoiceFinding] = []
  }

  private let store: InvoiceStore
  private let events: InvoiceEventStore
  private let reader = InvoiceReader()
  private let setting: InvoiceSetting
  private let savepoint: SQLStatement
  private let release: SQLStatement
  private let rollBack: SQLStatement

  /// It may be used in one transaction after the other.
  init(_ db: BooksConnection, _ setting: InvoiceSetting) throws {
    store = try InvoiceStore(db)
    events = try InvoiceEventStore(db)
    self.setting = setting
    savepoint = try SQLStatement(db, "SAVEPOINT invoice_file")
    release = try SQLStatement(db, "RELEASE invoice_file")
    rollBack = try SQLStatement(db, "ROLLBACK TO invoice_file")
  }

  /// Takes files in, in their order and in a transaction of their own; of one that the schema refuses,
  /// nothing.
  func take(_ files: [IncomingFile], into books: Books) throws -> [Taken] {
    do {
      return try books.write { _ in
        try store.begin()
        return try files.map(taken)
      }
    } catch let error as any FailureConvertible where error.isOfOneFile {
      // Which one it is shows when each is taken by itself. It happens so rarely that savepoints,
      // for which every page is copied that is touched, are left out until then.
      return try books.write { _ in try takeEach(files) }
    }
  }

  /// Takes files in, in the transaction that is open.
  func takeEach(_ files: [IncomingFile]) throws -> [Taken] {
    try store.begin()
    return try files.map { file in
      do {
        return try whole { try taken(file) }
      } catch let error as any FailureConvertible where error.isOfOneFile {
        return .rejected([InvoiceFinding(refused: error)])
      }
    }
  }

  /// All that `body` writes, or nothing.
  private func whole<Result>(_ body: () throws -> Result) throws -> Result {
    let ids = store.ids
    try savepoint.run()
    do {
      let result = try body()
      try release.run()
      return result
    } catch let error as any FailureConvertible where error.isOfOneFile {
      try rollBack.run()
      try release.run()
      store.ids = ids
      throw error
    }
  }

  private func taken(_ incoming: IncomingFile) throws -> Taken {
    guard case .bytes(let bytes, let sha256) = incoming.content else {
      return .rejected(check(incoming).findings)
    }
    let (contentID, kept) = try store.kept(sha256)
    // Of a PDF the name says the number; another name may be another invoice.
    if let same = kept.first(where: { $0.carrier != .pdf }) { return try again(same) }
    let checked = check(incoming)
    guard let invoice = checked.invoice, !checked.findings.isRejecting else {
      return .rejected(checked.findings, checked.carrier, checked.invoice?.number.text)
    }
    if let same = kept.first(where: { $0.number == invoice.number.text }) {
      return try again(same)
    }
    let file = InvoiceStore.File(
      name: incoming.name, member: incoming.member, receivedOn: setting.asOf, sha256: sha256,
      bytes: bytes, contentID: contentID)
    if let known = try store.known(invoice.number) {
      return try another(file, of: known, invoice, checked.findings)
    }
    return try first(file, invoice, checked.findings)
  }

  /// Looks into a file unless that was done beforehand.
  private func check(_ file: IncomingFile) -> CheckedFile {
    file.checked ?? file.check(reader, setting)
  }

  /// The same bytes: nothing is added, not even an event.
  private func again(_ kept: InvoiceStore.Kept) throws -> Taken {
    var taken = Taken(result: .duplicate, number: kept.number, carrier: kept.carrier)
    taken.first = try store.sighting(ofFile: kept.fileID)
    taken.rules = try store.rules(ofFile: kept.fileID)
    try look(at: kept.invoiceID, &taken)
    return taken
  }

  private func first(
    _ file: InvoiceStore.File, _ invoice: Invoice, _ findings: [InvoiceFinding]
  ) throws -> Taken {
    let findings = try findings + reversedTooMuch(invoice)
    let (invoiceID, fileID) = try store.add(invoice, file, findings)
    try events.append(event(.received, fileID, invoice), to: invoiceID)
    var taken = Taken(
      result: .new, number: invoice.number.text, carrier: invoice.carrier,
      isAwaiting: invoice.carrier == .pdf)
    taken.say(findings)
    return taken
  }

  private func another(
    _ file: InvoiceStore.File, of known: InvoiceStore.Known, _ invoice: Invoice,
    _ found: [InvoiceFinding]
  ) throws -> Taken {
    let number = invoice.number.text
    var taken = Taken(result: .duplicate, number: number, carrier: invoice.carrier)
    taken.first = try store.firstSighting(ofInvoice: known.id)
    var findings = found
    let kind: InvoiceEvent.Kind
    if let ours = known.sums, let theirs = invoice.sums, ours != theirs {
      taken.result = .conflict
      kind = .conflict
      findings.append(.conflict(number, ours, theirs))
    } else {
      findings += InvoiceFinding.differences(invoice, known)
      let isBetter = invoice.carrier < known.carrier
      let isOther = try !store.hasFile(of: known.id, invoice.carrier)
      if isOther { taken.result = .carrier }
      kind = isBetter ? .completed : isOther ? .carrierSeen : .duplicateSeen
      if known.sums == nil { findings += try reversedTooMuch(invoice) }
    }
    let fileID = try store.add(file, of: known.id, invoice, taken.result.rawValue, findings)
    switch kind {
    case .completed: try store.update(known.id, by: invoice, fileID: fileID, .complete)
    case .carrierSeen: try store.update(known.id, by: invoice, fileID: fileID, .fill)
    default: break
    }
    try events.append(event(kind, fileID, invoice), to: known.id)
    try look(at: known.id, &taken)
    taken.say(findings)
    return taken
  }

  private func event(
    _ kind: InvoiceEvent.Kind, _ fileID: Int64, _ invoice: Invoice
  ) -> InvoiceEvent {
    InvoiceEvent(kind, on: setting.asOf, fileID: fileID, code: invoice.carrier.rawValue)
  }

  /// What was done with an invoice that is there.
  private func look(at invoiceID: Int64, _ taken: inout Taken) throws {
    let history = InvoiceHistory(
      try events.events(of: invoiceID, asOf: setting.asOf), asOf: setting.asOf)
    taken.voucher = history.posting?.voucher
    taken.deductedPeriod = history.deduction?.period
    taken.isAwaiting = history.carrier == .pdf
  }

  /// Whether reds take back more than their blue invoice is, whichever of them came last.
  private func reversedTooMuch(_ invoice: Invoice) throws -> [InvoiceFinding] {
    guard let sums = invoice.sums else { return [] }
    if !invoice.isRed {
      let reds = try store.reds(of: invoice.number.text)
      return reds.isEmpty
        ? [] : try RedWithinBlue.findings(blue: invoice.number, sums, reds: reds)
    }
    guard let blue = invoice.blueNumber, let known = try store.known(blue)?.sums else { return [] }
    return try RedWithinBlue.findings(
      blue: blue, known, reds: store.reds(of: blue.text) + [sums])
  }
}

extension PoolImport.Taken {
  static func rejected(
    _ findings: [InvoiceFinding], _ carrier: Carrier? = nil, _ number: String? = nil
  ) -> Self {
    var taken = Self(result: .rejected, number: number, carrier: carrier)
    taken.say(findings)
    return taken
  }

  fileprivate mutating func say(_ findings: [InvoiceFinding]) {
    self.findings = findings
    for finding in findings where !rules.contains(finding.rule) { rules.append(finding.rule) }
  }
}

extension FailureConvertible {
  /// Whether it is about the values of a file, so that the others may go on.
  fileprivate var isOfOneFile: Bool {
    (self as? BooksError)?.resultCode == .SQLITE_CONSTRAINT || asFailure.status == .badData
  }
}
