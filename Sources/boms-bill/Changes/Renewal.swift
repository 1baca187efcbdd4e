import Shared

/// 续签: a contract goes on as a new one, with its units, lines, prices and meters.
struct Renewal: ContractChange {
  static let columns = ChangeColumn.renew

  let contractNo: String
  let end: CivilDate
  /// Nil: the day after the old contract's last.
  var start: CivilDate?
  /// Nil: the next number.
  var newNo: String?
  var prices: [Int: Fixed] = [:]
  /// In percent, for lines of rent.
  var raise: Fixed?
  var signedOn: CivilDate?
  /// What the deposits are to sum to.
  var deposit: Money?
  let asOf: CivilDate

  func apply(_ db: BooksConnection, _ language: Language) throws -> ChangeOutcome {
    let old = try ContractStore(db, contractNo)
    let lease = try old.entry().lease
    if try old.records(Catalogue.contract).first?.text("status") == "draft" {
      throw ValueError(
        "renew.draft",
        Phrase("contract '\(contractNo)' is a draft", "合同“\(contractNo)”是草稿"),
        hint: Phrase("change its days with boms-import", "请用 boms-import 修改其日期"))
    }
    let start = try firstDay(lease)
    let renewed = try RenewedLease(
      of: lease, raise: raise, rentItems: Set(try old.items(ofKind: "rent")), prices: prices)
    for line in prices.keys.sorted() where !renewed.lines.contains(where: { $0.term.line == line })
    {
      throw ValueError(
        "renew.no-line",
        Phrase(
          "line \(line) of contract '\(contractNo)' does not go on",
          "合同“\(contractNo)”第 \(line) 行不在续签条款中"),
        hint: Phrase("see what goes on with --dry-run", "可用 --dry-run 查看续签条款"))
    }
    for line in renewed.lines where prices[line.term.line] != nil {
      guard line.term.method == .metered || line.term.method == .share else { continue }
      throw ValueError(
        "renew.no-price",
        Phrase(
          "line \(line.term.line) has no price of its own: its method is \(line.term.method.rawValue)",
          "第 \(line.term.line) 行没有单价，其计费方式为\(line.term.method == .metered ? "抄表" : "公摊")"),
        hint: Phrase(
          "a meter's price stands in its tariff", "抄表单价请在费率中维护"))
    }
    let deposits = try Deposits(old, lease)
    var increase = Money.zero
    if let deposit { increase = try max(deposit - deposits.held, .zero) }

    var outcome: ChangeOutcome
    let new: ContractStore
    if let there = try old.successor(from: start) {
      new = try ContractStore(db, there.contractNo)
      try requireSame(new, there.endOn, renewed, deposits, increase)
      outcome = ChangeOutcome(what: what(there.contractNo, start), isUnchanged: true)
      outcome.rows = try meters(lease, renewed, old, new, start, language)
      if outcome.rows.contains(where: { $0.kind == .meter }) { outcome.isUnchanged = false }
    } else {
      let rules = try ChangedRules(
        db, ["contract", "contract_unit", "charge_term", "meter_install"], contracts: [contractNo])
      let number = try newNo ?? ContractNumbers(db).next(property: lease.propertyNo, start: start)
      let warnings = try insertContract(number, start, old)
      new = try ContractStore(db, number)
      try insertRows(lease, renewed, old, new, start)
      if increase > .zero {
        _ = try OnceLines(store: new, day: start, asOf: start, mayBeThere: false)
          .add(item: try deposits.item(old), companyNo: deposits.companyNo, amount: increase)
      }
      outcome = ChangeOutcome(what: what(number, start))
      outcome.rows = try meters(lease, renewed, old, new, start, language)
      outcome.warnings = try warnings + rules.requireKept(contract: number)
    }
    outcome.bills = try bill(new.contractNo, db)
    outcome.rows = try terms(lease, renewed, new) + outcome.rows
    outcome.rows += notCopied(lease, renewed, new.contractNo, language)
    outcome.rows += try new.newRows(outcome.bills.posted)
    outcome.rows += try firstCharges(new, db, language)
    outcome.rows += deposits.rows
    let held = deposits.held.grouped
    outcome.notes.append(Phrase("deposits charged so far \(held)", "此前已计押金 \(held)"))
    return outcome
  }

  private func what(_ number: String, _ start: CivilDate) -> Phrase {
    Phrase(
      "contract '\(contractNo)' goes on as '\(number)' from \(start) to \(end)",
      "合同“\(contractNo)”续签为“\(number)”，\(start) 至 \(end)")
  }

  // MARK: What is asked first

