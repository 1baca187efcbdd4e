/// What decides whether the tax of an invoice may be deducted (勾选).
package struct DeductionCase: Sendable {
  /// Whether one of our companies is its buyer.
  package var isIncoming: Bool
  package var kind: InvoiceKind?
  package var business: BusinessType?
  package var issuedOn: CivilDate?
  package var standing: InvoiceStanding
  package var lines: [Line]

  package struct Line: Sendable {
    package var itemName: String?
    package var taxCode: String?
    package var tax: Fixed

    package init(itemName: String? = nil, taxCode: String? = nil, tax: Fixed) {
      (self.itemName, self.taxCode, self.tax) = (itemName, taxCode, tax)
    }
  }

  package init(
    isIncoming: Bool, kind: InvoiceKind? = nil, business: BusinessType? = nil,
    issuedOn: CivilDate? = nil, standing: InvoiceStanding, lines: [Line]
  ) {
    (self.isIncoming, self.kind, self.business) = (isIncoming, kind, business)
    (self.issuedOn, self.standing, self.lines) = (issuedOn, standing, lines)
  }

  /// Whether such an invoice entitles to a deduction at all: 专票, 机动车, 铁路电子客票, 航空行程单, and an
  /// invoice of road tolls, which shows tax where it may be deducted.
  package static func isDeductible(_ kind: InvoiceKind?, _ business: BusinessType?) -> Bool {
    switch kind {
    case .special, .rail, .air, .vehicle: true
    case .ordinary: business == .toll
    case .usedVehicle, nil: false
    }
  }

  /// The services among the lines that give no deduction, and their tax. A person who says that the
  /// purchase is for taxable business says that they were not consumed directly.
  package func excluded() throws(ValueError) -> (services: Set<ExcludedService>, tax: Money) {
    var services: Set<ExcludedService> = []
    var sum = Fixed.zero
    if standing.history.usage?.word == .taxable { return (services, .zero) }
    for line in lines {
      guard let service = ExcludedService(itemName: line.itemName, taxCode: line.taxCode) else {
        continue
      }
      services.insert(service)
      sum = try sum + line.tax
    }
    return (services, try sum.asMoney())
  }
}

/// What the law says of it for a month: so much tax to tick, or why not.
package enum DeductionVerdict: Sendable {
  /// - Parameter excluded: services whose tax is not in it.
  case tick(Money, excluded: Set<ExcludedService>)
  case leave(LeftOut)

  package init(_ invoice: DeductionCase, month: CivilMonth) throws(ValueError) {
    if let reason = LeftOut(invoice, month: month) {
      self = .leave(reason)
      return
    }
    let excluded = try invoice.excluded()
    let tax = min(
      invoice.standing.selectableTax, try invoice.standing.sums.tax - excluded.tax)
    self =
      tax > .zero ? .tick(tax, excluded: excluded.services) : .leave(.service(excluded.services))
  }
}

