import Shared
import TestSupport

/// What happens to the money of a property by chance.
extension RandomFacts {
  /// A payment comes in, or somebody decides about money. What makes no sense is refused with a rule,
  /// and nothing is changed by it.
  func handleMoney() throws -> String {
    let file = workspace.file("m.db")
    if once(in: 2) { return try pay() }
    let bills = try TestDatabase.texts("SELECT bill_no FROM bill ORDER BY id", file)
    let payments = try TestDatabase.texts("SELECT payment_no FROM payment ORDER BY id", file)
    let refunds = try TestDatabase.texts("SELECT refund_no FROM refund ORDER BY id", file)
    let (bill, payment) = (one(bills + ["none"]), one(payments + ["none"]))
    let contract = one(contracts).number
    let amount = ["--amount", yuan(1...3_000_000)]
    let words: [String] =
      switch number(0...11) {
      case 0: ["claim", payment, "T\(number(1...3))"]
      case 1: ["refund", "T\(number(1...3))", "--company", one(["CQ", "WY"])] + amount
      case 2: ["refund", "--payment", payment] + amount
      case 3, 4: ["void", payment]
      case 5: ["void", one(refunds + ["none"])]
      case 6: ["write-off", bill] + (once(in: 2) ? amount : [])
      case 7: ["write-off", bill, "--reverse"]
      case 8: ["deposit", "collect", contract]
      case 9: ["deposit", "deduct", contract, "--bill", bill] + (once(in: 2) ? amount : [])
      case 10: ["deposit", "refund", contract] + (once(in: 2) ? ["--early"] + amount : [])
      default: ["deposit", "forfeit", contract, "--penalty", "penalty"] + amount
      }
    let run = try workspace.run(
      "boms-collect",
      words + ["--reason", "因故", "--db", "m.db", "--as-of", "\(today)", "--lang", "en"])
    guard [0, 65, 66].contains(run.status), run.status != 65 || run.err.contains("[") else {
      throw Unexpected(description: "\(words): \(run)")
    }
    return words.joined(separator: " ") + (run.status == 0 ? "" : " (\(run.status))")
  }

  /// Of what is open somewhere or of any amount, today or some days ago, with or without words whose
  /// it is and what for.
  private func pay() throws -> String {
    let file = workspace.file("m.db")
    let open = try TestDatabase.rows(
      """
      SELECT b.tenant_no, b.contract_no, b.bill_no, sum(o.open_fen) FROM bill b
      JOIN charge c ON c.bill_no = b.bill_no JOIN charge_open o ON o.charge_id = c.id
      WHERE o.open_fen > 0 GROUP BY b.bill_no
      """, file)
    let serial = try TestDatabase.texts("SELECT count(*) FROM payment", file)[0]
    let row = open.randomElement(using: &random) ?? ["T1", "", "", "100"]
    let amount =
      once(in: 3) ? yuan(1...4_000_000) : Decimals.text(Int64(row[3]) ?? 1, places: 2, trim: false)
    let names = ["T1": "甲", "T2": "乙", "T3": "丙"]
    var text =
      "payment_no,property_no,tenant_no,payer_name,company_no,contract_no,bill_no,paid_on,amount\n"
    text +=
      "S\(serial),P,\(once(in: 4) ? "" : row[0]),\(once(in: 2) ? "" : names[row[0]] ?? "谁"),"
      + "\(once(in: 5) ? one(["CQ", "WY"]) : ""),\(once(in: 5) ? row[1] : ""),"
      + "\(once(in: 5) ? row[2] : ""),\(today.adding(days: -number(0...9))),\(amount)\n"
    return try importing("payment", text)
  }
}
