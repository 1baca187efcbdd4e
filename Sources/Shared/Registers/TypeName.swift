extension FieldKind {
  /// What a user may write in the field, in a few words.
  package var typeName: Phrase {
    switch self {
    case .code: Phrase("code", "编码")
    case .text: Phrase("text", "文本")
    case .date: Phrase("date, YYYY-MM-DD", "日期（YYYY-MM-DD）")
    case .month: Phrase("month, YYYY-MM", "月份（YYYY-MM）")
    case .money(.any): Phrase("money, yuan with two places", "金额（元，两位小数）")
    case .money(.notNegative):
      Phrase("money, yuan with two places, not negative", "金额（元，两位小数，不为负）")
    case .money(.positive):
      Phrase("money, yuan with two places, above zero", "金额（元，两位小数，大于零）")
    case .decimal(.any, _): Phrase("number with up to six places", "数值（最多六位小数）")
    case .decimal(.notNegative, _):
      Phrase("number with up to six places, not negative", "数值（最多六位小数，不为负）")
    case .decimal(.positive, _):
      Phrase("number with up to six places, above zero", "数值（最多六位小数，大于零）")
    case .percent: Phrase("percent, 5 or 5%", "百分比（5 或 5%）")
    case .rate: Phrase("rate, 0.05 or 5%", "比率（0.05 或 5%）")
    case .permille: Phrase("per mille, 0.5, 0.05% or 万分之五", "千分比（0.5、0.05% 或 万分之五）")
    case .integer(let range):
      Phrase(
        "whole number, \(range.lowerBound) to \(range.upperBound)",
        "整数（\(range.lowerBound) 至 \(range.upperBound)）")
    case .flag: Phrase("yes or no", "是或否")
    case .choice: Phrase("one of the values", "可选值之一")
    case .codes: Phrase("codes separated by ';'", "编码，多个以“;”分隔")
    }
  }

  /// The unit of the number, empty where there is none.
  package var unit: String {
    switch self {
    case .money: "元"
    case .decimal(_, let unit): unit ?? ""
    case .percent: "%"
    case .permille: "‰"
    default: ""
    }
  }
}
