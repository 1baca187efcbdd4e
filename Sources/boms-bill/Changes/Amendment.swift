import Shared

/// 变更条款: a line is closed, and another carries it on from a day on with some fields changed.
struct Amendment: ContractChange {
  static let columns = ChangeColumn.amend

  /// A field and what it is to be, as a user writes it; nothing: empty, or its default.
  struct Setting: Equatable {
    var field: String
    var value: String
  }

  let contractNo: String
  let line: Int
  /// The new line's first day.
  let from: CivilDate
  let settings: [Setting]
  let asOf: CivilDate

  private static let register = Catalogue.chargeTerm
  /// What is set otherwise than by a setting.
  private static let fixed: Set = ["contract_no", "line", "from_on"]

  /// The field that a name or a Chinese heading means, if it may be set.
  static func field(_ name: String) -> Field? {
    register.fields.first {
      ($0.name == name || $0.zh == name) && !fixed.contains($0.name)
    }
  }

  func apply(_ db: BooksConnection, _ language: Language) throws -> ChangeOutcome {
    let store = try ContractStore(db, contractNo)
    let lease = try store.entry().lease
    try requireSigned(lease, "amend.not-signed")
    guard let term = lease.terms.first(where: { $0.line == line }) else {
      throw Failure(
        .noInput,
        Phrase(
          "contract '\(contractNo)' has no line \(line)", "合同“\(contractNo)”没有第 \(line) 行"),
        hint: Phrase(
          "'boms-export charge_term --where contract_no=\(contractNo)' lists them",
          "可用 'boms-export charge_term --where contract_no=\(contractNo)' 查看"))
    }
    let there = try amended(term, lease, store)
    let number: Int
    var outcome = ChangeOutcome(what: Phrase("", ""))
    if let there {
      number = there
      outcome.isUnchanged = true
    } else {
      let split = try TermSplit(term, in: lease, at: from)
      try requireEscalation(term, split)
      number = try store.nextLine()
      let rules = try ChangedRules(
        db, ["charge_term", "price_step", "meter_install"], contracts: [contractNo])
      let new = try changed(try record(line, store), price: split.price)
      new.set("line", Int64(number))
      try store.closeLine(line, on: split.before.to)
      let warnings = try store.insert(new)
      try askFirstPeriodNow(number, store, db)
      try carryOn(term, as: new.text("method") ?? "", in: lease, number, store)
      outcome.warnings = try rules.requireKept()
      outcome.warnings += warnings.filter { warning in
        settings.contains { $0.field == warning.field }
      }.map(\.message)
    }
    outcome.what = Phrase(
      "line \(line) of contract '\(contractNo)' ends on \(from.previous), line \(number) goes on",
      "合同“\(contractNo)”第 \(line) 行止于 \(from.previous)，由第 \(number) 行接续")
    outcome.bills = try bill(contractNo, db)
    let billed = try store.newRows(outcome.bills.posted)
    if billed.contains(where: {
      $0.kind == .charge && $0.line == number && $0.dueOn.map { $0 < asOf } ?? false
    }) {
      outcome.warnings.append(
        Phrase(
          "line \(number) charges anew what was due before \(asOf), and late fees count from then",
          "第 \(number) 行重新计收 \(asOf) 之前到期的费用，违约金自原应收日起算"))
    }
    outcome.rows = try said(number, store, language) + billed
    return outcome
  }

  /// Whether a setting names the field.
  private func isSet(_ field: String) -> Bool { settings.contains { $0.field == field } }

  // MARK: The new line

  /// A first period that fell due before the day of the change is due on that day: nobody is late
  /// with what was never asked for. Periods after it keep their days.
  private func askFirstPeriodNow(
    _ number: Int, _ store: ContractStore, _ db: BooksConnection
  ) throws {
    if isSet("first_due_on") { return }
    let entry = try store.entry()
    var lease = entry.lease
    lease.terms.removeAll { $0.line != number || $0.method == .metered || $0.method == .share }
    lease.openings = []
    let scope = Billing.Scope(asOf: lease.startOn, recordedThrough: ["L\(number)": from])
    let first = try Billing(lease, taxes: try TaxTable(db), billingFrom: entry.billingFrom)
      .charges(scope).charges.first { $0.kind == .base && $0.period.from == from }
    if let first, first.dueOn < asOf { try store.setFirstDue(ofLine: number, asOf) }
  }

  private func record(_ line: Int, _ store: ContractStore) throws -> Record {
    let records = try store.records(Amendment.register)
    return records.first { $0.number("line") == Int64(line) } ?? Record(Amendment.register)
  }

  /// The record of the new line, made of the old one's.
  /// - Throws: what a field's parser throws.
  private func changed(_ record: Record, price: Fixed?) throws -> Record {
    record.set("from_on", from)
    // It is the due day of the line's first period, which has passed.
    record.clear("first_due_on")
    if let price { record.set("price", price.millionths) }
    let parser = FieldParser(Amendment.register)
    for setting in settings {
      guard let index = Amendment.register.index(of: setting.field) else { continue }
      var value = setting.value
      do {
        try value.withUTF8 { try parser.parse($0, into: record, at: index) }
      } catch let error as ValueError {
        throw ValueError(
          error.rule,
          Phrase(
            "\(setting.field): \(error.message.en)",
            "\(Amendment.register.fields[index].zh)：\(error.message.zh)"), hint: error.hint)
      }
      if record.slots[index] == .empty, Amendment.register.fields[index].mustBeGiven {
        throw ValueError(
          "value.required",
          Phrase(
            "'\(setting.field)' has no value", "“\(Amendment.register.fields[index].zh)”没有填写"),
          hint: Phrase("every row needs one", "每行都必须填写"))
      }
    }
    return record
  }

