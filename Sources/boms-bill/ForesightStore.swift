import GRDB
import Shared

/// What `boms-collect run` will settle after the run, where late fees go by it. Nothing stays of
/// finding it out.
struct ForesightStore {
  let db: Database
  let run: BillRun

  func settlements(_ rules: LateFeeRuleStore) throws -> LateFeeForesight.Settlements {
    try db.run("SAVEPOINT foresight")
    defer { try? db.run("ROLLBACK TO foresight; RELEASE foresight") }
    let only = try run.contract.flatMap { try account(of: $0) }
    let property = run.property ?? only?.propertyNo
    try CollectRun(asOf: run.asOf, property: property).takeIn(db)
    let accounts = try AccountStore(db, asOf: run.asOf, property: property)
    var keys = try accounts.keys()
    if let only { keys = keys.filter { $0 == only } }
    keys = try keys.filter { try bears(on: accounts.account($0)) }
    return keys.isEmpty ? [:] : try settlements(of: keys, accounts, rules)
  }

  /// Most money pays what is not overdue yet, or is left over while nothing is open.
  private func bears(on account: AccountStore.Account) throws -> Bool {
    do {
      return try account.law.isOverdue(on: run.asOf)
        && !account.law.allocations(asOf: run.asOf).allocations.isEmpty
    } catch is ValueError {
      // `boms-collect run` says so.
      return false
    }
  }

  private func settlements(
    of keys: [AccountStore.Key], _ accounts: AccountStore, _ rules: LateFeeRuleStore
  ) throws -> LateFeeForesight.Settlements {
    var settlements: LateFeeForesight.Settlements = [:]
    try Look.at(db, .accounts(keys))
    let cursor = try LeaseCursor(db, withCourses: true)
    var entry = try cursor.next()
    for key in keys {
      var contracts: [LateFeeForesight.Contract] = []
      while let its = entry, its.lease.tenantNo == key.tenantNo,
        its.lease.propertyNo == key.propertyNo
      {
        contracts.append(
          .init(
            contractNo: its.lease.contractNo, billing: rules.billing(of: its),
            recorded: its.recorded, courses: its.courses))
        entry = try cursor.next()
      }
      do {
        let found = try LateFeeForesight(accounts.account(key).law, contracts)
          .settlements(asOf: run.asOf)
        settlements.merge(found) { $0 + $1 }
      } catch is ValueError {
        continue
      }
    }
    return settlements
  }

  private func account(of contractNo: String) throws -> AccountStore.Key? {
    let rows = try SQLStatement(
      db, "SELECT tenant_no, property_no FROM contract WHERE contract_no = ?")
    rows.bind(1, contractNo)
    return try rows.step()
      ? AccountStore.Key(tenantNo: rows.text(0), propertyNo: rows.text(1)) : nil
  }
}
