/// Who comes to the books, for what, and what the audit is to say of it.
package struct Visit: Sendable {
  package var attempt: Attempt
  /// Registers that a command changes besides its ledgers: what becomes of their rows is kept.
  package var changing: [String]
  package var account: SystemAccount
  package var host: String
  package var run: String
  /// The command line without secrets.
  package var arguments: [String]
  package var now: @Sendable () -> Instant

  package init(
    attempt: Attempt, changing: [String] = [], account: SystemAccount, host: String, run: String,
    arguments: [String],
    now: @escaping @Sendable () -> Instant
  ) {
    self.attempt = attempt
    self.changing = changing
    self.account = account
    self.host = host
    self.run = run
    self.arguments = arguments
    self.now = now
  }
}
