import Shared

extension RequestRule {
  static let lines: [RequestRule] = [taxCode, summaryCode, rate, sellerRate, price]

  private static let taxCode = RequestRule(
    id: "request.tax-code",
    meaning: Phrase("every line has a tax code of 19 digits", "每行均有 19 位税收分类编码")
  ) { draft, _ in
    draft.lines.compactMap { line in
      if let code = line.taxCode, TaxCode.hasForm(code) { return nil }
      return RequestFinding(
        rule: "request.tax-code", subject: line.item, field: "tax_code", value: line.taxCode,
        message: line.taxCode.map {
          Phrase("tax code '\($0)' is not of 19 digits", "税收分类编码“\($0)”不是 19 位数字")
        } ?? Phrase("the item has no tax code", "收费项目没有税收分类编码"),
        hint: Phrase(
          "give tax_code in the register of fee items", "请在收费项目登记中填写税收分类编码"))
    }
  }

  private static let summaryCode = RequestRule(
    id: "request.tax-code-summary",
    meaning: Phrase(
      "a tax code is not one that others are kinds of, as far as that is known",
      "税收分类编码不是汇总项（以已知编码为限）")
  ) { draft, setting in
    draft.lines.compactMap { line in
      guard let code = line.taxCode, TaxCode.hasForm(code),
        TaxCode.isSummary(code, of: setting.taxCodes.union(TaxCode.usual))
      else { return nil }
      return RequestFinding(
        rule: "request.tax-code-summary", subject: line.item, field: "tax_code", value: code,
        message: Phrase(
          "tax code '\(code)' is a summary of others", "税收分类编码“\(code)”是汇总项，不能开票"),
        hint: Phrase("give the code of what is sold", "请填写具体的明细编码"))
    }
  }

  /// Source: VAT law and the rates of the simplified method; 1% and 0.5% are reliefs.
  private static let knownRates: Set<Int64> = [
    130_000, 90_000, 60_000, 50_000, 30_000, 20_000, 15_000, 10_000, 5_000,
  ]

  private static let rate = RequestRule(
    id: "request.tax-rate",
    meaning: Phrase(
      "the rate is one that there is: 13, 9, 6, 5, 3, 2, 1.5, 1 or 0.5 percent",
      "税率为 13%、9%、6%、5%、3%、2%、1.5%、1%、0.5% 之一")
  ) { draft, _ in
    draft.lines.compactMap { line in
      if knownRates.contains(line.taxRate.millionths) { return nil }
      return RequestFinding(
        rule: "request.tax-rate", subject: line.item, field: "tax_rate",
        value: line.taxRate.description,
        message: line.taxRate == .zero
          ? Phrase(
            "no tax rate: exempt or not taxable cannot be told apart",
            "税率为 0，无法区分免税与不征税")
          : Phrase("there is no tax rate \(line.taxRate)", "没有 \(line.taxRate) 这一税率"),
        hint: line.taxRate == .zero
          ? Phrase(
            "give the rate in the register of fee items, or issue this one by hand",
            "请在收费项目登记中填写税率，或在税务局手工开具")
          : Phrase(
            "correct tax_rate of the item or the charge term", "请更正收费项目或收费条款的税率"))
    }
  }

  private static let sellerRate = RequestRule(
    id: "request.seller-rate",
    meaning: Phrase(
      "the rate is one that the seller may charge: a small taxpayer not 13, 9 or 6 percent, a general "
        + "one not 1 or 0.5",
      "税率与销售方纳税人类型相符：小规模不得用 13%、9%、6%，一般纳税人不得用 1%、0.5%")
  ) { draft, _ in
    let barred: Set<Int64> =
      switch draft.seller.taxpayerKind {
      case .general: [10_000, 5_000]
      case .small: [130_000, 90_000, 60_000]
      case nil: []
      }
    return draft.lines.compactMap { line in
      guard barred.contains(line.taxRate.millionths) else { return nil }
      let isSmall = draft.seller.taxpayerKind == .small
      return RequestFinding(
        rule: "request.seller-rate", subject: line.item, field: "tax_rate",
        value: line.taxRate.description,
        message: Phrase(
          "company '\(draft.seller.companyNo)' is a \(isSmall ? "small" : "general") taxpayer and may "
            + "not charge \(line.taxRate)",
          "收款主体“\(draft.seller.companyNo)”为\(isSmall ? "小规模" : "一般")纳税人，不得使用税率 \(line.taxRate)"),
        hint: Phrase(
          "correct tax_rate of the item, or taxpayer_kind of the company",
          "请更正项目税率或收款主体的纳税人类型"))
    }
  }

  private static let price = RequestRule(
    id: "request.price",
    meaning: Phrase(
      "quantity × price is the amount, within a fen", "数量 × 单价 = 金额，误差不超过一分")
  ) { draft, _ in
    draft.lines.compactMap { line in
      guard let measure = line.measure, !measure.agrees(with: line.amounts.amount) else {
        return nil
      }
      return RequestFinding(
        rule: "request.price", subject: line.item, field: "price",
        value: measure.price.description,
        message: Phrase(
          "\(measure.quantity) × \(measure.price) is not \(line.amounts.amount)",
          "\(measure.quantity) × \(measure.price) 不等于 \(line.amounts.amount)"))
    }
  }
}

extension IssueCharge.Measure {
  /// Whether quantity × price is the amount, within a fen.
  func agrees(with amount: Money) -> Bool {
    // Fen are 10,000 of the millionths of a yuan; the product has twelve places.
    let unit = Int128(Fixed.one) * 10_000
    let product = Int128(quantity.millionths) * Int128(price.millionths)
    return (product - Int128(amount.fen) * unit).magnitude <= unit.magnitude
  }
}