/// Why an invoice is not proposed for ticking. The first that applies, in the order in which somebody
/// would ask.
package enum LeftOut: Equatable, Sendable {
  case notIncoming
  case noOriginal
  case conflict
  case red
  case kind
  case noTax
  case issuedLater
  case deducted(CivilMonth)
  case selected(CivilMonth)
  case void
  case reversed
  case redMissing
  case risk(InvoiceRisk)
  case locked
  case use(InvoiceUsage)
  case service(Set<ExcludedService>)
  case notVerified
  case verifiedOtherwise(Verification)

  package init?(_ invoice: DeductionCase, month: CivilMonth) {
    let standing = invoice.standing
    let history = standing.history
    let risk = history.risk?.word ?? .normal
    if !invoice.isIncoming {
      self = .notIncoming
    } else if standing.isAwaiting {
      self = .noOriginal
    } else if history.isInConflict {
      self = .conflict
    } else if standing.isRed {
      self = .red
    } else if !DeductionCase.isDeductible(invoice.kind, invoice.business) {
      self = .kind
    } else if standing.sums.tax <= .zero {
      self = .noTax
    } else if let on = invoice.issuedOn, on.month > month {
      self = .issuedLater
    } else if let deduction = history.deduction {
      self = .deducted(deduction.period)
    } else if let selection = history.selection {
      self = .selected(selection.period)
    } else if history.bureauStatus?.word == .void {
      self = .void
    } else if history.bureauStatus?.word == .reversedFull || standing.selectableTax <= .zero {
      self = .reversed
    } else if history.bureauStatus?.word == .reversedPart && standing.reversal == .none {
      self = .redMissing
    } else if risk != .normal {
      self = .risk(risk)
    } else if history.lock?.word == .locked {
      self = .locked
    } else if let use = history.usage?.word, !use.isDeductible {
      self = .use(use)
    } else if history.verification?.word != .genuine {
      self = history.verification.map { .verifiedOtherwise($0.word) } ?? .notVerified
    } else {
      return nil
    }
  }

  /// Stable, for programs.
  package var code: String {
    switch self {
    case .notIncoming: "not_incoming"
    case .noOriginal: "no_original"
    case .conflict: "conflict"
    case .red: "red"
    case .kind: "kind"
    case .noTax: "no_tax"
    case .issuedLater: "issued_later"
    case .deducted: "deducted"
    case .selected: "selected"
    case .void: "void"
    case .reversed: "reversed"
    case .redMissing: "red_missing"
    case .risk: "risk"
    case .locked: "locked"
    case .use: "use"
    case .service: "service"
    case .notVerified: "not_verified"
    case .verifiedOtherwise: "verified_otherwise"
    }
  }

  /// For whoever looks at it.
  package var why: Phrase {
    switch self {
    case .notIncoming: Phrase("not an invoice that we received", "不是本单位取得的发票")
    case .noOriginal: Phrase("the XML or OFD has not come yet", "缺少 XML 或 OFD 原件，待补")
    case .conflict: Phrase("in conflict: two files say other sums", "同号不同金额，冲突待处理")
    case .red: Phrase("a red invoice", "红字发票")
    case .kind: Phrase("this kind of invoice gives no deduction", "该票种不能抵扣")
    case .noTax: Phrase("it shows no tax", "票面没有税额")
    case .issuedLater: Phrase("issued after the month", "开票日期晚于所属期")
    case .deducted(let month): Phrase("deducted in \(month)", "已于 \(month) 抵扣")
    case .selected(let month): Phrase("ticked for \(month)", "已勾选，所属期 \(month)")
    case .void: Phrase("void by the bureau's list", "税务局清单显示已作废")
    case .reversed: Phrase("taken back in full by red invoices", "已全额红冲")
    case .redMissing:
      Phrase(
        "taken back in part by the bureau's list, and the red invoice is not in the pool",
        "税务局清单显示已部分红冲，但红字发票不在票池中")
    case .risk(let risk):
      Phrase("a risk by the bureau's list: \(risk.rawValue)", "税务局风险提示：\(risk.zh)")
    case .locked: Phrase("locked: a red invoice is under way", "红字已锁定，正在红冲")
    case .use(let use): Phrase("used for \(use.en)", "用于\(use.zh)")
    case .service(let services):
      Phrase(
        "\(ExcludedService.list(services).en): not deductible where consumed directly; if it was "
          + "not, say so with 'boms-invoice use --as taxable'",
        "\(ExcludedService.list(services).zh)：直接用于消费的不得抵扣；"
          + "如不属此类，请用 'boms-invoice use --as taxable' 指定")
    case .notVerified: Phrase("not verified yet", "尚未查验")
    case .verifiedOtherwise(let answer):
      Phrase("verified with the answer \(answer.rawValue)", "查验结果：\(answer.zh)")
    }
  }
}

extension InvoiceUsage {
  /// Whether input tax of this use may be deducted.
  ///
  /// Source: 增值税法 art. 22 (1), (2), (4).
  package var isDeductible: Bool { self == .taxable || self == .none }

  package var en: String {
    switch self {
    case .taxable: "taxable business"
    case .welfare: "collective welfare"
    case .personal: "personal consumption"
    case .exempt: "exempt business"
    case .simplified: "simplified taxation"
    case .none: "nothing that was said"
    }
  }
}

extension ExcludedService {
  package static func list(_ services: Set<ExcludedService>) -> Phrase {
    let names = services.sorted { $0.rawValue < $1.rawValue }.map(\.name)
    return Phrase(
      names.map(\.en).joined(separator: ", "), names.map(\.zh).joined(separator: "、"))
  }
}
