import Shared

/// Brings files into registers, as one transaction: everything, or nothing.
final class Importer {
  struct Options {
    var encoding = TextEncoding.utf8
    var ignoresUnknown = false
    var replaces = false
    /// Whether what is recorded may be altered.
    var restates = false
    /// Which columns are which fields, where the headings are somebody else's.
    var map: ColumnMap?
    var constants: Constants = [:]
  }

  /// The files of one register.
  struct Job {
    var register: Register
    var sources: [InputSource]
  }

  struct Counts {
    var read = 0
    var new = 0
    var changed = 0
    var unchanged = 0
    var removed = 0
    var rejected = 0
    /// Rows of a mapped file without money in, which are no rows of the register.
    var outgoing = 0
  }

  struct Line: Hashable {
    var file: Int
    var line: Int
  }

  struct Outcome {
    var counts: [(register: Register, counts: Counts)] = []
    var findings: [Finding] = []
    /// Rows with an error, which `--rejects` leaves out.
    var bad: [Line: String] = [:]
    /// Whether an error concerns no single row, so that no row can be left out for it.
    var isHopeless = false
    /// What recorded periods would be adjusted by, where it is allowed.
    var restated: [(contractNo: String, [Adjustment])] = []

    var hasErrors: Bool { isHopeless || !bad.isEmpty }
  }

  /// The registers that what is charged rests on: those that mark contracts in the schema.
  private static let billed: Set<String> = [
    "property", "fee_item", "tax_rate", "contract", "contract_unit", "charge_term", "price_step",
    "rent_free", "opening_balance", "turnover_tier", "meter", "meter_install", "tariff",
  ]

  /// The registers that depreciation rests on.
  private static let assets: Set<String> = ["asset", "asset_event", "asset_usage"]

  let jobs: [Job]
  let options: Options
  private let files: [InputSource]
  private var outcome = Outcome()
  /// Registers with a file that could not be read, and those of which a row depends on one.
  private var unread: Set<String> = []
  private var skipped: [Line: String] = [:]
  private var rejects: RejectsWriter?
  private let progress: () -> Void

  init(_ jobs: [Job], options: Options, progress: @escaping () -> Void) {
    self.jobs = jobs
    self.options = options
    self.progress = progress
    files = jobs.flatMap(\.sources)
  }

  /// Reads and stores everything once. The caller commits or rolls back.
  /// - Parameters:
  ///   - skipping: rows that are known to be bad; they are written to `rejects` and left out.
  func run(
    _ db: BooksConnection, skipping: [Line: String] = [:], rejects: RejectsWriter? = nil
  ) throws -> Outcome {
    outcome = Outcome()
    unread = []
    skipped = skipping
    self.rejects = rejects
    let store = try SetRuleStore(db)
    let isBilled = jobs.contains { Importer.billed.contains($0.register.name) }
    let before = isBilled ? try PendingAdjustments(db) : nil
    var stores: [String: RegisterStore] = [:]
    for job in jobs {
      let table = try RegisterStore(db, job.register)
      stores[job.register.name] = table
      var counts = Counts()
      for source in job.sources {
        try read(source, of: job.register, into: table, store: store, counts: &counts)
      }
      if job.register.index(of: "contract_no") != nil {
        try store.touchNew(in: job.register, after: table.lastBefore)
      } else if job.register.name == "reading" {
        try store.touchContracts(ofReadingsAfter: table.lastBefore)
      }
      outcome.counts.append((job.register, counts))
    }
    if options.replaces { try removeUnnamed(stores) }
    try askSetRules(stores, store)
    if let terms = stores["charge_term"] { try askTerms(db, terms) }
    if let readings = stores["reading"] {
      try askOddReadings(store, readings)
      try askReadings(db, readings)
    }
    if stores.keys.contains(where: Importer.assets.contains) { try askAssets(db, stores) }
    if let before { try askLaw(db, stores, before: before) }
    countRejected()
    return outcome
  }

  /// A rule over many rows rejects a row that was counted as stored.
  private func countRejected() {
    var first = 0
    for (index, job) in jobs.enumerated() {
      let own = first..<first + job.sources.count
      let bad = outcome.bad.keys.count { own.contains($0.file) }
      let counts = outcome.counts[index].counts
      // A heading that is wrong is no row.
      outcome.counts[index].counts.rejected = min(max(counts.rejected, bad), counts.read)
      first = own.upperBound
    }
  }

