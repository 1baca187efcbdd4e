/// What somebody is to the books. What a role may do stands in the table of permissions.
package enum Role: String, CaseIterable, Comparable, Sendable {
  case admin, finance, leasing, property, viewer

  package var phrase: Phrase {
    switch self {
    case .admin: Phrase("admin", "管理员")
    case .finance: Phrase("finance", "财务")
    case .leasing: Phrase("leasing", "招商租赁")
    case .property: Phrase("property", "物业")
    case .viewer: Phrase("viewer", "查看")
    }
  }

  package static func < (a: Role, b: Role) -> Bool { a.rawValue < b.rawValue }
}

/// A role that a user has, for one property or for all.
package struct Grant: Hashable, Sendable {
  package var role: Role
  /// nil: all properties.
  package var propertyNo: String?

  package init(_ role: Role, property propertyNo: String? = nil) {
    self.role = role
    self.propertyNo = propertyNo
  }
}
