extension Choice {
  /// What a charge may be paid with.
  package static let moneyKinds = [
    Choice("payment", "收款"), Choice("credit_note", "冲减单"), Choice("prepaid", "期初预收"),
  ]
}
