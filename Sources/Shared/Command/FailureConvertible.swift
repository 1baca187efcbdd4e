/// An error that says how the program is to end for it. Errors from below adopt it where they are
/// known: those of SQLite in Store, those of numbers here.
package protocol FailureConvertible: Error {
  var asFailure: Failure { get }
}

extension Failure: FailureConvertible {
  package var asFailure: Failure { self }

  /// Any error; one that nobody foresaw is a bug of ours.
  package init(_ error: any Error) {
    if let known = error as? any FailureConvertible {
      self = known.asFailure
    } else {
      self.init(
        .bug,
        Phrase("something unforeseen: \(error)", "发生未预料的错误：\(error)"),
        hint: Phrase(
          "this is a bug in boms; please report it with the command and this line",
          "这是程序缺陷，请连同命令和本行信息一并反馈"))
    }
  }
}

extension ValueError: FailureConvertible {
  package var asFailure: Failure {
    Failure(
      .badData, Phrase("\(message.en) [\(rule)]", "\(message.zh) [\(rule)]"), hint: hint)
  }
}

/// Thrown as it is, a status ends the program without a further word: what there was to say has
/// been said (`throw ExitStatus.some`).
extension ExitStatus: Error {}
