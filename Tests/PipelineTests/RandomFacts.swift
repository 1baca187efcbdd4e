import Shared
import TestSupport

/// A property made by chance, and what happens in it: what has to be remembered of the facts, so
/// that the next change makes sense.
final class RandomFacts {
  struct Contract {
    var number: String
    var tenant: String
    var start: CivilDate
    var end: CivilDate
    var terminated: CivilDate?
    var hasTurnover = false
    /// Unit and first day.
    var units: [(unitNo: String, from: CivilDate)] = []

    var lastDay: CivilDate { min(end, terminated ?? end) }
  }

  struct Install {
    var from: CivilDate
    var to: CivilDate?
    /// In tenths, by register.
    var open: [String: Int]
    var close: [String: Int]?
  }

  /// A meter of line 5 of a contract.
  struct Meter {
    var number: String
    var contract: Int
    var tariff: String
    var registers: [String]
    var installs: [Install]
    /// In tenths, by register and day.
    var readings: [String: [CivilDate: Int]] = [:]
    /// Days whose reading somebody found right.
    var accepted: Set<CivilDate> = []
  }

  struct Pool: Hashable {
    var number: String
    var month: CivilMonth
  }

  let workspace: Workspace
  var random: Seeded
  var today: CivilDate = "2026-01-01"
  var contracts: [Contract] = []
  var meters: [Meter] = []
  var pools: [Pool] = []
  /// What each contract owed when the books began, by item and due day.
  var openings: [String: Int64] = [:]
  /// How many days after the month the line of a contract that bears shares is billed.
  var shareDays: [String: Int] = [:]

  init(_ workspace: Workspace, seed: UInt64) throws {
    self.workspace = workspace
    random = Seeded(seed)
    try workspace.succeed("boms-db", "init", "--db", "m.db")
    try make()
  }

  // MARK: Chance

