import ArgumentParser

// How values are written on a command line.

extension Language: ExpressibleByArgument {}

extension OutputFormat: ExpressibleByArgument {}

extension FindingWriter.Format: ExpressibleByArgument {}

extension CivilDate: ExpressibleByArgument {
  /// `YYYY-MM-DD` and nothing else: what a script passes is not guessed at.
  package init?(argument: String) {
    self.init(iso: argument)
  }
}

extension CivilDate {
  /// As `init(argument:)`, with a reason. For `@Option(transform:)`.
  package static func parse(_ argument: String) throws -> CivilDate {
    guard let date = CivilDate(argument: argument) else {
      throw ValidationError("a day that exists, written YYYY-MM-DD, is expected")
    }
    return date
  }
}

extension CivilMonth {
  /// `YYYY-MM` and nothing else. For `@Option(transform:)`.
  package static func parse(_ argument: String) throws -> CivilMonth {
    guard let first = CivilDate(argument: argument + "-01") else {
      throw ValidationError("a month, written YYYY-MM, is expected")
    }
    return first.month
  }
}
