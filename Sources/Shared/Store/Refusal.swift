import GRDB

extension Phrase {
  /// Why the schema refuses rows of the books: in a sentence where somebody can do something about
  /// it, else as the schema says it.
  package init(refused error: DatabaseError) {
    let rule = error.message ?? "\(error.resultCode)"
    switch rule {
    case "charge.deposit-used":
      self.init(
        "the deposit is used or given back already, and cannot be asked for less [\(rule)]",
        "押金已被抵扣、转移或退还，不能再减少应收 [\(rule)]")
    case "allocation.deposit-used":
      self.init(
        "the deposit that it paid is used or given back already [\(rule)]",
        "所付押金已被抵扣、转移或退还 [\(rule)]")
    default:
      self.init("the books refuse its rows: \(rule)", "账簿拒绝其记录：\(rule)")
    }
  }
}
