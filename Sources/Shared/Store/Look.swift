import GRDB

/// The contracts that a job looks at, in a temporary table in the order of their numbers. Those
/// with a `since` day did not change: only what is billed from that day on can be new.
package enum Look {
  package static func at(_ db: Database, _ selection: Selection) throws {
    try db.run(
      """
      DROP TABLE IF EXISTS temp.look;
      CREATE TEMP TABLE look (seq INTEGER PRIMARY KEY, contract_no TEXT NOT NULL, since TEXT)
      """)
    let limit =
      "AND (?2 IS NULL OR c.property_no = ?2) AND (?3 IS NULL OR c.contract_no = ?3)"
    let from =
      """
      INSERT INTO temp.look (contract_no, since)
      SELECT i.contract_no, CASE i.changed WHEN 0 THEN i.next_bill_on END
      """
    let insert: SQLStatement
    switch selection {
    case .these(let contracts):
      insert = try SQLStatement(db, "INSERT INTO temp.look (contract_no) VALUES (?)")
      for contractNo in contracts.sorted() {
        insert.bind(1, contractNo)
        try insert.run()
      }
      return
    case .accounts(let keys):
      insert = try SQLStatement(
        db,
        """
        INSERT INTO temp.look (contract_no) SELECT contract_no FROM contract
        WHERE tenant_no = ?1 AND property_no = ?2 ORDER BY contract_no
        """)
      for key in keys {
        insert.bind(1, key.tenantNo)
        insert.bind(2, key.propertyNo)
        try insert.run()
      }
      return
    case .due(let asOf, let property, let contract):
      let narrow = property == nil && contract == nil
      insert = try SQLStatement(
        db,
        """
        \(from)
        FROM billing_index i
        \(narrow ? "" : "JOIN contract c ON c.contract_no = i.contract_no")
        WHERE (i.changed = 1 OR i.next_bill_on <= ?1) \(narrow ? "" : limit)
        ORDER BY i.contract_no
        """)
      insert.bind(1, asOf)
      if !narrow {
        insert.bind(2, property)
        insert.bind(3, contract)
      }
    case .all(let property, let contract):
      insert = try SQLStatement(
        db,
        """
        INSERT INTO temp.look (contract_no)
        SELECT c.contract_no FROM contract c WHERE ?1 IS NULL \(limit) ORDER BY c.contract_no
        """)
      insert.bind(1, null: ())
      insert.bind(2, property)
      insert.bind(3, contract)
    case .sharing(let item, let property):
      // What is recorded does not matter to a division and is not read.
      insert = try SQLStatement(
        db,
        """
        INSERT INTO temp.look (contract_no, since)
        SELECT DISTINCT c.contract_no, '9999-12-31'
        FROM charge_term t JOIN contract c ON c.contract_no = t.contract_no
        WHERE t.item = ?1 AND t.method = 'share' AND c.property_no = ?2 ORDER BY c.contract_no
        """)
      insert.bind(1, item)
      insert.bind(2, property)
    case .metered(let property):
      insert = try SQLStatement(
        db,
        """
        INSERT INTO temp.look (contract_no, since)
        SELECT DISTINCT c.contract_no, '9999-12-31'
        FROM meter_install i JOIN contract c ON c.contract_no = i.contract_no
        WHERE ?1 IS NULL OR c.property_no = ?1 ORDER BY c.contract_no
        """)
      insert.bind(1, property)
    case .touched, .noted:
      let table = if case .noted = selection { "noted" } else { "touched" }
      insert = try SQLStatement(
        db,
        "INSERT INTO temp.look (contract_no) SELECT contract_no FROM temp.\(table) ORDER BY 1")
    case .changedWithCharges:
      insert = try SQLStatement(
        db,
        """
        INSERT INTO temp.look (contract_no)
        SELECT contract_no FROM billing_index i WHERE changed = 1
          AND EXISTS (SELECT 1 FROM charge c WHERE c.contract_no = i.contract_no)
        ORDER BY contract_no
        """)
    }
    try insert.run()
  }

  package enum Selection {
    /// Contracts that are known.
    case these(Set<String>)
    /// Those of accounts, account by account.
    case accounts([AccountStore.Key])
    /// What the index points at: changed, or due to be billed by the day.
    case due(asOf: CivilDate, property: String?, contract: String?)
    /// Without the index.
    case all(property: String?, contract: String?)
    /// With a share term for the item; without what is recorded.
    case sharing(item: String, property: String)
    /// With a meter; without what is recorded.
    case metered(property: String?)
    /// Listed in the temporary table `touched`: by an import, or by a view of a few contracts.
    case touched
    /// Listed in the temporary table `noted`, by a run.
    case noted
    /// Changed since the last run, and with something recorded.
    case changedWithCharges
  }
}
