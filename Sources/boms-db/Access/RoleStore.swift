import GRDB
import Shared

/// Grants and permissions: listed and changed.
enum RoleStore {
  static let grantFields: [Field] = [
    .text("user", "用户"), .text("role", "角色"), .text("property_no", "项目编号"),
  ]
  static let permissionFields: [Field] = [
    .text("role", "角色"), .text("tool", "程序"), .text("action", "操作"),
    .text("register", "登记表"),
  ]

  // MARK: Grants

  /// - Returns: whether it is new.
  static func add(_ grant: Grant, to user: String, _ db: Database) throws -> Bool {
    try db.execute(
      sql: """
        INSERT INTO role_grant (user, role, property_no) VALUES (?, ?, ?) ON CONFLICT DO NOTHING
        """, arguments: [user, grant.role.rawValue, grant.propertyNo])
    return db.changesCount > 0
  }

  /// - Parameters:
  ///   - role: nil: all of them.
  ///   - properties: only those for these; none: all.
  /// - Returns: how many were taken away.
  /// - Throws: `ValueError` for the last admin.
  static func remove(
    _ role: Role?, properties: [String], from user: String, _ db: Database
  ) throws -> Int {
    let delete = try db.makeStatement(
      sql: """
        DELETE FROM role_grant
        WHERE user = ?1 AND role = coalesce(?2, role) AND coalesce(?3, property_no) IS property_no
        """)
    do {
      let each: [String?] = properties.isEmpty ? [nil] : properties
      return try each.reduce(0) { count, property in
        try delete.execute(arguments: [user, role?.rawValue, property])
        return count + db.changesCount
      }
    } catch let error as DatabaseError where error.message == "role_grant.last-admin" {
      throw ValueError(
        "role_grant.last-admin",
        Phrase("user '\(user)' is the last admin", "用户“\(user)”是最后一名管理员"),
        hint: Phrase(
          "make somebody else an admin first: 'boms-db grant USER admin'",
          "请先用 'boms-db grant 用户 admin' 指定另一名管理员"))
    }
  }

  static func writeGrants(of role: Role?, _ db: Database, _ writer: RecordWriter) throws {
    try write(
      "SELECT user, role, property_no FROM role_grant WHERE role = coalesce(?, role) ORDER BY 1, 2, 3",
      role, db, writer)
  }

  // MARK: Permissions

  static func writePermissions(of role: Role?, _ db: Database, _ writer: RecordWriter) throws {
    try write(
      """
      SELECT role, tool, action, register FROM permission WHERE role = coalesce(?, role)
      ORDER BY 1, 2, 3, 4
      """, role, db, writer)
  }

  private static func write(
    _ query: String, _ role: Role?, _ db: Database, _ writer: RecordWriter
  ) throws {
    let rows = try SQLStatement(db, query)
    rows.bind(1, role?.rawValue)
    while try rows.step() { try writer.row(rows.cells(rows.columnCount)) }
  }

  /// Every command is permitted to admins by its name, so that a slip is seen.
  /// - Throws: `Failure` 66 for a command that there is not.
  static func requireKnown(_ permission: Permission, _ db: Database) throws {
    let isKnown = try Bool.fetchOne(
      db,
      sql: """
        SELECT EXISTS (SELECT 1 FROM permission WHERE role = 'admin' AND tool = ?1
          AND (action = ?2 OR ?2 IN ('*', 'reveal')))
          OR (?1 = '*' AND ?2 IN ('*', 'reveal'))
        """, arguments: [permission.tool, permission.action])
    if isKnown == true { return }
    throw Failure(
      .noInput,
      Phrase(
        "there is no command '\(permission.tool) \(permission.action)'",
        "没有命令 '\(permission.tool) \(permission.action)'"),
      hint: Phrase(
        "'boms-db roles --permissions --role admin' lists them",
        "可用 'boms-db roles --permissions --role admin' 查看"))
  }

  static func permit(_ permission: Permission, _ db: Database) throws -> Bool {
    try db.execute(
      sql: """
        INSERT INTO permission (role, tool, action, register) VALUES (?, ?, ?, ?)
        ON CONFLICT DO NOTHING
        """, arguments: arguments(permission))
    return db.changesCount > 0
  }

  static func forbid(_ permission: Permission, _ db: Database) throws -> Bool {
    try db.execute(
      sql: "DELETE FROM permission WHERE role = ? AND tool = ? AND action = ? AND register = ?",
      arguments: arguments(permission))
    return db.changesCount > 0
  }

  private static func arguments(_ permission: Permission) -> StatementArguments {
    [permission.role.rawValue, permission.tool, permission.action, permission.register]
  }
}