  private func read(
    _ source: InputSource, of register: Register, into table: RegisterStore,
    store: SetRuleStore, counts: inout Counts
  ) throws {
    let file = files.firstIndex { $0 === source } ?? 0
    var current = counts
    let reader = RegisterReader(
      register: register, ignoreUnknown: options.ignoresUnknown, encoding: options.encoding,
      map: options.map, constants: options.constants
    ) { [self] finding in
      let line = Line(file: file, line: finding.line)
      if skipped[line] != nil { return }
      outcome.findings.append(finding)
      if finding.level == .error {
        outcome.bad[line] = outcome.bad[line] ?? finding.rule
      }
    }
    let resolver = try Resolver(table)
    let isRead = try reader.read(source) { record, row in
      progress()
      current.read += 1
      let line = Line(file: file, line: row.line)
      if let rule = skipped[line] {
        current.rejected += 1
        rejects?.write(row, rule: rule)
        return
      }
      func refuse(
        _ rule: String, level: Finding.Level = .error, field: String?, _ message: Phrase,
        hint: Phrase?
      ) {
        outcome.findings.append(
          Finding(
            level, rule: rule, file: source.name, line: row.line, field: field,
            value: field.flatMap { record.masked($0) }, message: message, hint: hint))
        if level == .error {
          // A row with several errors is one rejected row.
          if outcome.bad[line] == nil { current.rejected += 1 }
          outcome.bad[line] = outcome.bad[line] ?? rule
        }
      }
      func refuse(_ refusal: RegisterStore.Refusal) {
        if let missing = refusal.missing, unread.contains(missing) {
          // Its parents' file could not be read, which has been said once.
          current.rejected += 1
          unread.insert(register.name)
        } else {
          refuse(refusal.rule, field: refusal.field, refusal.message, hint: refusal.hint)
        }
      }
      guard row.isGood else {
        current.rejected += 1
        return
      }
      if let refusal = try resolver.resolve(record) { return refuse(refusal) }
      let given = record.slots
      try table.complete(record)
      if let refusal = try table.unmask(record) { return refuse(refusal) }
      var isBroken = false
      for rule in register.rules {
        guard let violation = rule.check(record) else { continue }
        // Nobody is warned of what the file does not speak of.
        if rule.level == .warning, let field = violation.field.flatMap(register.index),
          given[field] == .absent
        {
          continue
        }
        if rule.level == .error { isBroken = true }
        refuse(
          rule.id, level: rule.level, field: violation.field, violation.message,
          hint: violation.hint)
      }
      if isBroken { return }
      if options.replaces { table.noteGroup(record) }
      switch try table.store(record, file: file, line: row.line) {
      case .new: current.new += 1
      case .changed:
        current.changed += 1
        if let contract = record.text("contract_no") { try store.touch(contract: contract) }
      case .unchanged: current.unchanged += 1
      case .refused(let refusal): refuse(refusal)
      }
    }
    // What is wrong with a file as a whole cannot be left out with a row.
    if !isRead {
      outcome.isHopeless = true
      unread.insert(register.name)
    }
    current.outgoing += reader.outgoing
    counts = current
  }

  /// Children go before their parents.
  private func removeUnnamed(_ stores: [String: RegisterStore]) throws {
    for (index, job) in jobs.enumerated().reversed() {
      outcome.counts[index].counts.removed =
        try stores[job.register.name]?.removeUnnamed { group in
          outcome.isHopeless = true
          outcome.findings.append(
            Finding(
              rule: "\(job.register.name).in-use", file: job.sources.first?.name ?? "", line: 1,
              field: job.register.group.first, value: group,
              message: Phrase(
                "a row of '\(group)' that is gone is still referred to",
                "“\(group)”中被删除的行仍被引用"),
              hint: Phrase("remove what refers to it first", "请先删除引用它的记录")))
        } ?? 0
    }
  }

  // MARK: Rules over many rows

  private func askSetRules(_ stores: [String: RegisterStore], _ store: SetRuleStore) throws {
    for rule in SetRule.all where rule.registers.contains(where: { stores[$0] != nil }) {
      for broken in try store.broken(rule.id) {
        let found = broken.rows.lazy.compactMap { row in
          stores[row.register]?.places[row.id]
        }
        guard let place = found.first(where: \.isChanged) ?? found.first else { continue }
        add(
          rule.id, rule.level, at: place, field: rule.field, rule.message(broken.texts),
          hint: rule.hint)
      }
    }
  }

  private func add(
    _ rule: String, _ level: Finding.Level = .error, at place: PlaceMap.Place?, field: String?,
    _ message: Phrase, hint: Phrase?
  ) {
    let source = place.map { files[$0.file] } ?? files.first
    outcome.findings.append(
      Finding(
        level, rule: rule, file: source?.name ?? "", line: place?.line ?? 1, field: field,
        message: message, hint: hint))
    guard level == .error else { return }
    if let place {
      let line = Line(file: place.file, line: place.line)
      outcome.bad[line] = outcome.bad[line] ?? rule
    } else {
      outcome.isHopeless = true
    }
  }

