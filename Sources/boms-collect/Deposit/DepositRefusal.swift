import Shared

/// What several decisions about deposits refuse.
enum DepositRefusal {
  static let held = Phrase("deposits held", "押金结存")

  static func nothingHeld(_ store: DepositStore) -> ValueError {
    ValueError(
      "deposit.nothing-held",
      store.item.map {
        Phrase(
          "contract '\(store.contractNo)' holds no deposit of item '\($0)' on \(store.day)",
          "合同“\(store.contractNo)”截至 \(store.day) 没有项目“\($0)”的押金结存")
      }
        ?? Phrase(
          "contract '\(store.contractNo)' holds no deposit on \(store.day)",
          "合同“\(store.contractNo)”截至 \(store.day) 没有押金结存"),
      hint: Phrase(
        "'boms-collect deposit list \(store.contractNo)' shows what became of it",
        "可用 'boms-collect deposit list \(store.contractNo)' 查看收付明细"))
  }

  /// - Parameter what: what there is less of than was asked for.
  static func exceeds(_ asked: Money, _ there: Money, _ what: Phrase) -> ValueError {
    ValueError(
      "deposit.exceeds",
      Phrase(
        "\(asked.grouped) is more than there is: \(what.en) \(there.grouped)",
        "\(asked.grouped) 超过\(what.zh) \(there.grouped)"),
      hint: Phrase("give at most that, or no --amount", "请填写不超过该金额，或省略 --amount"))
  }
}