  private func firstDay(_ lease: Lease) throws -> CivilDate {
    let start = start ?? lease.lastDay.next
    if start <= lease.lastDay {
      throw ValueError(
        "renew.start",
        Phrase(
          "contract '\(contractNo)' lasts to \(lease.lastDay): it cannot go on from \(start)",
          "合同“\(contractNo)”至 \(lease.lastDay)，不能自 \(start) 续签"),
        hint: Phrase(
          "end it first with 'boms-bill terminate'", "请先用 'boms-bill terminate' 提前终止"))
    }
    if end < start {
      throw ValueError(
        "renew.end",
        Phrase("it would end on \(end), before it begins on \(start)", "结束日 \(end) 早于开始日 \(start)"),
        hint: Phrase("correct --end", "请更正 --end"))
    }
    return start
  }

  /// A second renewal of the same kind changes nothing; another one is refused.
  private func requireSame(
    _ new: ContractStore, _ endOn: CivilDate, _ renewed: RenewedLease, _ deposits: Deposits,
    _ increase: Money
  ) throws {
    let terms = try new.entry().lease.terms
    let isSame =
      endOn == end && newNo ?? new.contractNo == new.contractNo
      && renewed.lines.allSatisfy { line in
        terms.contains { $0.line == line.term.line && $0.price == line.price }
      }
      && (increase == .zero
        || terms.contains {
          $0.method == .once && $0.price?.millionths == increase.fen * (Fixed.one / 100)
        })
    if isSame { return }
    throw ValueError(
      "renew.renewed",
      Phrase(
        "contract '\(contractNo)' goes on as '\(new.contractNo)' to \(endOn) already, with other "
          + "terms",
        "合同“\(contractNo)”已续签为“\(new.contractNo)”（至 \(endOn)），条款不同"),
      hint: Phrase(
        "change that one: 'boms-bill amend', or boms-import",
        "请修改该合同：'boms-bill amend' 或 boms-import"))
  }

  // MARK: The new rows

  private func insertContract(
    _ number: String, _ start: CivilDate, _ old: ContractStore
  ) throws -> [Phrase] {
    if try old.isKnown(contract: number) {
      throw ValueError(
        "renew.no-taken",
        Phrase("contract '\(number)' exists already", "合同“\(number)”已存在"),
        hint: Phrase("give another number with --no", "请用 --no 指定其他编号"))
    }
    let records = try old.records(Catalogue.contract)
    guard let record = records.first else { return [] }
    for field in ["signed_on", "handover_on", "terminated_on", "note"] { record.clear(field) }
    record.set("contract_no", number)
    record.set("start_on", start)
    record.set("end_on", end)
    record.set("previous_contract_no", contractNo)
    record.set("status", "signed")
    if let signedOn { record.set("signed_on", signedOn) }
    return try old.insert(record).map(\.message)
  }

  private func insertRows(
    _ lease: Lease, _ renewed: RenewedLease, _ old: ContractStore,
    _ new: ContractStore, _ start: CivilDate
  ) throws {
    for unit in renewed.units {
      let record = Record(Catalogue.contractUnit)
      record.set("contract_no", new.contractNo)
      record.set("unit_no", unit.unitNo)
      record.set("from_on", start)
      record.set("area_m2", unit.area.millionths)
      try old.insert(record)
    }
    let records = try old.records(Catalogue.chargeTerm)
    for line in renewed.lines {
      guard let record = records.first(where: { $0.number("line") == Int64(line.term.line) })
      else { continue }
      record.set("contract_no", new.contractNo)
      if !line.unitNos.isEmpty { record.set("unit_no", line.unitNos.joined(separator: ";")) }
      if let price = line.price { record.set("price", price.millionths) }
      for field in ["from_on", "to_on", "first_due_on"] { record.clear(field) }
      try old.insert(record)
      if line.term.method == .turnover {
        try old.copyTiers(
          of: line.term.line, on: lease.lastDay, to: new.contractNo, line.term.line, from: start)
      }
    }
  }

  /// Meters whose reading of the last day is known go over to the new contract; of the others it is
  /// said that they wait.
  private func meters(
    _ lease: Lease, _ renewed: RenewedLease, _ old: ContractStore,
    _ new: ContractStore, _ start: CivilDate, _ language: Language
  ) throws -> [ChangeRow] {
    let zh = language == .zh
    let there = try new.entry().lease.installs
    var rows: [ChangeRow] = []
    for install in renewed.installs.sorted(by: { $0.isBefore($1) })
    where !there.contains(where: {
      $0.meterNo == install.meterNo && $0.register == install.register
    }) {
      guard let reading = lease.reading(of: install, on: lease.lastDay) else {
        var row = ChangeRow(new.contractNo, .missingReading, install)
        let last = lease.lastReading(of: install, by: lease.lastDay)
        (row.from, row.to) = (last.readOn?.next ?? install.fromOn, lease.lastDay)
        row.reading = last.value
        row.explain =
          zh
          ? "缺 \(lease.lastDay) 读数，补录后再次执行本命令"
          : "a reading of \(lease.lastDay) is missing; with it, give this command again"
        rows.append(row)
        continue
      }
      try old.closeInstall(install, on: lease.lastDay, at: reading)
      try old.reopen(install, in: new.contractNo, line: install.line, from: start, at: reading)
      var row = ChangeRow(new.contractNo, .meter, install)
      row.from = start
      row.reading = reading
      row.explain =
        zh
        ? "原合同止码与新合同起码 \(reading)"
        : "closes the old contract and opens the new one at \(reading)"
      rows.append(row)
    }
    return rows
  }

