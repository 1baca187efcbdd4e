import Testing

@testable import Shared

/// As whom the books see somebody.
struct SystemAccountTests {
  private let li = SystemAccount.Sudoer(uid: 1001, name: "li")

  @Test func withoutSudoItIsTheAccount() {
    let user = SystemAccount(uid: 1001, name: "li").user(ofFileOf: 900)
    #expect(user == User(name: "li", account: "li", isRoot: false))
  }

  @Test func underSudoToTheOwnerItIsWhoCalledSudo() {
    let user = SystemAccount(uid: 900, name: "boms", sudoer: li).user(ofFileOf: 900)
    #expect(user == User(name: "li", account: "boms", isRoot: false))
  }

  /// Whoever is not the owner gains nothing by saying that he is somebody else.
  @Test func whoIsNotTheOwnerIsNotBelieved() {
    let user = SystemAccount(uid: 1002, name: "wang", sudoer: .init(uid: 1001, name: "li"))
      .user(ofFileOf: 900)
    #expect(user.name == "wang")
    let root = SystemAccount(uid: 1002, name: "wang", sudoer: .init(uid: 0, name: "root"))
      .user(ofFileOf: 900)
    #expect(!root.isRoot)
  }

  @Test func rootIsRootWhoeverCalledSudo() {
    let user = SystemAccount(uid: 0, name: "root", sudoer: li).user(ofFileOf: 0)
    #expect(user == User(name: "root", account: "root", isRoot: true))
  }

  @Test func noVariableOfOursSaysWhoSomebodyIs() {
    let environment = Environment(
      variables: ["BOMS_USER": "x", "USER": "x", "LOGNAME": "x", "SUDO_USER": "x"],
      account: SystemAccount(uid: 1001, name: "li"))
    #expect(environment.account.user(ofFileOf: 0).name == "li")
  }
}
