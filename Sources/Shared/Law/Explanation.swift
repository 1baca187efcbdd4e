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
    var text: String
    if charge.kind == .opening {
      text = zh ? "期初应收" : "opening receivable"
    } else if charge.segments.count == 1 {
      text = Explanation.text(charge.segments[0], per: charge.per, language)
    } else {
      text = charge.segments.map {
        "[\($0.days)] " + Explanation.text($0, per: charge.per, language)
      }.joined(separator: " + ")
    }
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
