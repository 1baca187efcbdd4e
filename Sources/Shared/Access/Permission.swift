/// A row of the table of permissions.
package struct Permission: Hashable, Sendable {
  package static let any = "*"
  /// The action of seeing what is sensitive; `*` does not stand for it.
  package static let reveal = "reveal"

  package var role: Role
  package var tool: String
  package var action: String
  package var register: String

  package init(_ role: Role, _ tool: String, _ action: String, _ register: String = any) {
    self.role = role
    self.tool = tool
    self.action = action
    self.register = register
  }

  /// - Parameter register: nil: whichever.
  func covers(tool: String, action: String, register: String?) -> Bool {
    func fits(_ pattern: String, _ name: String) -> Bool {
      pattern == name || pattern == Permission.any
    }
    return fits(self.tool, tool) && (register.map { fits(self.register, $0) } ?? true)
      && (action == Permission.reveal ? self.action == action : fits(self.action, action))
  }
}
