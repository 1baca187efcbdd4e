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
    /// Rows that sum up others (合计).
    var sums = 0
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
  let files: [InputSource]
  var outcome = Outcome()
  /// Registers with a file that could not be read, and those of which a row depends on one.
  private var unread: Set<String> = []
  private var refused = RefusedRows()
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
    refused = RefusedRows()
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
    refused.complete(&outcome.findings)
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
        hint: Phrase?, missing refusal: RegisterStore.Refusal? = nil
      ) {
        outcome.findings.append(
          Finding(
            level, rule: rule, file: source.name, line: row.line, field: field,
            value: field.flatMap { record.masked($0) }, message: message, hint: hint))
        if level == .error {
          // A row with several errors is one rejected row.
          if outcome.bad[line] == nil {
            current.rejected += 1
            refused.note(record, finding: outcome.findings.count - 1, refusal)
          }
          outcome.bad[line] = outcome.bad[line] ?? rule
        }
      }
      func refuse(_ refusal: RegisterStore.Refusal) {
        if let missing = refusal.missing, unread.contains(missing.register) {
          // Its parents' file could not be read, which has been said once.
          current.rejected += 1
          unread.insert(register.name)
        } else if refused.follows(record, refusal) {
          // It is counted where it was said.
          current.rejected += 1
          outcome.bad[line] = outcome.bad[line] ?? refusal.rule
        } else {
          refuse(
            refusal.rule, field: refusal.field, refusal.message, hint: refusal.hint,
            missing: refusal)
        }
      }
      guard row.isGood else {
        current.rejected += 1
        refused.note(record, finding: outcome.findings.count - 1)
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
    current.sums += reader.sums
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
}

extension Record {
  /// A field's value for a sentence; masked where it is somebody's number.
  fileprivate func masked(_ field: String) -> String? {
    guard has(field), let index = register.index(of: field) else { return nil }
    return register.fields[index].isSensitive
      ? Masking.mask(shown(field), field: field) : shown(field)
  }
}
