import Shared

/// What a list of the tax bureau says of an invoice that the pool has: what is new in it, and what
/// cannot be taken over.
struct BureauNews: Sendable {
  private(set) var events: [InvoiceEvent] = []
  /// Why a tick of the list is not recorded, or how it disagrees with what is.
  private(set) var problem: ValueError?
  private let standing: InvoiceStanding
  private let day: CivilDate

  /// How the list is meant.
  struct Reading: Sendable {
    /// 所属期 of its ticks.
    var period: CivilMonth?
    /// A list that was confirmed (统计确认): what is ticked in it is deducted.
    var isConfirmed = false
  }

  /// - Parameters:
  ///   - standing: that of the invoice on `day`.
  ///   - agrees: whether list and pool have the same sums; ticks of other sums are not taken over.
  init(
    _ entry: BureauEntry, _ standing: InvoiceStanding, agrees: Bool, _ reading: Reading,
    on day: CivilDate
  ) throws(ValueError) {
    self.standing = standing
    self.day = day
    let history = standing.history
    hear(.status, entry.status, history.bureauStatus)
    hear(.risk, entry.risk, history.risk)
    hear(.locked, entry.lock, history.lock)
    // A list of what was confirmed may have no column for ticks: then everything in it is ticked.
    let isTicked = entry.isTicked ?? (reading.isConfirmed && entry.deductible != nil)
    if isTicked {
      try tick(entry, agrees: agrees, reading)
    } else if entry.isTicked == false {
      untick()
    }
  }

  private mutating func hear<Word: RawRepresentable<String>>(
    _ kind: InvoiceEvent.Kind, _ word: Word?, _ said: InvoiceHistory.Dated<Word>?
  ) {
    guard let word, word != said?.word else { return }
    events.append(InvoiceEvent(kind, on: day, code: word.rawValue))
  }

  private mutating func tick(
    _ entry: BureauEntry, agrees: Bool, _ reading: Reading
  ) throws(ValueError) {
    let history = standing.history
    let tax = entry.deductible ?? entry.tax
    if let deduction = history.deduction {
      let period = reading.isConfirmed ? reading.period ?? deduction.period : deduction.period
      if period == deduction.period, tax == deduction.tax { return }
      problem = ValueError(
        "deduct.differs",
        Phrase(
          "'\(entry.number)' is deducted in \(deduction.period) with \(deduction.tax.grouped), "
            + "the list has \(tax.grouped) for \(period)",
          "“\(entry.number)”已于 \(deduction.period) 抵扣 \(deduction.tax.grouped)，"
            + "清单为 \(period) \(tax.grouped)"),
        hint: Phrase(
          "if it was recorded wrongly, take it back with 'boms-invoice deduct undo'",
          "如原记录有误，请用 'boms-invoice deduct undo' 撤销后重新导入"))
      return
    }
    if let refusal = refusal(entry.number, tax, agrees) {
      problem = refusal
      return
    }
    if reading.isConfirmed, let period = reading.period {
      events.append(InvoiceEvent(.deducted, on: day, period: period, tax: tax))
      return
    }
    guard let period = reading.period ?? history.selection?.period else {
      problem = ValueError(
        "deduct.no-period",
        Phrase(
          "'\(entry.number)' is ticked, and nothing says for which period",
          "“\(entry.number)”已勾选，但未指明所属期"),
        hint: Phrase("say it with --period YYYY-MM", "请用 --period YYYY-MM 指定所属期"))
      return
    }
    if let selection = history.selection {
      if selection.period == period, selection.tax == tax { return }
      events.append(InvoiceEvent(.deselected, on: day))
    }
    if standing.selectableTax <= .zero {
      problem = refused("invoice.reversed", entry.number)
      events.removeAll { $0.kind == .deselected }
      return
    }
    events.append(InvoiceEvent(.selected, on: day, period: period, tax: tax))
  }

  private mutating func untick() {
    let history = standing.history
    if history.selection != nil {
      events.append(InvoiceEvent(.deselected, on: day))
    }
  }

  private func refusal(_ number: InvoiceNumber, _ tax: Money, _ agrees: Bool) -> ValueError? {
    if standing.isAwaiting { return refused("invoice.no-original", number) }
    if standing.history.isInConflict { return refused("invoice.in-conflict", number) }
    if standing.isRed { return refused("invoice.red", number) }
    if !agrees {
      return ValueError(
        "deduct.amounts-differ",
        Phrase(
          "'\(number)' is ticked, but list and pool have other sums",
          "“\(number)”已勾选，但清单与票池金额不一致，未记录勾选"),
        hint: Phrase("find out which is right first", "请先查明以哪个为准"))
    }
    if tax <= .zero || tax > standing.sums.tax {
      return ValueError(
        "deduct.tax",
        Phrase(
          "of '\(number)' \(tax.grouped) would be deducted, and its tax is "
            + standing.sums.tax.grouped,
          "“\(number)”有效抵扣税额为 \(tax.grouped)，票面税额为 \(standing.sums.tax.grouped)"),
        hint: Phrase("correct the list", "请更正清单"))
    }
    return nil
  }

  private func refused(_ rule: String, _ number: InvoiceNumber) -> ValueError {
    let why: Phrase =
      switch rule {
      case "invoice.no-original": Phrase("only its PDF has come", "只收到 PDF，原件待补")
      case "invoice.in-conflict": Phrase("it is in conflict", "存在冲突")
      case "invoice.red": Phrase("it is a red invoice", "是红字发票")
      default: Phrase("red invoices have taken all of it back", "已全额红冲")
      }
    return ValueError(
      rule,
      Phrase(
        "'\(number)' is ticked, and that is not recorded: \(why.en)",
        "“\(number)”已勾选，但未记录：\(why.zh)"),
      hint: Phrase("'boms-invoice show NUMBER' tells more", "可用 'boms-invoice show 发票号码' 查看"))
  }
}