  // MARK: What there is to say

  private func terms(
    _ lease: Lease, _ renewed: RenewedLease, _ new: ContractStore
  ) throws -> [ChangeRow] {
    let now = try new.entry().lease
    var rows = now.units.map { unit in
      var row = ChangeRow(new.contractNo, .unit)
      row.unitNo = unit.unitNo
      (row.from, row.to) = (unit.fromOn, unit.toOn ?? now.lastDay)
      row.explain = "\(unit.area.grouped(atLeast: 2)) m²"
      return row
    }
    for term in now.terms {
      var row = ChangeRow(new.contractNo, .term)
      row.line = term.line
      row.item = term.item
      row.method = term.method
      row.unitNo = term.unitNos.isEmpty ? nil : term.unitNos.joined(separator: ";")
      let days = now.days(of: term)
      (row.from, row.to) = (term.on ?? days?.from, term.on ?? days?.to)
      row.oldPrice = renewed.lines.first { $0.term.line == term.line }?.oldPrice
      row.price = term.price
      row.per = term.price == nil ? nil : term.per
      rows.append(row)
    }
    return rows
  }

  private func notCopied(
    _ lease: Lease, _ renewed: RenewedLease, _ number: String, _ language: Language
  ) -> [ChangeRow] {
    let zh = language == .zh
    var rows = renewed.withoutUnits.map { term in
      var row = ChangeRow(number, .notCopied)
      (row.line, row.item, row.method) = (term.line, term.item, term.method)
      row.unitNo = term.unitNos.joined(separator: ";")
      row.explain = zh ? "所列铺位已退出" : "its units are gone"
      return row
    }
    for step in renewed.lostSteps {
      var row = ChangeRow(number, .notCopied)
      row.line = step.line
      row.item = lease.terms.first { $0.line == step.line }?.item
      row.from = step.fromOn
      row.price = step.price
      row.explain = zh ? "到期日之后的调价" : "a price step after the last day"
      rows.append(row)
    }
    return rows
  }

  /// Of each line the first charge that is still to be billed.
  private func firstCharges(
    _ new: ContractStore, _ db: BooksConnection, _ language: Language
  ) throws -> [ChangeRow] {
    let entry = try new.entry()
    let recorded = Set(entry.recorded.map(\.source))
    // The first period of the longest cycle is billed by then.
    let scope = Billing.Scope(asOf: entry.lease.startOn.adding(months: 26))
    var seen: Set<Int> = []
    return try Billing(
      entry.lease, taxes: try TaxTable(db), billingFrom: entry.billingFrom
    ).charges(scope).charges.compactMap { charge in
      guard let line = charge.line, !recorded.contains(charge.source), charge.billOn > asOf,
        seen.insert(line).inserted
      else { return nil }
      return ChangeRow(new.contractNo, .first, charge, language)
    }
  }
}

/// What deposits a contract was charged, with those of the contracts that it follows.
private struct Deposits {
  let rows: [ChangeRow]
  let held: Money
  /// Of the contract's own deposit line.
  let companyNo: String?
  private let lineItem: String?
  private let items: [String]

  init(_ store: ContractStore, _ lease: Lease) throws {
    rows = try store.chain().flatMap { try ContractStore(store.db, $0).deposits() }
    held = try rows.reduce(Money.zero) { try $0 + ($1.amounts?.amount ?? .zero) }
    items = try store.items(ofKind: "deposit")
    let items = items
    let term = lease.terms.first { items.contains($0.item) }
    companyNo = term?.companyNo
    lineItem = term?.item ?? rows.first?.item
  }

  func item(_ store: ContractStore) throws -> String {
    if let lineItem { return lineItem }
    if items.count == 1 { return items[0] }
    throw ValueError(
      "renew.deposit-item",
      Phrase(
        "contract '\(store.contractNo)' has no deposit, and there "
          + (items.isEmpty
            ? "is no fee item of kind deposit" : "are several fee items of kind deposit"),
        "合同“\(store.contractNo)”没有押金条款，且押金类收费项目\(items.isEmpty ? "不存在" : "不止一个")"),
      hint: Phrase(
        "add a line of method once with boms-import", "请用 boms-import 增加一条一次性条款"))
  }
}