  func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }

  /// One time in so many.
  func once(in times: Int) -> Bool { number(1...times) == 1 }

  func one<Element>(_ choices: [Element]) -> Element { choices[number(0...choices.count - 1)] }

  func price() -> String {
    Decimals.text(Int64(number(1...9_999_999)) * 100, places: 6, trim: true)
  }

  func yuan(_ range: ClosedRange<Int>) -> String {
    Decimals.text(Int64(number(range)), places: 2, trim: false)
  }

  func day(_ from: CivilDate, _ to: CivilDate) -> CivilDate {
    from.adding(days: number(0...max(0, to.days(since: from))))
  }

  static func tenths(_ value: Int) -> String { "\(value / 10).\(value % 10)" }

  // MARK: The property

  /// Imports a text; all of it must be taken.
  @discardableResult
  func importing(_ register: String, _ text: String, _ options: String...) throws -> String {
    let run = try workspace.run(
      "boms-import", ["--db", "m.db", "--lang", "en", register, "--restate"] + options, stdin: text)
    if run.status != 0 {
      throw Unexpected(description: "\(today) \(register):\n\(text)\n\(run.err)")
    }
    return "\(register): \(text)"
  }

  private func make() throws {
    try importing(
      "company",
      "company_no,name,credit_code\nCQ,甲,91330106MACKX4QG41\nWY,乙,91330106MACKX4QG41\n")
    try importing("property", "property_no,name,company_no,billing_from\nP,甲,CQ,2026-01-01\n")
    try importing("tenant", "tenant_no,name\nT1,甲\nT2,乙\nT3,丙\n")
    try importing(
      "fee_item",
      """
      item,name,kind,tax_rate
      rent,租金,rent,0.09
      mgmt,物业,service,0.06
      power,电费,resale,0.13
      share,公摊,service,0.06
      deposit,押金,deposit,0
      penalty,违约金,penalty,0.06

      """)
    try importing(
      "tariff",
      """
      tariff_no,from_on,register,tier_from,price,tier_basis
      D1,2025-01-01,total,0,1.05,month
      D1,2025-01-01,total,500,1.26,month
      D2,2025-01-01,peak,0,1.4321,year
      D2,2025-01-01,peak,3000,1.6,year
      D2,2025-01-01,valley,0,0.45,year

      """)
    try importing(
      "late_fee_rule",
      "property_no,item,from_on,rate_permille,grace_days,grace_mode,cap_percent\n"
        + "P,*,2026-01-01,0.5,\(number(0...10)),\(one(["skip", "waive"])),\(one(["", "2", "30"]))\n"
    )
    for _ in 1...6 { try addContract() }
  }

  func addContract() throws {
    let index = contracts.count
    let number = "C\(index + 1)"
    let start = day("2025-06-01", max("2026-06-30", today))
    var contract = Contract(
      number: number, tenant: "T\(self.number(1...3))", start: start,
      end: start.adding(days: self.number(60...700)))
    var units = "unit_no,property_no,area_m2\n"
    var contractUnits = "contract_no,unit_no,from_on,to_on,area_m2\n"
    for unit in 1...self.number(1...2) {
      let unitNo = "U\(index + 1)-\(unit)"
      let from = unit == 1 ? start : day(start, contract.end)
      units += "\(unitNo),P,100\n"
      contractUnits += "\(number),\(unitNo),\(from),,\(self.number(10...500)).5\n"
      contract.units.append((unitNo, from))
    }
    contract.hasTurnover = !once(in: 3)
    try importing("unit", units)
    try importing(
      "contract",
      "contract_no,tenant_no,property_no,start_on,end_on\n"
        + "\(number),\(contract.tenant),P,\(start),\(contract.end)\n")
    try importing("contract_unit", contractUnits)
    contracts.append(contract)
    try addTerms(contract)
    if !once(in: 3) { try addMeters(index) }
    if once(in: 3) {
      let amount = self.number(1...5_000_000)
      let due = day("2025-06-01", "2025-12-31")
      try importing(
        "opening_balance",
        "contract_no,kind,item,due_on,amount\n"
          + "\(number),receivable,rent,\(due),\(Decimals.text(Int64(amount), places: 2, trim: false))\n"
      )
      openings["\(number) Orent/\(due)"] = Int64(amount)
    }
  }

  /// Lines 1 to 3 are fixed or by area, 4 turnover, 5 metered, 6 shared costs, 7 once.
  private func addTerms(_ contract: Contract) throws {
    let number = contract.number
    var terms =
      "contract_no,line,item,company_no,method,price,per,guarantee_basis,percent,true_up,"
      + "cycle_months,anchor,timing,due_day,due_days,lead_days,proration,tax_rate,tax_included,"
      + "rounding,escalate_percent,escalate_months,on\n"
    func tail(
      _ timing: String, _ due: String, _ lead: Int, rates: [String] = ["", "0", "0.05"]
    ) -> String {
      "\(timing),\(due),\(lead),\(one(["actual", "d30", "d365", "whole"])),"
        + "\(one(rates)),\(one(["yes", "no"])),\(one(["fen", "jiao", "yuan"]))"
    }
    for line in 1...self.number(1...3) {
      let escalation = line != 1 && once(in: 4) ? "5,6" : ","
      terms +=
        "\(number),\(line),\(one(["rent", "mgmt"])),\(one(["", "WY"])),\(one(["fixed", "area"])),"
        + "\(price()),\(one(["day", "month", "month", "quarter", "year"])),,,,"
        + "\(one([1, 1, 2, 3, 6, 12])),\(one(["calendar", "start"])),"
        + tail(
          one(["advance", "arrears"]), one([",", "5,", "31,", ",-10", ",15"]), one([0, 0, 5, 30]))
        + ",\(escalation),\n"
    }
    if contract.hasTurnover {
      let guarantee =
        once(in: 3) ? ",,," : "\(price()),\(one(["day", "month"])),\(one(["fixed", "area"])),"
      terms +=
        "\(number),4,rent,,turnover,\(guarantee)\(self.number(1...20)).5,\(one(["none", "year"])),"
        + "\(one([1, 3])),calendar," + tail("arrears", one([",5", "10,"]), one([0, 3])) + ",,,\n"
    }
    terms +=
      "\(number),5,power,,metered,,,,,,1,calendar," + tail("arrears", one([",5", "15,"]), 0)
      + ",,,\n"
    if !once(in: 4) {
      let days = one([0, 5, 15])
      shareDays[number] = days
      terms +=
        "\(number),6,share,,share,,,,,,1,calendar,arrears,,\(days),0,actual,,yes,fen,,,\n"
    }
    if once(in: 2) {
      let item = one(["deposit", "mgmt"])
      terms +=
        "\(number),7,\(item),,once,\(yuan(1...9_999_999)),,,,,1,calendar,"
        + tail("advance", ",3", 0, rates: item == "deposit" ? [""] : ["", "0.05"])
        + ",,,\(day(contract.start, contract.end))\n"
    }
    try importing("charge_term", terms)
    if contract.hasTurnover, once(in: 3) {
      try importing(
        "turnover_tier",
        "contract_no,line,from_on,sales_from,percent\n\(number),4,\(contract.start),0,5\n"
          + "\(number),4,\(contract.start),200000,8.25\n")
    }
  }

  private func addMeters(_ contract: Int) throws {
    for _ in 1...number(1...2) {
      let isPlain = !once(in: 3)
      let registers = isPlain ? ["total"] : ["peak", "valley"]
      let begin = contracts[contract].start
      let meter = Meter(
        number: "E\(meters.count + 1)", contract: contract, tariff: isPlain ? "D1" : "D2",
        registers: registers,
        installs: [
          Install(
            from: begin,
            open: Dictionary(uniqueKeysWithValues: registers.map { ($0, number(0...5000)) }))
        ])
      try importing(
        "meter", "meter_no,property_no,digits\n\(meter.number),P,\(one(["", "6"]))\n")
      meters.append(meter)
      try importInstalls(meter, multiplier: one(["1", "20", "1.25"]))
    }
  }

  private func importInstalls(_ meter: Meter, multiplier: String? = nil) throws {
    var text =
      "meter_no,register,from_on,to_on,contract_no,line,tariff_no,open_reading,close_reading"
      + (multiplier == nil ? "" : ",multiplier") + "\n"
    for install in meter.installs {
      for register in meter.registers {
        text +=
          "\(meter.number),\(register),\(install.from),\(install.to.map { "\($0)" } ?? ""),"
          + "\(contracts[meter.contract].number),5,\(meter.tariff),"
          + "\(RandomFacts.tenths(install.open[register] ?? 0)),"
          + (install.close.map { RandomFacts.tenths($0[register] ?? 0) } ?? "")
          + (multiplier.map { ",\($0)" } ?? "") + "\n"
      }
    }
    try importing("meter_install", text)
  }

  // MARK: What happens

  /// One change of what is past, present or to come; nothing where there is nothing to change.
  func change() throws -> String {
    switch number(0...19) {
    case 0: return try changePrice()
    case 1: return try terminate()
    case 2: return try free()
    case 3: return try changeArea()
    case 4: return try addStep()
    case 5: return try changeWay()
    case 6...8: return try report()
    case 9...12: return try read()
    case 13: return try swap()
    case 14: return try changeTariff()
    case 15, 16: return try addPool()
    case 17: return try changeRule()
    case 18: return try accept()
    default:
      if once(in: 3) {
        try addContract()
        return "a contract"
      }
      return try changePrice()
    }
  }

  private func terms(_ contract: Contract) throws -> [[String]] {
    try TestDatabase.rows(
      """
      SELECT contract_no, line, item, method FROM charge_term
      WHERE contract_no = '\(contract.number)' AND (method = 'fixed' OR method = 'area')
      """, workspace.file("m.db"))
  }

  private func changePrice() throws -> String {
    let term = one(try terms(one(contracts)))
    return try importing(
      "charge_term",
      "contract_no,line,item,method,price\n\(term.joined(separator: ",")),\(price())\n")
  }

  private func terminate() throws -> String {
    let index = number(0...contracts.count - 1)
    let contract = contracts[index]
    let end = once(in: 3) ? nil : day(contract.start, contract.end)
    contracts[index].terminated = end
    return try importing(
      "contract",
      "contract_no,tenant_no,property_no,start_on,end_on,terminated_on\n"
        + "\(contract.number),\(contract.tenant),P,\(contract.start),\(contract.end),"
        + "\(end.map { "\($0)" } ?? "")\n")
  }

  private func free() throws -> String {
    let contract = one(contracts)
    let from = day(contract.start, contract.end)
    let text =
      "contract_no,item,from_on,to_on,percent,turnover\n"
      + "\(contract.number),\(one(["rent", "mgmt", "*"])),\(from),"
      + "\(from.adding(days: number(0...60))),\(one(["100", "50", "33.33"])),"
      + "\(one(["yes", "no"]))\n"
    if once(in: 2) { return try importing("rent_free", text, "--replace") }
    return try importing("rent_free", text)
  }

  private func changeArea() throws -> String {
    let contract = one(contracts)
    let unit = one(contract.units)
    return try importing(
      "contract_unit",
      "contract_no,unit_no,from_on,area_m2\n"
        + "\(contract.number),\(unit.unitNo),\(unit.from),\(number(10...500)).25\n")
  }

  private func addStep() throws -> String {
    let contract = one(contracts)
    // Line 1 has no escalation.
    return try importing(
      "price_step",
      "contract_no,line,from_on,price\n"
        + "\(contract.number),1,\(day(contract.start, contract.end)),\(price())\n")
  }

  private func changeWay() throws -> String {
    let contract = one(contracts)
    let term = one(try terms(contract))
    let later = contract.start.adding(days: 20)
    return try importing(
      "charge_term",
      "contract_no,line,item,method,proration,rounding,tax_included,from_on,to_on\n"
        + "\(term.joined(separator: ",")),"
        + "\(one(["actual", "d30", "d365", "whole"])),\(one(["fen", "yuan"])),"
        + "\(one(["yes", "no"])),"
        + "\(once(in: 2) ? "" : "\(day(contract.start, later.previous))"),"
        + "\(once(in: 2) ? "" : "\(day(later, contract.end))")\n")
  }

  /// Reports of turnover, late, early and corrected.
  private func report() throws -> String {
    guard let contract = contracts.filter(\.hasTurnover).randomElement(using: &random) else {
      return "nothing"
    }
    var text = "contract_no,line,month,amount,reported_on\n"
    var month = day(contract.start, max(contract.start, min(today, contract.end))).month
    for _ in 1...number(1...4) {
      text += "\(contract.number),4,\(month),\(yuan(0...90_000_000)),\(today)\n"
      month = month.adding(1)
    }
    return try importing("turnover", text)
  }

  /// A reading after, between and in the place of others; now and then far too high.
  private func read() throws -> String {
    guard !meters.isEmpty else { return "nothing" }
    let index = number(0...meters.count - 1)
    let meter = meters[index]
    let install = one(meter.installs)
    let last = min(install.to ?? today, today, contracts[meter.contract].lastDay)
    guard install.from <= last else { return "nothing" }
    let its = once(in: 3) ? day(install.from, last) : max(install.from, last)
    var text = "meter_no,read_on,register,value\n"
    let isWild = once(in: 6)
    for register in meter.registers where meter.registers.count == 1 || !once(in: 6) {
      let known = (meter.readings[register] ?? [:]).filter {
        install.from <= $0.key && $0.key <= (install.to ?? $0.key)
      }
      let below = known.filter { $0.key < its }.map(\.value).max() ?? install.open[register] ?? 0
      let above =
        known.filter { $0.key > its }.map(\.value).min() ?? install.close?[register]
        ?? below + (isWild ? 90_000 : 3_000)
      let value = number(below...max(below, above))
      meters[index].readings[register, default: [:]][its] = value
      meters[index].accepted.remove(its)
      text += "\(meter.number),\(its),\(register),\(RandomFacts.tenths(value))\n"
    }
    if text.hasSuffix("value\n") { return "nothing" }
    return try importing("reading", text)
  }

  /// The meter is taken out after its last reading, and another put in under its number.
  private func swap() throws -> String {
    guard !meters.isEmpty else { return "nothing" }
    let index = number(0...meters.count - 1)
    var meter = meters[index]
    guard let install = meter.installs.last else { return "nothing" }
    let lastRead = meter.readings.values.flatMap(\.keys).max() ?? install.from
    let to = max(install.from, lastRead).adding(days: number(0...10))
    let next = to.adding(days: number(1...4))
    guard next <= contracts[meter.contract].end, install.to == nil else { return "nothing" }
    var close: [String: Int] = [:]
    for register in meter.registers {
      let top = (meter.readings[register] ?? [:]).filter { $0.key >= install.from }.map(\.value)
        .max()
      close[register] = (top ?? install.open[register] ?? 0) + (top == nil ? 0 : number(0...500))
    }
    // On the day of a reading that reading counts.
    if lastRead == to {
      for register in meter.registers {
        close[register] = meter.readings[register]?[to] ?? close[register]
      }
    }
    meter.installs[meter.installs.count - 1].to = to
    meter.installs[meter.installs.count - 1].close = close
    meter.installs.append(
      Install(
        from: next,
        open: Dictionary(uniqueKeysWithValues: meter.registers.map { ($0, number(0...100)) })))
    meters[index] = meter
    try importInstalls(meter)
    return "swap of \(meter.number) on \(to)"
  }

  private func changeTariff() throws -> String {
    let from = once(in: 3) ? "2025-01-01" : "\(day("2025-06-01", today))"
    return try importing(
      "tariff",
      one([
        "tariff_no,from_on,register,tier_from,price\nD1,\(from),total,0,\(price())\n",
        "tariff_no,from_on,register,tier_from,price,tier_basis\nD2,\(from),peak,0,\(price()),year\n"
          + "D2,\(from),valley,0,\(price()),year\n",
      ]))
  }

  private func changeRule() throws -> String {
    try importing(
      "late_fee_rule",
      "property_no,item,from_on,rate_permille,grace_days,grace_mode,cap_percent\n"
        + "P,\(one(["*", "rent", "mgmt"])),\(day("2026-01-01", today)),\(one(["0.3", "0.5", "1"])),"
        + "\(number(0...15)),\(one(["skip", "waive"])),\(one(["", "1.5", "30"]))\n")
  }

  /// A pool of a month that is over; one that is there is taken back, and costs something else.
  private func addPool() throws -> String {
    guard today.month > CivilMonth(year: 2026, month: 1) else { return "nothing" }
    let months = max(1, Int(today.days(since: "2026-01-01")) / 31)
    let pool = Pool(
      number: one(["G1", "G2"]),
      month: CivilMonth(year: 2026, month: 1).adding(number(0...months - 1)))
    if pools.contains(pool) {
      try workspace.succeed(
        "boms-bill", "void", "--db", "m.db", "--pool", pool.number, "--period", "\(pool.month)",
        "--reason", "更正", "--as-of", "\(today)")
      if once(in: 3) { return "void of pool \(pool)" }
    } else {
      pools.append(pool)
    }
    return try importing(
      "share_pool",
      "pool_no,period,item,amount,basis,property_no,own_area_m2\n"
        + "\(pool.number),\(pool.month),share,\(yuan(1...2_000_000)),\(one(["area", "equal"])),P,"
        + "\(number(0...300)).5\n")
  }

  // MARK: What is done with bills

  /// Voids, holds, releases and waives a bill by chance.
  func handleBill() throws -> String {
    let bills = try TestDatabase.texts(
      "SELECT bill_no FROM bill ORDER BY 1", workspace.file("m.db"))
    guard let bill = bills.randomElement(using: &random) else { return "nothing" }
    var arguments = [one(["void", "hold", "hold", "release", "waive", "waive"]), bill]
    if arguments[0] == "waive", once(in: 2) { arguments += ["--amount", yuan(1...2_000)] }
    let run = try workspace.run(
      "boms-bill",
      arguments + ["--db", "m.db", "--reason", "因故", "--as-of", "\(today)", "--lang", "en"])
    // More than the bill bears cannot be waived.
    guard run.status == 0 || (run.status == 65 && arguments.contains("--amount")) else {
      throw Unexpected(description: "\(arguments): \(run)")
    }
    return arguments.joined(separator: " ")
  }

  // MARK: Implausible readings

  /// The meters' days whose usage waits to be accepted: over ten times the median of the last six
  /// before it, where there are three and more.
  func heldDays(ignoringAccepted: Bool = false) -> [(meter: Int, day: CivilDate)] {
    var held: [(meter: Int, day: CivilDate)] = []
    for (index, meter) in meters.enumerated() {
      var days: Set<CivilDate> = []
      for register in meter.registers {
        let readings = (meter.readings[register] ?? [:]).sorted { $0.key < $1.key }
        for install in meter.installs {
          let last = min(
            install.to ?? contracts[meter.contract].lastDay,
            contracts[meter.contract].lastDay)
          var previous = install.open[register] ?? 0
          var usages: [Int] = []
          for (day, value) in readings where install.from <= day && day <= last {
            let usage = value - previous
            let before = usages.suffix(6).sorted()
            if before.count >= 3 {
              let middle = before.count / 2
              let twice =
                before.count % 2 == 1 ? 2 * before[middle] : before[middle - 1] + before[middle]
              if twice > 0, 2 * usage > 10 * twice { days.insert(day) }
            }
            usages.append(usage)
            previous = value
          }
        }
      }
      for day in days.sorted() where ignoringAccepted || !meter.accepted.contains(day) {
        held.append((index, day))
      }
    }
    return held
  }

  /// As contract, line and day.
  func heldKeys() -> Set<String> {
    Set(heldDays().map { "\(contracts[meters[$0.meter].contract].number) 5 \($0.day)" })
  }

  private func accept() throws -> String {
    guard let held = heldDays().randomElement(using: &random) else { return "nothing" }
    try accept(held.meter, held.day, in: workspace)
    meters[held.meter].accepted.insert(held.day)
    return "acceptance of \(meters[held.meter].number) \(held.day)"
  }

  func accept(_ meter: Int, _ day: CivilDate, in workspace: Workspace) throws {
    try workspace.succeed(
      "boms-bill", "accept", meters[meter].number, "\(day)", "--db", "m.db", "--as-of", "\(today)")
  }

  func acceptAll() throws {
    for (meter, day) in heldDays() {
      try accept(meter, day, in: workspace)
      meters[meter].accepted.insert(day)
    }
  }
}
