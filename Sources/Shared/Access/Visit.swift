/// Who comes to the books, for what, and what the audit is to say of it.
package struct Visit: Sendable {
  package var attempt: Attempt
  package var account: SystemAccount
  package var host: String
  package var run: String
  /// The command line without secrets.
  package var arguments: [String]
  package var now: @Sendable () -> Instant

  package init(
    attempt: Attempt, account: SystemAccount, host: String, run: String, arguments: [String],
    now: @escaping @Sendable () -> Instant
  ) {
    self.attempt = attempt
    self.account = account
    self.host = host
    self.run = run
    self.arguments = arguments
    self.now = now
  }
}
