import TestSupport

/// A place with two companies, small enough to be reckoned by hand.
enum SmallPlace {
  /// T1 owes 100 of rent and 500 of deposit to A and 50 of fees to B, T2 70 of rent to A: each on a
  /// bill of its own as of 2026-01-10, due that day. Late fees are a thousandth a day.
  static let billed = Result {
    let workspace = try Workspace()
    try workspace.succeed("boms-db", "init", "--db", "m.db")
    for (register, text) in [
      (
        "company",
        "company_no,name,credit_code\nA,甲公司,91330106MACKX4QG41\nB,乙公司,91330000142942095H\n"
      ),
      ("property", "property_no,name,company_no,billing_from\nP,广场,A,2026-01-01\n"),
      ("tenant", "tenant_no,name\nT1,甲店\nT2,乙店\n"),
      (
        "fee_item",
        "item,name,kind,priority\nrent,租金,rent,20\nmgmt,物业费,service,10\ndeposit,保证金,deposit,30\n"
      ),
      (
        "contract",
        "contract_no,tenant_no,property_no,start_on,end_on\nC1,T1,P,2026-01-01,2026-12-31\nC2,T2,P,2026-01-01,2026-12-31\n"
      ),
      (
        "charge_term",
        "contract_no,line,item,company_no,method,price,on\nC1,1,rent,,once,100,2026-01-10\nC1,2,mgmt,B,once,50,2026-01-10\nC1,3,deposit,,once,500,2026-01-12\nC2,1,rent,,once,70,2026-01-10\n"
      ),
    ] {
      try workspace.importing(register, text).expectStored()
    }
    try workspace.bill("2026-01-12")
    return workspace
  }
}

extension Workspace {
  /// Imports payments: number, tenant, day, amount, company, each for property P.
  func pay(_ rows: String...) throws {
    try importing(
      "payment",
      "payment_no,tenant_no,property_no,paid_on,amount,company_no\n"
        + rows.map { row in
          let cells = row.split(separator: ",", omittingEmptySubsequences: false)
          return "\(cells[0]),\(cells[1]),P,\(cells[2]),\(cells[3]),\(cells[4])\n"
        }.joined()
    ).expectStored()
  }

  /// A command of `boms-collect` as of a day.
  func collect(_ command: String, _ arguments: String..., on day: String) throws -> Run {
    try run(
      "boms-collect", [command] + arguments + ["--db", "m.db", "--as-of", day, "--lang", "en"])
  }

  /// What is open, as `item amount`, the oldest first.
  func open(_ day: String) throws -> [String] {
    try TestDatabase.texts(
      """
      SELECT c.contract_no || ' ' || c.item || ' ' || sum(m.amount_fen)
      FROM charge_movement m JOIN charge c ON c.id = m.charge_id WHERE m.booked_on <= '\(day)'
      GROUP BY c.id HAVING sum(m.amount_fen) <> 0 ORDER BY c.contract_no, c.id
      """, file("m.db"))
  }

  /// What is left of payments, as `number amount`.
  func left(_ day: String) throws -> [String] {
    try TestDatabase.texts(
      """
      SELECT coalesce(payment_no, 'opening') || ' ' || sum(amount_fen) FROM money_movement
      WHERE booked_on <= '\(day)' GROUP BY payment_no, opening_id HAVING sum(amount_fen) <> 0
      ORDER BY 1
      """, file("m.db"))
  }

  /// No balance of any day is below zero that must not be.
  func expectNoBalanceBelowZero() throws {
    let below = try TestDatabase.texts(
      """
      SELECT 'charge ' || charge_id || ' ' || booked_on FROM (
        SELECT m.charge_id, m.booked_on, c.amount_fen, sum(sum(m.amount_fen)) OVER (
          PARTITION BY m.charge_id ORDER BY m.booked_on) AS open_fen
        FROM charge_movement m JOIN charge c ON c.id = m.charge_id
        GROUP BY m.charge_id, m.booked_on)
      WHERE (amount_fen > 0 AND open_fen < 0) OR (amount_fen < 0 AND open_fen > 0)
      UNION ALL
      SELECT 'money ' || coalesce(payment_no, opening_id) || ' ' || booked_on FROM (
        SELECT payment_no, opening_id, booked_on, sum(sum(amount_fen)) OVER (
          PARTITION BY payment_no, opening_id ORDER BY booked_on) AS left_fen
        FROM money_movement GROUP BY payment_no, opening_id, booked_on)
      WHERE left_fen < 0
      """, file("m.db"))
    if below != [] { throw Unexpected(description: "\(below)") }
  }
}
