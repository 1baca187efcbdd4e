import Shared

/// Records answers of the tax platform, each once.
struct VerifyRun {
  let day: CivilDate
  let language: Language

  struct Outcome {
    var records: [[Cell]] = []
    var new = 0
    var unchanged = 0
    var unknown = 0
    var differing = 0
  }

  static let fields: [Field] = [
    .code("invoice_no", "发票号码"),
    .choice("answer", "查验结果", Verification.allCases.map { Choice($0.rawValue, $0.zh) }),
    .choice(
      "result", "处理结果",
      [
        Choice("new", "新增"), Choice("unchanged", "未变"), Choice("unknown", "票池中没有"),
        Choice("differs", "金额不一致"),
      ]),
    .text("explain", "说明"),
  ]

  func run(
    _ entries: [VerifyAnswers.Entry], _ pool: TaxPool, report: (Finding) -> Void
  ) throws -> Outcome {
    var outcome = Outcome()
    for entry in entries {
      guard let invoice = try pool.invoices.find(entry.number.text) else {
        outcome.unknown += 1
        let why = Phrase(
          "invoice '\(entry.number)' is not in the pool", "票池中没有发票“\(entry.number)”")
        report(finding(.warning, "verify.unknown", entry, why))
        add(entry, "unknown", why, &outcome)
        continue
      }
      if let why = try difference(entry, invoice) {
        outcome.differing += 1
        report(finding(.error, "verify.differs", entry, why))
        add(entry, "differs", why, &outcome)
        continue
      }
      let history = invoice.standing.history
      var isNew = false
      if history.verification?.word != entry.answer {
        isNew = true
        try pool.record(InvoiceEvent(.verified, on: day, code: entry.answer.rawValue), of: invoice)
      }
      if let status = entry.status, history.bureauStatus?.word != status {
        isNew = true
        try pool.record(InvoiceEvent(.status, on: day, code: status.rawValue), of: invoice)
      }
      if isNew { outcome.new += 1 } else { outcome.unchanged += 1 }
      add(entry, isNew ? "new" : "unchanged", nil, &outcome)
    }
    return outcome
  }

  private func add(
    _ entry: VerifyAnswers.Entry, _ result: String, _ why: Phrase?, _ outcome: inout Outcome
  ) {
    outcome.records.append([
      .text(entry.number.text), .text(entry.answer.rawValue), .text(result),
      Cell(why?.text(language)),
    ])
  }

  private func finding(
    _ level: Finding.Level, _ rule: String, _ entry: VerifyAnswers.Entry, _ why: Phrase
  ) -> Finding {
    Finding(
      level, rule: rule, file: entry.file, line: entry.line, value: entry.number.text, message: why,
      hint: level == .error
        ? Phrase(
          "the answer is about another invoice or a changed file: check it again",
          "查验的不是同一张票或文件有改动，请重新查验")
        : Phrase("import its file first", "请先导入该发票的文件"))
  }

  /// What the answer says otherwise than the pool.
  private func difference(
    _ entry: VerifyAnswers.Entry, _ invoice: TaxInvoice
  ) throws -> Phrase? {
    let sums = invoice.standing.sums
    if invoice.standing.isAwaiting { return nil }
    let compared: [(Phrase, Money?, Money)] = [
      (Phrase("gross", "价税合计"), entry.gross, sums.gross),
      (Phrase("net", "金额"), entry.net, sums.net), (Phrase("tax", "税额"), entry.tax, sums.tax),
    ]
    for (name, said, known) in compared {
      guard let said, said != known else { continue }
      return Phrase(
        "invoice '\(entry.number)': \(name.en) \(said.grouped) in the answer, "
          + "\(known.grouped) in the pool",
        "发票“\(entry.number)”：查验结果\(name.zh) \(said.grouped)，票池 \(known.grouped)")
    }
    if let said = entry.issuedOn, let known = invoice.issuedOn, said != known {
      return Phrase(
        "invoice '\(entry.number)': issued on \(said) in the answer, on \(known) in the pool",
        "发票“\(entry.number)”：查验结果开票日期 \(said)，票池 \(known)")
    }
    return nil
  }
}
