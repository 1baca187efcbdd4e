import GRDB

/// Grants and permissions as they are stored.
package enum AccessStore {
  package static func grants(of user: String, _ db: Database) throws -> [Grant] {
    let rows = try SQLStatement(
      db, "SELECT role, property_no FROM role_grant WHERE user = ? ORDER BY role, property_no")
    rows.bind(1, user)
    var grants: [Grant] = []
    while try rows.step() {
      if let role = Role(rawValue: rows.text(0)) {
        grants.append(Grant(role, property: rows.optionalText(1)))
      }
    }
    return grants
  }

  /// The permissions for a tool.
  package static func permissions(for tool: String, _ db: Database) throws -> [Permission] {
    let rows = try SQLStatement(
      db, "SELECT role, tool, action, register FROM permission WHERE tool IN (?, '*')")
    rows.bind(1, tool)
    var permissions: [Permission] = []
    while try rows.step() {
      if let role = Role(rawValue: rows.text(0)) {
        permissions.append(Permission(role, rows.text(1), rows.text(2), rows.text(3)))
      }
    }
    return permissions
  }

  static func verdict(
    on attempt: Attempt, by user: User, _ db: Database
  ) throws -> AccessRule.Verdict {
    if user.isRoot { return .allowed(nil) }
    return AccessRule(permissions: try permissions(for: attempt.tool, db))
      .verdict(on: attempt, by: user, with: try grants(of: user.name, db))
  }

  /// Makes the first admins: those who make the database, or bring it to the version that asks for
  /// roles.
  static func makeFirstAdmins(_ users: [String], _ db: Database) throws {
    let add = try SQLStatement(
      db,
      """
      INSERT INTO role_grant (user, role) SELECT ?1, 'admin'
      WHERE NOT EXISTS (SELECT 1 FROM role_grant WHERE user = ?1 AND role = 'admin')
      """)
    for user in users {
      add.bind(1, user)
      try add.run()
    }
  }
}
