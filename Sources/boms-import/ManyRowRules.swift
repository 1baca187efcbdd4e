import Shared

/// Rules over many rows: asked once all files are in, with what is in the books besides.
extension Importer {
  func askSetRules(_ stores: [String: RegisterStore], _ store: SetRuleStore) throws {
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
  func askTerms(_ db: BooksConnection, _ terms: RegisterStore) throws {
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
          // What the old books billed is over.
          if let start = entry.billingFrom, day < start { continue }
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

  func askOddReadings(_ store: SetRuleStore, _ readings: RegisterStore) throws {
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
  func askReadings(_ db: BooksConnection, _ readings: RegisterStore) throws {
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
  func askAssets(_ db: BooksConnection, _ stores: [String: RegisterStore]) throws {
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
  func askLaw(
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
