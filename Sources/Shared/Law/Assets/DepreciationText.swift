// How a month's amount arose, in a sentence that an accountant can check.

extension DepreciationMonth {
  package func explanation(_ language: Language) -> String {
    let isChinese = language == .zh
    func money(_ fen: Int64) -> String { Money(fen: fen).grouped }
    func count(_ millionths: Int64) -> String { Fixed(millionths: millionths).grouped(atLeast: 0) }
    let month = isChinese ? "；第 \(number)/\(life) 月" : "; month \(number) of \(life)"
    let rest = (netBefore.fen - salvage.fen)
    switch working {
    case .nothing: return unchargedExplanation(isChinese)
    case .equal(let base, let months):
      return isChinese
        ? "应计折旧额 \(money(base)) ÷ \(months) 个月 = \(amount.grouped)\(month)"
        : "depreciable \(money(base)) ÷ \(months) months = \(amount.grouped)\(month)"
    case .remaining(let months):
      return isChinese
        ? "（净值 \(netBefore.grouped) − 净残值 \(salvage.grouped)）÷ 剩余 \(months) 个月 = "
          + "\(amount.grouped)\(month)"
        : "(net value \(netBefore.grouped) − salvage \(salvage.grouped)) ÷ \(months) months left = "
          + "\(amount.grouped)\(month)"
    case .rest:
      return isChinese
        ? "净值 \(netBefore.grouped) − 净残值 \(salvage.grouped) = \(money(rest))，提足\(month)"
        : "net value \(netBefore.grouped) − salvage \(salvage.grouped) = \(money(rest)), all that is "
          + "left\(month)"
    case .units(let base, let used, let total):
      return isChinese
        ? "应计折旧额 \(money(base)) × 工作量 \(count(used)) ÷ \(count(total)) = \(amount.grouped)"
        : "depreciable \(money(base)) × units \(count(used)) ÷ \(count(total)) = \(amount.grouped)"
    case .year(let year, let number, let sum, let months, let charged):
      let name = isChinese ? "第 \(number) 年：" : "year \(number): "
      let share: String
      if let charged {
        share =
          isChinese
          ? "，减已提 \(money(charged)) = \(amount.grouped)"
          : ", less \(money(charged)) charged = \(amount.grouped)"
      } else {
        share = " ÷ \(months) = \(amount.grouped)"
      }
      return "\(name)\(working(of: year, isChinese)) = \(money(sum))\(share)\(month)"
    }
  }

  private func working(of year: DepreciationWorking.Year, _ isChinese: Bool) -> String {
    func money(_ fen: Int64) -> String { Money(fen: fen).grouped }
    switch year {
    case .declining(let net, let months, let rateLife):
      // Whole years read as such.
      let isWhole = months == 12 && rateLife % 12 == 0
      let rate = isWhole ? "2/\(rateLife / 12)" : "\(2 * months)/\(rateLife)"
      return isChinese ? "年初净值 \(money(net)) × \(rate)" : "net value \(money(net)) × \(rate)"
    case .lastTwo(let left, let months, let of):
      return isChinese
        ? "净值减净残值 \(money(left)) × \(months)/\(of)"
        : "net value less salvage \(money(left)) × \(months)/\(of)"
    case .byDigits(let base, let share, let of):
      let (share, of) = share % 12 == 0 && of % 12 == 0 ? (share / 12, of / 12) : (share, of)
      return isChinese
        ? "应计折旧额 \(money(base)) × \(share)/\(of)" : "depreciable \(money(base)) × \(share)/\(of)"
    }
  }

  private func unchargedExplanation(_ isChinese: Bool) -> String {
    switch reason {
    case .notStarted: isChinese ? "尚未开始计提" : "not charged yet"
    case .fullyDepreciated: isChinese ? "已提足折旧" : "fully depreciated"
    case .disposed: isChinese ? "已处置" : "disposed of"
    case .noUsage: isChinese ? "当月无工作量" : "no units recorded"
    case .notDepreciated: isChinese ? "不计提折旧" : "not depreciated"
    case .normal, .final: ""
    }
  }
}
