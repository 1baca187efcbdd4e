import Testing

@testable import Shared

/// Who may do what, as tables.
struct AccessRuleTests {
  /// The permissions that a fresh database has.
  private func seeded(_ tool: String) throws -> AccessRule {
    try FreshBooks().books.read { db in
      AccessRule(permissions: try AccessStore.permissions(for: tool, db))
    }
  }

  private func decide(
    _ attempt: Attempt, _ grants: Grant..., isRoot: Bool = false
  ) throws -> AccessRule.Verdict {
    try seeded(attempt.tool).verdict(
      on: attempt, by: User(name: "li", account: "li", isRoot: isRoot), with: grants)
  }

  private func isRefused(_ verdict: AccessRule.Verdict) -> Bool {
    if case .refused = verdict { return true }
    return false
  }

  @Test(arguments: [
    // Role, tool, command, use, register: whether it is allowed.
    (Role.admin, "boms-db", "restore", Use.writing, nil as String?, true),
    (.finance, "boms-db", "restore", .writing, nil, false),
    (.finance, "boms-db", "grant", .writing, nil, false),
    (.finance, "boms-bill", "void", .writing, nil, true),
    (.leasing, "boms-bill", "void", .writing, nil, false),
    (.leasing, "boms-bill", "terminate", .writing, nil, true),
    (.finance, "boms-bill", "terminate", .writing, nil, false),
    (.viewer, "boms-bill", "run", .writing, nil, false),
    (.viewer, "boms-bill", "notice", .sending, nil, false),
    (.viewer, "boms-bill", "explain", .reading, nil, true),
    (.viewer, "boms-export", "export", .reading, "tenant", true),
    (.viewer, "boms-export", "export", .revealing, "tenant", false),
    (.finance, "boms-export", "export", .revealing, "tenant", true),
    (.leasing, "boms-export", "export", .revealing, "tenant", false),
    (.leasing, "boms-export", "export", .reading, "tenant", true),
    (.leasing, "boms-export", "export", .reading, "journal", false),
    (.property, "boms-export", "export", .reading, "charges", false),
    (.property, "boms-import", "import", .importing, "reading", true),
    (.property, "boms-import", "import", .importing, "tenant", false),
    (.leasing, "boms-import", "import", .importing, "contract", true),
    (.leasing, "boms-import", "import", .importing, "account", false),
    (.viewer, "boms-import", "import", .importing, "reading", false),
    (.finance, "boms-remind", "deliver", .writing, nil, false),
    (.viewer, "boms-invoice", "extract", .sending, nil, false),
    // What no program has.
    (.admin, "boms-new", "run", .writing, nil, true),
    (.finance, "boms-bill", "unheard-of", .writing, nil, false),
    (.viewer, "boms-new", "list", .reading, nil, false),
  ])
  func aRoleMayDoWhatTheTableSays(
    _ role: Role, _ tool: String, _ command: String, _ use: Use, _ register: String?,
    _ isAllowed: Bool
  ) throws {
    let attempt = Attempt(tool, command, use, of: register.map { [$0] } ?? [])
    let verdict = try decide(attempt, Grant(role))
    #expect(isRefused(verdict) != isAllowed)
    if isAllowed { #expect(verdict == .allowed(nil)) }
  }

  @Test func withoutARoleNothingIsAllowedAndRootIsRefusedNothing() throws {
    let attempt = Attempt("boms-export", "export", .reading, of: ["unit"])
    #expect(isRefused(try decide(attempt)))
    #expect(try decide(attempt, isRoot: true) == .allowed(nil))
  }

  @Test func propertiesAreThoseOfAllGrantsThatAllowIt() throws {
    let export = Attempt("boms-export", "export", .reading, of: ["unit"])
    #expect(
      try decide(export, Grant(.leasing, property: "A"), Grant(.viewer, property: "B"))
        == .allowed(["A", "B"]))
    #expect(
      try decide(export, Grant(.leasing, property: "A"), Grant(.viewer)) == .allowed(nil))
    // The other grant does not allow it, and adds nothing.
    #expect(
      try decide(
        Attempt("boms-export", "export", .reading, of: ["rent_roll"]),
        Grant(.leasing, property: "A"), Grant(.property)) == .allowed(["A"]))
  }

  @Test func severalRegistersAreAllowedWhereAllOfThemAre() throws {
    let both = Attempt("boms-import", "import", .importing, of: ["unit", "reading"])
    #expect(isRefused(try decide(both, Grant(.leasing))))
    #expect(
      try decide(
        both, Grant(.leasing, property: "A"), Grant(.leasing, property: "B"),
        Grant(.property, property: "B")) == .allowed(["B"]))
  }

  @Test func whoDoesNotKnowYetToWhichRegisterNeedsLeaveForOne() throws {
    let some = Attempt("boms-import", "import", .importing, of: nil)
    #expect(try decide(some, Grant(.finance)) == .allowed(nil))
    #expect(try decide(some, Grant(.property, property: "A")) == .allowed(["A"]))
    let verdict = try decide(some, Grant(.viewer))
    guard case .refused(let why, let hint) = verdict else {
      Issue.record("allowed")
      return
    }
    #expect(why.en == "user 'li' (viewer) may not run 'boms-import'")
    #expect(why.zh == "用户“li”（viewer）无权执行 'boms-import'")
    #expect(
      hint?.en.hasPrefix("it takes the role admin or finance or leasing or property;") == true,
      "\(hint?.en ?? "")")
    #expect(isRefused(try decide(some)))
  }

  @Test func whoIsLimitedChangesNothingAsAWhole() throws {
    let verdict = try decide(
      Attempt("boms-bill", "terminate", .writing), Grant(.leasing, property: "A"))
    guard case .refused(let why, _) = verdict else {
      Issue.record("allowed")
      return
    }
    #expect(
      why.en
        == "user 'li' works for 'A' only, and 'boms-bill terminate' is for the books as a whole")
    #expect(
      try decide(
        Attempt("boms-import", "import", .importing, of: ["unit"]),
        Grant(.leasing, property: "A")) == .allowed(["A"]))
  }

  @Test func revealingNeedsBothAndForTheSameProperties() throws {
    let reveal = Attempt("boms-export", "export", .revealing, of: ["tenant"])
    #expect(
      try decide(reveal, Grant(.viewer), Grant(.finance, property: "A")) == .allowed(["A"]))
    #expect(isRefused(try decide(reveal, Grant(.viewer), Grant(.leasing))))
  }

  @Test func theRefusalNamesUserRoleCommandAndWhoMay() throws {
    let verdict = try decide(Attempt("boms-bill", "void", .writing), Grant(.viewer))
    guard case .refused(let why, let hint) = verdict else {
      Issue.record("allowed")
      return
    }
    #expect(why.en == "user 'li' (viewer) may not run 'boms-bill void'")
    #expect(why.zh == "用户“li”（viewer）无权执行 'boms-bill void'")
    #expect(hint?.en.contains("admin or finance") == true)
  }
}
