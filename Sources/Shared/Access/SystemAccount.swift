/// As whom this process runs: a user of the system. No variable of BOMS says it.
package struct SystemAccount: Hashable, Sendable {
  package var uid: UInt32
  package var name: String
  /// Who called sudo, as sudo says it; nil without sudo.
  package var sudoer: Sudoer?

  package struct Sudoer: Hashable, Sendable {
    package var uid: UInt32
    package var name: String

    package init(uid: UInt32, name: String) {
      self.uid = uid
      self.name = name
    }
  }

  package init(uid: UInt32, name: String, sudoer: Sudoer? = nil) {
    self.uid = uid
    self.name = name
    self.sudoer = sudoer
  }

  package static let root = SystemAccount(uid: 0, name: "root")

  /// The person before a database: whoever called sudo to work as its owner, else the account.
  ///
  /// What sudo says is believed of the file's owner only. Somebody who is the owner without sudo
  /// could say it too, and reads and writes the file as he likes anyway.
  /// - Parameter owner: the uid of the file's owner.
  package func user(ofFileOf owner: UInt32) -> User {
    if let sudoer, uid == owner, uid != 0 {
      return User(name: sudoer.name, account: name, isRoot: sudoer.uid == 0)
    }
    return User(name: name, account: name, isRoot: uid == 0)
  }
}

/// Whom the books see.
package struct User: Hashable, Sendable {
  /// The person, by whose grants is decided.
  package var name: String
  /// As whom the program runs; another one under sudo.
  package var account: String
  /// Root reads and writes the file anyway, and is refused nothing.
  package var isRoot: Bool

  package init(name: String, account: String, isRoot: Bool) {
    self.name = name
    self.account = account
    self.isRoot = isRoot
  }
}
