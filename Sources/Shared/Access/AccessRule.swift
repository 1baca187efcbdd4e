/// Who may do what: grants and permissions against a try. Pure.
package struct AccessRule: Sendable {
  package enum Verdict: Equatable, Sendable {
    /// Allowed, for the properties; nil: for all.
    case allowed(Set<String>?)
    case refused(Phrase, hint: Phrase?)
  }

  package var permissions: [Permission]

  package init(permissions: [Permission]) {
    self.permissions = permissions
  }

  package func verdict(on attempt: Attempt, by user: User, with grants: [Grant]) -> Verdict {
    if user.isRoot { return .allowed(nil) }
    if grants.isEmpty {
      return .refused(
        Phrase(
          "user '\(user.name)' has no role in these books", "用户“\(user.name)”在此账套中没有角色"),
        hint: Phrase(
          "an admin can give one: 'boms-db grant \(user.name) ROLE'",
          "可请管理员执行 'boms-db grant \(user.name) 角色'"))
    }
    var properties: Set<String>?
    for needed in needs(of: attempt) {
      switch own(needed, attempt.tool, grants) {
      case .none: return refusal(of: attempt, needed, by: user, with: grants)
      case .all: break
      case .some(let found): properties = properties.map { $0.intersection(found) } ?? found
      }
    }
    if let properties, attempt.use.isWhole {
      let own = list(properties)
      return .refused(
        Phrase(
          "user '\(user.name)' works for \(own.en) only, and '\(attempt.name)' is for the books as "
            + "a whole",
          "用户“\(user.name)”仅限项目\(own.zh)，而 '\(attempt.name)' 针对整个账套"),
        hint: Phrase(
          "somebody with a role for all properties can run it", "可请拥有全部项目权限的人执行"))
    }
    return .allowed(properties)
  }

  // MARK: What is needed

  private struct Need {
    var action: String
    /// nil: whichever.
    var register: String?
  }

  private func needs(of attempt: Attempt) -> [Need] {
    let registers: [String?] =
      attempt.registers.map { $0.isEmpty ? [Permission.any] : $0 } ?? [nil]
    var needs = registers.map { Need(action: attempt.command, register: $0) }
    if attempt.use == .revealing {
      needs += registers.map { Need(action: Permission.reveal, register: $0) }
    }
    return needs
  }

  /// For which properties somebody has what is needed.
  private enum Own {
    case none, all
    case some(Set<String>)
  }

  private func own(_ need: Need, _ tool: String, _ grants: [Grant]) -> Own {
    let roles = roles(need, tool)
    let own = grants.filter { roles.contains($0.role) }
    if own.isEmpty { return .none }
    // One grant for all properties is worth more than any number of others.
    if own.contains(where: { $0.propertyNo == nil }) { return .all }
    return .some(Set(own.compactMap(\.propertyNo)))
  }

  private func roles(_ need: Need, _ tool: String) -> Set<Role> {
    Set(
      permissions.lazy.filter {
        $0.covers(tool: tool, action: need.action, register: need.register)
      }.map(\.role))
  }

  // MARK: Sentences

  private func refusal(
    of attempt: Attempt, _ need: Need, by user: User, with grants: [Grant]
  ) -> Verdict {
    let roles = Set(grants.map(\.role)).sorted().map(\.rawValue)
    let others = self.roles(need, attempt.tool).sorted().map(\.rawValue)
    let who = Phrase(
      "user '\(user.name)' (\(roles.joined(separator: ", ")))",
      "用户“\(user.name)”（\(roles.joined(separator: "、"))）")
    let what = need.action == Permission.reveal ? "\(attempt.name) --reveal" : attempt.name
    let register =
      need.register.flatMap { name in
        name == Permission.any ? nil : Phrase(" on '\(name)'", "（\(name)）")
      } ?? Phrase("", "")
    return .refused(
      Phrase(
        "\(who.en) may not run '\(what)'\(register.en)", "\(who.zh)无权执行 '\(what)'\(register.zh)"),
      hint: others.isEmpty
        ? nil
        : Phrase(
          "it takes the role \(others.joined(separator: " or ")); 'boms-db whoami' shows yours",
          "需要角色 \(others.joined(separator: " 或 "))；可用 'boms-db whoami' 查看自己的角色"))
  }

  private func list(_ properties: Set<String>) -> Phrase {
    Phrase(
      properties.sorted().map { "'\($0)'" }.joined(separator: ", "),
      properties.sorted().map { "“\($0)”" }.joined(separator: "、"))
  }
}