  /// Warns about periods that are seldom meant, at the rows of their terms.
  private func askTerms(_ db: BooksConnection, _ terms: RegisterStore) throws {
    try Look.at(db, .touched)
    let cursor = try LeaseCursor(db)
    while let entry = try cursor.next() {
      let warnings = TermWarning.all(of: entry.lease)
      if warnings.isEmpty { continue }
      let places = try terms.places(ofContract: entry.lease.contractNo, by: "line")
      for warning in warnings {
        guard let place = places[Int64(warning.line)], place.isChanged else { continue }
        switch warning.kind {
        case .dueTwice(let day, let first, let second):
          add(
            "charge_term.due-twice", .warning, at: place, field: "due_day",
            Phrase(
              "periods \(first) and \(second) are both due on \(day)",
              "账期 \(first) 与 \(second) 同在 \(day) 应收"),
            hint: Phrase("see whether the due rule is meant so", "请核对应收日规则"))
        case .shortLastPeriod(let period):
          add(
            "charge_term.short-last-period", .warning, at: place, field: "to_on",
            Phrase(
              "the last period \(period) has only \(period.days) days",
              "最后一期 \(period) 只有 \(period.days) 天"),
            hint: Phrase("see whether the last day is right", "请核对截止日期"))
        }
      }
    }
  }

  private func askOddReadings(_ store: SetRuleStore, _ readings: RegisterStore) throws {
    for odd in try store.oddReadings(after: readings.lastBefore) {
      guard let place = readings.places[odd.id] else { continue }
      if let digits = odd.digits {
        add(
          "reading.digits", at: place, field: "value",
          Phrase(
            "meter '\(odd.meterNo)' has \(digits) digits and cannot show this",
            "表“\(odd.meterNo)”只有 \(digits) 位，不会显示此读数"),
          hint: Phrase("correct the reading, or the meter's digits", "请更正读数，或表计的位数"))
      } else {
        add(
          "reading.not-installed", .warning, at: place, field: "meter_no",
          Phrase(
            "meter '\(odd.meterNo)' is not installed with this register on the day: the reading is "
              + "not charged",
            "表“\(odd.meterNo)”该时段当日尚未装表，此读数不计费"),
          hint: Phrase(
            "see whether meter, register and day are right", "请核对表号、时段和抄表日期"))
      }
    }
  }

  /// What the readings of the touched contracts come to: one below the reading before is refused,
  /// an implausible one and one after the meter's last day are warned about.
  private func askReadings(_ db: BooksConnection, _ readings: RegisterStore) throws {
    try Look.at(db, .touched)
    let cursor = try LeaseCursor(db)
    while let entry = try cursor.next() {
      if entry.lease.readings.isEmpty { continue }
      for remark in try Metering(entry.lease).remarks() {
        guard let place = remark.readingID.flatMap({ readings.places[$0] }), place.isChanged else {
          // A correction may put a later reading, which the file does not have, below it.
          if case .belowPrevious(let error) = remark.kind {
            add(
              error.rule, at: remark.previousID.flatMap { readings.places[$0] }, field: "value",
              error.message, hint: error.hint)
          }
          continue
        }
        switch remark.kind {
        case .belowPrevious(let error):
          add(error.rule, at: place, field: "value", error.message, hint: error.hint)
        case .late(let error):
          add(error.rule, .warning, at: place, field: "read_on", error.message, hint: error.hint)
        case .implausible(let usage):
          add(
            "reading.implausible", .warning, at: place, field: "value",
            Phrase(
              "meter '\(usage.install.meterNo)' counted \(usage.quantityText), over ten times the "
                + "usual \(usage.medianText): it is not charged until it is accepted",
              "表“\(usage.install.meterNo)”用量 \(usage.quantityText)，超过近期中位数 "
                + "\(usage.medianText) 的十倍，确认前不计费"),
            hint: Phrase(
              "correct the reading, or 'boms-bill accept \(usage.install.meterNo) \(usage.readOn)'",
              "请更正读数，或执行 'boms-bill accept \(usage.install.meterNo) \(usage.readOn)'"))
        }
      }
    }
  }

  // MARK: Assets

