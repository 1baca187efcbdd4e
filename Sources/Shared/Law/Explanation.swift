/// The sentence that an accountant would say: `120.50 m² × 5.50 元/m²/日 × 30 日 = 19,882.50`.
package enum Explanation {
  /// One segment: `120.50 m² × 5.50 元/m²/日 × 30 日`.
  package static func text(_ segment: Segment, per: LeaseTerm.Per?, _ language: Language) -> String
  {
    let zh = language == .zh
    var text = ""
    if let area = segment.area { text += "\(area.grouped(atLeast: 2)) m² × " }
    text += segment.price.grouped(atLeast: 2)
    text += zh ? " 元" : " CNY"
    if segment.area != nil { text += "/m²" }
    if let per { text += "/\(name(per, language))" }
    let month = zh ? "月" : "month"
    func plural(_ count: Int) -> String { zh || count == 1 ? "" : "s" }
    switch segment.time {
    case .days(let days): text += " × \(days) \(zh ? "日" : "day")\(plural(days))"
    case .months(let months): text += " × \(months) \(month)\(plural(months))"
    case .share(let days, let whole): text += " × \(days)/\(whole) \(month)"
    case .yearShare(let days): text += " × 12 × \(days)/365 \(month)"
    case .begun(let free, let whole):
      text += " × (1 − \(free)/\(whole)) \(month)"
    case .once: break
    }
    if let months = per?.months, months > 1, segment.time != .once { text += " ÷ \(months)" }
    if segment.freePercent > .zero {
      text += " × (1 − \(segment.freePercent)%)"
    }
    return text
  }

  /// A whole charge, with its segments' days where there are several.
  package static func text(_ charge: Charge, _ language: Language) -> String {
    let zh = language == .zh
    var text = basis(charge.basis, language)
    // A late fee says by itself what it comes to.
    if case .lateFee = charge.basis { return text }
    if charge.taxIncluded {
      text += " = \(charge.amounts.amount.grouped)"
    } else {
      let percent = Fixed(millionths: charge.taxRate.millionths * 100)
      text += " = \(charge.amounts.net.grouped)"
      text +=
        zh
        ? "，加税 \(percent)% \(charge.amounts.tax.grouped) = \(charge.amounts.amount.grouped)"
        : ", plus \(percent)% tax \(charge.amounts.tax.grouped) = \(charge.amounts.amount.grouped)"
    }
    return text
  }

  private static func basis(_ basis: Charge.Basis, _ language: Language) -> String {
    switch basis {
    case .opening: language == .zh ? "期初应收" : "opening receivable"
    case .time(let segments, let per):
      segments.count == 1
        ? text(segments[0], per: per, language)
        : segments.map { "[\($0.days)] " + text($0, per: per, language) }.joined(separator: " + ")
    case .turnover(let month): text(month, language)
    case .leaseYear(let year): text(year, language)
    case .metered(let bill):
      "\(bill.meterNo) "
        + bill.usages.map { text($0, language) }.joined(separator: language == .zh ? "；" : "; ")
    case .share(let share): text(share, language)
    case .lateFee(let posting, let charge):
      language == .zh
        ? "账单 \(charge.billNo) \(charge.kind.zh) \(charge.period)，应收日 \(charge.dueOn)，逾期："
          + text(posting, language)
        : "bill \(charge.billNo), \(charge.kind.rawValue) \(charge.period), due \(charge.dueOn), "
          + "overdue: " + text(posting, language)
    }
  }

  /// `250,000.00 元营业额 × 8% × 20/31 日 − 保底 12,000.00`.
  static func text(_ month: TurnoverRent.Month, _ language: Language) -> String {
    let zh = language == .zh
    var text: String
    if month.bands.count == 1 {
      text = "\(month.bands[0].sales.grouped) × \(month.bands[0].percent)%"
    } else if month.bands.isEmpty {
      text = "\(month.report.amount.grouped) × 0%"
    } else {
      text = month.bands.map { "\($0.sales.grouped) × \($0.percent)%" }.joined(separator: " + ")
      if !month.isWhollyCharged { text = "(\(text))" }
    }
    text = (zh ? "营业额 " : "turnover ") + text
    if !month.isWhollyCharged {
      let days = Fixed(millionths: month.chargedWeight / 100)
      text += " × \(days)/\(month.days.days) \(zh ? "日" : "days")"
    }
    if month.guarantee != .zero {
      text += (zh ? " − 保底 " : " − guarantee ") + month.guarantee.grouped
    }
    return text
  }

  static func text(_ year: TurnoverRent.Year, _ language: Language) -> String {
    let (guarantee, rent) = (year.guarantee.grouped, year.entitlement.grouped)
    let charged = year.charged.grouped
    return language == .zh
      ? "年度取高：保底 \(guarantee) 与提成 \(rent) 取高 − 已计 \(charged)"
      : "lease year: the larger of guarantee \(guarantee) and turnover rent \(rent)"
        + " − \(charged) charged"
  }

  /// `(1,579.3 − 931.6) × 60 = 38,862：5,000 × 1.12 元 + 33,862 × 1.26 元`.
  static func text(_ usage: Metering.Usage, _ language: Language) -> String {
    let zh = language == .zh
    let install = usage.install
    var text =
      install.register == .total ? "" : (zh ? install.register.zh : install.register.rawValue) + " "
    text += "(\(usage.value.grouped(atLeast: 0))"
    if usage.isRollover { text += " + 1" + String(repeating: "0", count: install.digits ?? 0) }
    text += " − \(usage.previous.grouped(atLeast: 0)))"
    if install.multiplier.millionths != Fixed.one { text += " × \(install.multiplier)" }
    if usage.parts.isEmpty { return text + (zh ? "（不计价）" : " (not priced)") }
    let unit = zh ? "元" : "CNY"
    func price(_ part: Metering.Usage.Part) -> String {
      "\(part.price.grouped(atLeast: 2)) \(unit)"
    }
    if usage.parts.count == 1 { return text + " × " + price(usage.parts[0]) }
    let parts = usage.parts.map { "\(Metering.text($0.quantity)) × \(price($0))" }
    return text + " = \(usage.quantityText)" + (zh ? "：" : ": ") + parts.joined(separator: " + ")
  }

  static func text(_ share: CostShare, _ language: Language) -> String {
    let zh = language == .zh
    func number(_ weight: Int64) -> String {
      share.basis == .equal
        ? "\(weight)" : Fixed(millionths: weight).grouped(atLeast: 2) + (zh ? " m²·日" : " m²·days")
    }
    return (zh ? "公摊 " : "pool ") + "\(share.poolNo) \(share.poolAmount.grouped) × "
      + "\(number(share.weight)) / \(number(share.totalWeight))"
  }

  static func name(_ per: LeaseTerm.Per, _ language: Language) -> String {
    let zh = language == .zh
    return switch per {
    case .day: zh ? "日" : "day"
    case .month: zh ? "月" : "month"
    case .quarter: zh ? "季" : "quarter"
    case .halfYear: zh ? "半年" : "half-year"
    case .year: zh ? "年" : "year"
    }
  }
}
