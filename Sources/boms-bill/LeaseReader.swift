import Shared

/// Reads a contract of the filter: one JSON object with its units, terms, price steps and rent-free
/// spans. Fields, types and rules are those of the registers; what is absent takes its default.
final class LeaseReader {
  /// Why a line is not a contract that can be computed.
  typealias Problem = ObjectReader.Problem
  private typealias Section = ObjectReader

  /// What the contract read last has and no term of it uses: the sections and the lines.
  private(set) var unused: [(section: String, lines: [Int])] = []

  /// Keys that no section knows, so that a slip of the pen is noticed.
  private(set) var unknownKeys: Set<String> = []

  private let contract = Section(Catalogue.contract)
  private let unit = Section(Catalogue.contractUnit)
  private let term = Section(Catalogue.chargeTerm)
  private let step = Section(Catalogue.priceStep)
  private let span = Section(Catalogue.rentFree)
  private let report = Section(Catalogue.turnover)
  private let tier = Section(Catalogue.turnoverTier)
  /// An install with the digits of its meter.
  private let install = Section(
    Register(
      Catalogue.meterInstall.name, Catalogue.meterInstall.zh, Catalogue.meterInstall.summary,
      fields: Catalogue.meterInstall.fields + Catalogue.meter.fields.filter { $0.name == "digits" },
      rules: Catalogue.meterInstall.rules))
  private let band = Section(Catalogue.tariff)
  private let reading = Section(Catalogue.reading)
  /// The arrays that a contract may have.
  private static let sections: Set<String> = [
    "units", "terms", "price_steps", "rent_free", "turnovers", "turnover_tiers", "meters",
    "tariffs", "readings",
  ]

  func lease(_ node: JSONNode) throws -> Lease {
    let record = try read(node, contract, isRoot: true)
    guard let start = record.date("start_on"), let end = record.date("end_on") else {
      throw missing(record.has("start_on") ? "end_on" : "start_on")
    }
    guard let contractNo = record.text("contract_no") else { throw missing("contract_no") }
    var lease = Lease(startOn: start, endOn: end)
    lease.contractNo = contractNo
    lease.tenantNo = record.text("tenant_no") ?? ""
    lease.handoverOn = record.date("handover_on")
    lease.terminatedOn = record.date("terminated_on")
    lease.isSigned = (record.text("status") ?? "signed") == "signed"
    try node.forEachMember { (key, value) throws -> Void in
      switch String(decoding: key, as: UTF8.self) {
      case "units": try value.forEachElement { lease.units.append(try self.unit($0)) }
      case "terms": try value.forEachElement { lease.terms.append(try self.term($0)) }
      case "price_steps":
        try value.forEachElement { lease.priceSteps.append(try self.priceStep($0)) }
      case "rent_free": try value.forEachElement { lease.rentFree.append(try self.rentFree($0)) }
      case "turnovers":
        try value.forEachElement { lease.turnovers.append(try self.turnover($0)) }
      case "turnover_tiers":
        try value.forEachElement { lease.turnoverTiers.append(try self.turnoverTier($0)) }
      case "meters": try value.forEachElement { lease.installs.append(try self.install($0)) }
      case "tariffs": try value.forEachElement { try self.tariff($0, into: &lease.tariffs) }
      case "readings": try value.forEachElement { lease.readings.append(try self.reading($0)) }
      default: break
      }
    }
    try giveReportsTheirLines(&lease)
    passOverUnused(&lease)
    try check(lease)
    // Charges come in the order of the lines, whatever that of the input.
    lease.terms.sort { $0.line < $1.line }
    return lease
  }

  // MARK: Parts

  private func unit(_ node: JSONNode) throws -> LeaseUnit {
    let record = try read(node, unit)
    guard let unitNo = record.text("unit_no") else { throw missing("units.unit_no") }
    guard let area = record.fixed("area_m2") else { throw missing("units.area_m2") }
    return LeaseUnit(
      unitNo: unitNo, area: area, fromOn: record.date("from_on"), toOn: record.date("to_on"))
  }

  private func term(_ node: JSONNode) throws -> LeaseTerm {
    let record = try read(node, term)
    for field in ["line", "item", "method"] where !record.has(field) {
      throw missing("terms.\(field)")
    }
    return try LeaseTerm(record)
  }

  private func priceStep(_ node: JSONNode) throws -> PriceStep {
    let record = try read(node, step)
    guard let line = record.number("line") else { throw missing("price_steps.line") }
    guard let from = record.date("from_on") else { throw missing("price_steps.from_on") }
    guard let price = record.fixed("price") else { throw missing("price_steps.price") }
    return PriceStep(line: Int(line), fromOn: from, price: price)
  }