  /// The law of depreciation is asked for every asset that changed and has events or is booked: what
  /// cannot be computed is refused, what corrects the books is said. The next run books the difference.
  private func askAssets(_ db: BooksConnection, _ stores: [String: RegisterStore]) throws {
    let store = try DepreciationStore(db)
    let open = try OpenMonths(db, ofAssets: true)
    let cursor = try AssetCursor(db, .changed)
    while let entry = try cursor.next() {
      let assetNo = entry.asset.assetNo
      let (register, place) = try changed(of: assetNo, in: stores)
      guard let place else { continue }
      do {
        let missing = try DepreciationRun.missing(ofBooked: entry, store, open)
        // The whole life, and not only what is booked.
        _ = try Depreciation.months(of: entry.asset, through: nil)
        let corrections = missing.months.filter { $0.row.corrects != nil }
        guard !corrections.isEmpty else { continue }
        let sum = try corrections.reduce(Money.zero) { try $0 + $1.row.amount }
        let count = corrections.count
        add(
          "\(register).has-depreciation", .warning, at: place, field: nil,
          Phrase(
            "it alters what is booked of asset '\(assetNo)': \(count) "
              + "\(count == 1 ? "month" : "months") from \(corrections[0].row.month), by \(sum.grouped)",
            "将改变资产“\(assetNo)”的已提折旧：自 \(corrections[0].row.month) 起 \(count) 个月，"
              + "合计 \(sum.grouped)"),
          hint: Phrase(
            "the next 'boms-depreciate run' books the difference in the first open month",
            "下次 'boms-depreciate run' 将差额计入首个未结账月份"))
      } catch let error as ValueError {
        add(
          error.rule, at: place, field: nil,
          Phrase(
            "asset '\(assetNo)': \(error.message.en)", "资产“\(assetNo)”：\(error.message.zh)"),
          hint: error.hint)
      }
    }
  }

  /// The row of this import that changed an asset: rather an event than the asset itself.
  private func changed(
    of assetNo: String, in stores: [String: RegisterStore]
  ) throws -> (register: String, place: PlaceMap.Place?) {
    for register in ["asset_event", "asset_usage", "asset"] {
      guard let store = stores[register] else { continue }
      for id in try store.ids(of: assetNo, by: "asset_no") {
        if let place = store.places[id], place.isChanged { return (register, place) }
      }
    }
    return ("asset", nil)
  }

  // MARK: What is recorded

  /// Kinds of charges that rest on facts of this import which may always be corrected.
  private var correctable: Set<ChargeKind> {
    var kinds: Set<ChargeKind> = []
    for job in jobs {
      if job.register.name == "turnover" { kinds.insert(.turnover) }
      if job.register.name == "reading" { kinds.insert(.metered) }
    }
    return kinds
  }

  /// Import does not alter recorded periods unless it is told to.
  private func askLaw(
    _ db: BooksConnection, _ stores: [String: RegisterStore], before: PendingAdjustments
  ) throws {
    let after = try PendingAdjustments(db)
    for (contractNo, reason) in after.failed.sorted(by: { $0.key < $1.key })
    where before.failed[contractNo] == nil {
      let (register, place) = try ChangedRow.find(of: contractNo, in: stores, jobs.map(\.register))
      add(
        "\(register).not-computable", at: place, field: "contract_no",
        Phrase(
          "contract '\(contractNo)' cannot be computed: \(reason.en)",
          "合同“\(contractNo)”无法计算：\(reason.zh)"), hint: nil)
    }
    let changed = after.changed(since: before, leavingOut: correctable)
    if options.restates {
      outcome.restated = changed
      return
    }
    for (contractNo, adjustments) in changed {
      let (register, place) = try ChangedRow.find(of: contractNo, in: stores, jobs.map(\.register))
      let sum = try adjustments.reduce(Money.zero) { try $0 + $1.difference.amount }
      let first = adjustments[0].recorded
      add(
        "\(register).has-charges", at: place, field: nil,
        Phrase(
          "it alters what is recorded of contract '\(contractNo)': \(adjustments.count) "
            + "\(adjustments.count == 1 ? "period" : "periods") from \(first.period.from), "
            + "by \(sum.grouped)",
          "将改变合同“\(contractNo)”的已计费用：自 \(first.period.from) 起 \(adjustments.count) 期，"
            + "合计 \(sum.grouped)"),
        hint: register == "charge_term"
          ? Phrase(
            "use a price step, or close the line and add one; to correct the past, --restate",
            "请用调价，或关闭该行另加一行；确需更正历史请加 --restate")
          : Phrase(
            "if the past is to be corrected, --restate; with --dry-run it shows what is adjusted",
            "确需更正历史请加 --restate；同时加 --dry-run 可先查看调整内容"))
    }
  }
}

extension Record {
  /// A field's value for a sentence; masked where it is somebody's number.
  fileprivate func masked(_ field: String) -> String? {
    guard has(field), let index = register.index(of: field) else { return nil }
    return register.fields[index].isSensitive
      ? Masking.mask(shown(field), field: field) : shown(field)
  }
}