  /// Escalation counts from a line's first day. Where that would not go on as it did, the user says
  /// what is meant.
  private func requireEscalation(_ term: LeaseTerm, _ split: TermSplit) throws {
    if isSet("escalate_percent") || isSet("escalate_months") || split.keepsEscalation { return }
    let months = term.escalateMonths ?? 0
    throw ValueError(
      "amend.escalation",
      Phrase(
        "line \(line) escalates every \(months) months from its first day, and \(from) is no such "
          + "day: it would count anew",
        "第 \(line) 行自首日起每 \(months) 个月递增，\(from) 不是递增日，将重新起算"),
      hint: Phrase(
        "say so with --set escalate_months=\(months), or end it with --set escalate_percent= "
          + "--set escalate_months=",
        "确需重新起算请加 --set escalate_months=\(months)；取消递增请加 --set escalate_percent= "
          + "--set escalate_months="))
  }

  /// What hangs on the line goes with the days: price steps, turnover tiers and reports, meters.
  private func carryOn(
    _ term: LeaseTerm, as method: String, in lease: Lease, _ number: Int,
    _ store: ContractStore
  ) throws {
    if ["fixed", "area", "turnover"].contains(method) {
      try store.moveRows(of: "price_step", after: from, from: line, to: number)
    }
    if term.method == .turnover && method == "turnover" {
      try store.copyTiers(of: line, on: from, to: contractNo, number, from: from)
      try store.moveRows(of: "turnover_tier", after: from, from: line, to: number)
      try store.copyReports(of: line, from: from, to: number)
    }
    guard term.method == .metered else { return }
    let installs = lease.installs.filter { install in
      install.line == line && install.fromOn < from && (install.toOn.map { $0 >= from } ?? true)
    }
    var readings: [(MeterInstall, Fixed)] = []
    for install in installs.sorted(by: { $0.isBefore($1) }) {
      guard let reading = lease.reading(of: install, on: from.previous) else {
        throw ValueError(
          "amend.no-reading",
          Phrase(
            "meter '\(install.meterNo)' (\(install.register.rawValue)) of line \(line) has no "
              + "reading of \(from.previous)",
            "第 \(line) 行的表“\(install.meterNo)”（\(install.register.zh)）没有 \(from.previous) 的读数"),
          hint: Phrase(
            "import the reading first, or give the day after one", "请先录入读数，或改为抄表日的次日"))
      }
      readings.append((install, reading))
    }
    for (install, reading) in readings {
      try store.closeInstall(install, on: from.previous, at: reading)
      if method == "metered" {
        try store.reopen(install, in: contractNo, line: number, from: from, at: reading)
      }
    }
    if method == "metered" {
      try store.moveRows(of: "meter_install", after: from.previous, from: line, to: number)
    }
  }

  /// The line that a change of the same kind has made already.
  private func amended(
    _ term: LeaseTerm, _ lease: Lease, _ store: ContractStore
  ) throws -> Int? {
    guard term.toOn == from.previous, term.method != .once else { return nil }
    var open = term
    open.toOn = nil
    let wanted = try changed(
      try record(line, store), price: try lease.price(of: open, on: from))
    // What the old line's last day was is not known any more; the first due day is that of the
    // change.
    let unknown = ["to_on", "first_due_on"].filter { !isSet($0) }
    for other in try store.records(Amendment.register) where other.date("from_on") == from {
      let isSame = Amendment.register.fields.allSatisfy { field in
        field.name == "line" || unknown.contains(field.name)
          || other.shown(field.name) == wanted.shown(field.name)
      }
      if isSame { return other.number("line").map { Int($0) } }
    }
    return nil
  }

  // MARK: What there is to say

  private func said(
    _ number: Int, _ store: ContractStore, _ language: Language
  ) throws -> [ChangeRow] {
    let zh = language == .zh
    let lease = try store.entry().lease
    let (old, new) = (try record(line, store), try record(number, store))
    var rows: [ChangeRow] = []
    for (kind, its) in [(ChangeRow.Kind.closed, line), (.opened, number)] {
      guard let term = lease.terms.first(where: { $0.line == its }) else { continue }
      var row = ChangeRow(contractNo, kind)
      row.line = its
      row.item = term.item
      row.method = term.method
      let days = lease.days(of: term)
      (row.from, row.to) = (days?.from, days?.to)
      row.price = term.price
      row.per = term.price == nil ? nil : term.per
      if kind == .opened {
        row.oldPrice = try lease.terms.first { $0.line == line }
          .flatMap { try lease.price(of: $0, on: from.previous) }
        row.explain = settings.map { setting in
          let field = Amendment.field(setting.field)
          let name = zh ? field?.zh ?? setting.field : setting.field
          let (was, now) = (old.shown(setting.field), new.shown(setting.field))
          return "\(name) \(was.isEmpty ? "–" : was) → \(now.isEmpty ? "–" : now)"
        }.joined(separator: zh ? "；" : "; ")
      }
      rows.append(row)
    }
    for step in lease.priceSteps where step.line == number {
      var row = ChangeRow(contractNo, .priceStep)
      row.line = number
      row.from = step.fromOn
      row.price = step.price
      row.explain = zh ? "自第 \(line) 行移来" : "moved from line \(line)"
      rows.append(row)
    }
    for install in lease.installs.sorted(by: { $0.isBefore($1) }) where install.line == number {
      var row = ChangeRow(contractNo, .meter, install)
      (row.from, row.to) = (install.fromOn, install.toOn)
      row.reading = install.openReading
      rows.append(row)
    }
    return rows
  }
}