  private func rentFree(_ node: JSONNode) throws -> RentFree {
    let record = try read(node, span)
    guard let from = record.date("from_on") else { throw missing("rent_free.from_on") }
    guard let to = record.date("to_on") else { throw missing("rent_free.to_on") }
    return RentFree(
      item: record.text("item") ?? "rent", days: Period(from, to),
      percent: record.fixed("percent") ?? .hundred, keepsTurnover: record.flag("turnover") ?? false)
  }

  /// Line 0 where the report names none.
  private func turnover(_ node: JSONNode) throws -> TurnoverReport {
    let record = try read(node, report)
    guard let month = record.month("month") else { throw missing("turnovers.month") }
    guard let amount = record.money("amount") else { throw missing("turnovers.amount") }
    return TurnoverReport(
      line: Int(record.number("line") ?? 0), month: month, amount: amount,
      reportedOn: record.date("reported_on"))
  }

  private func turnoverTier(_ node: JSONNode) throws -> TurnoverTier {
    let record = try read(node, tier)
    guard let line = record.number("line") else { throw missing("turnover_tiers.line") }
    guard let from = record.date("from_on") else { throw missing("turnover_tiers.from_on") }
    guard let sales = record.money("sales_from") else { throw missing("turnover_tiers.sales_from") }
    guard let percent = record.fixed("percent") else { throw missing("turnover_tiers.percent") }
    return TurnoverTier(line: Int(line), fromOn: from, salesFrom: sales, percent: percent)
  }

  private func install(_ node: JSONNode) throws -> MeterInstall {
    let record = try read(node, install)
    guard let meterNo = record.text("meter_no") else { throw missing("meters.meter_no") }
    guard let line = record.number("line") else { throw missing("meters.line") }
    guard let tariffNo = record.text("tariff_no") else { throw missing("meters.tariff_no") }
    guard let from = record.date("from_on") else { throw missing("meters.from_on") }
    guard let open = record.fixed("open_reading") else { throw missing("meters.open_reading") }
    return MeterInstall(
      meterNo: meterNo, register: record.meterRegister, line: Int(line),
      multiplier: record.fixed("multiplier") ?? Fixed(millionths: Fixed.one),
      digits: record.number("digits").map { Int($0) }, tariffNo: tariffNo, fromOn: from,
      openReading: open, toOn: record.date("to_on"), closeReading: record.fixed("close_reading"))
  }

  private func tariff(_ node: JSONNode, into tariffs: inout Tariffs) throws {
    let record = try read(node, band)
    guard let tariffNo = record.text("tariff_no") else { throw missing("tariffs.tariff_no") }
    guard let from = record.date("from_on") else { throw missing("tariffs.from_on") }
    guard let price = record.fixed("price") else { throw missing("tariffs.price") }
    tariffs.add(
      TariffBand(
        fromOn: from, register: record.meterRegister, tierFrom: record.fixed("tier_from") ?? .zero,
        price: price, isByYear: record.text("tier_basis") == "year"), to: tariffNo)
  }

  private func reading(_ node: JSONNode) throws -> MeterReading {
    let record = try read(node, reading)
    guard let meterNo = record.text("meter_no") else { throw missing("readings.meter_no") }
    guard let day = record.date("read_on") else { throw missing("readings.read_on") }
    guard let value = record.fixed("value") else { throw missing("readings.value") }
    return MeterReading(
      meterNo: meterNo, register: record.meterRegister, readOn: day, value: value)
  }

  /// A report without a line is that of the only turnover term.
  private func giveReportsTheirLines(_ lease: inout Lease) throws {
    if lease.turnovers.isEmpty { return }
    let lines = lease.terms.lazy.filter { $0.method == .turnover }.map(\.line)
    for index in lease.turnovers.indices {
      let report = lease.turnovers[index]
      if report.line == 0 {
        if lines.isEmpty { continue }
        guard lines.count == 1, let line = lines.first else {
          throw Problem(
            "turnover.line", field: "turnovers.line", value: "\(report.month)",
            Phrase(
              "a report without a line needs one turnover term, the contract has \(lines.count)",
              "营业额未填行号时合同须有且仅有一条提成条款，现有 \(lines.count) 条"),
            hint: Phrase("give the line", "请填写行号"))
        }
        lease.turnovers[index].line = line
      }
      let line = lease.turnovers[index].line
      if lease.turnovers[..<index].contains(where: { $0.line == line && $0.month == report.month })
      {
        throw Problem(
          "turnover.duplicate-key", field: "turnovers.month", value: "\(report.month)",
          Phrase("two reports of one month", "同一月份有两条营业额"))
      }
    }
  }

  /// Facts of lines whose method does not use them are left out, and noted.
  private func passOverUnused(_ lease: inout Lease) {
    unused = []
    func lines(_ method: LeaseTerm.Method) -> Set<Int> {
      Set(lease.terms.lazy.filter { $0.method == method }.map(\.line))
    }
    let turnover = lines(.turnover)
    let metered = lines(.metered)
    func note(_ section: String, _ left: some Sequence<Int>) {
      let left = Set(left).sorted()
      if !left.isEmpty { unused.append((section, left)) }
    }
    note("turnovers", lease.turnovers.map(\.line).filter { !turnover.contains($0) })
    note("turnover_tiers", lease.turnoverTiers.map(\.line).filter { !turnover.contains($0) })
    note("meters", lease.installs.map(\.line).filter { !metered.contains($0) })
    lease.turnovers.removeAll { !turnover.contains($0.line) }
    lease.turnoverTiers.removeAll { !turnover.contains($0.line) }
    lease.installs.removeAll { !metered.contains($0.line) }
  }

  /// What no part can see by itself.
  private func check(_ lease: Lease) throws {
    for (index, term) in lease.terms.enumerated() {
      if lease.terms[..<index].contains(where: { $0.line == term.line }) {
        throw Problem(
          "charge_term.duplicate-key", field: "terms.line", value: "\(term.line)",
          Phrase("two terms have the same line", "两个条款的行号相同"))
      }
      if term.escalatePercent != nil, lease.priceSteps.contains(where: { $0.line == term.line }) {
        throw Problem(
          "charge_term.escalation-and-steps", field: "terms.escalate_percent",
          value: "\(term.line)",
          Phrase("a term has both escalation and price steps", "条款既有递增又有调价"),
          hint: Phrase("keep one of the two", "请只保留其一"))
      }
    }
  }

  private func missing(_ field: String) -> Problem { .missing(field) }

  private func read(_ node: JSONNode, _ section: Section, isRoot: Bool = false) throws -> Record {
    try section.read(
      node, arrays: isRoot ? LeaseReader.sections : [], unknown: &unknownKeys
    ) { record in
      // A register asks which guarantee is meant; the filter takes it for the whole one.
      if let basis = record.register.index(of: "guarantee_basis"), !record.has("guarantee_basis"),
        record.text("method") == "turnover", record.has("price")
      {
        record.set(basis, text: "fixed")
      }
    }
  }
}

extension LeaseTerm {
  /// From a record of `charge_term` that satisfies its rules.
  init(_ record: Record) throws {
    func word<Word: RawRepresentable>(_ field: String) throws -> Word?
    where Word.RawValue == String {
      guard let text = record.text(field) else { return nil }
      return Word(rawValue: text)
    }
    guard let method: Method = try word("method") else {
      throw LeaseReader.Problem("value.required", field: "method", Phrase("no method", "缺少计费方式"))
    }
    self.init(
      line: Int(record.number("line") ?? 0), item: record.text("item") ?? "", method: method)
    unitNos = record.text("unit_no")?.split(separator: ";").map(String.init) ?? []
    companyNo = record.text("company_no")
    price = record.fixed("price")
    per = try word("per")
    cycleMonths = Int(record.number("cycle_months") ?? 1)
    anchor = try word("anchor") ?? .calendar
    timing = try word("timing") ?? .advance
    dueDay = record.number("due_day").map { Int($0) }
    dueMonth = try word("due_month")
    dueDays = record.number("due_days").map { Int($0) }
    firstDueOn = record.date("first_due_on")
    leadDays = Int(record.number("lead_days") ?? 0)
    proration = try word("proration") ?? .actual
    escalatePercent = record.fixed("escalate_percent")
    escalateMonths = record.number("escalate_months").map { Int($0) }
    pricePlaces = Int(record.number("price_places") ?? 2)
    taxRate = record.fixed("tax_rate")
    taxIncluded = record.flag("tax_included") ?? true
    rounding = try word("rounding") ?? .fen
    fromOn = record.date("from_on")
    toOn = record.date("to_on")
    on = record.date("on")
    isGuaranteePerArea = record.text("guarantee_basis") == "area"
    percent = record.fixed("percent")
    settlesYear = record.text("true_up") == "year"
  }
}

extension Record {
  fileprivate func money(_ field: String) -> Money? { number(field).map { Money(fen: $0) } }

  fileprivate func month(_ field: String) -> CivilMonth? {
    text(field).flatMap { CivilDate(iso: $0 + "-01")?.month }
  }

  fileprivate var meterRegister: MeterRegister {
    text("register").flatMap(MeterRegister.init(rawValue:)) ?? .total
  }
}
