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
      throw ValidationError(
        "a day that exists, written YYYY-MM-DD, is expected", "应为存在的日期，写作 YYYY-MM-DD")
    }
    return date
  }
}

extension CivilMonth {
  /// `YYYY-MM`. For `@Option(transform:)`.
  package static func parse(_ argument: String) throws -> CivilMonth {
    guard let month = CivilMonth(iso: argument) else {
      throw ValidationError("a month, written YYYY-MM, is expected", "应为月份，写作 YYYY-MM")
    }
    return month
  }
}

extension Money {
  /// Yuan with up to two places, `80000` or `1234.50`. For `@Option(transform:)`.
  package static func parse(_ argument: String) throws -> Money {
    Money(
      fen: try number(
        argument, places: 2, Phrase("an amount in yuan, such as 1234.50,", "金额（元），如 1234.50")))
  }
}

extension Fixed {
  /// Up to six places. For `@Option(transform:)`.
  package static func parse(_ argument: String) throws -> Fixed {
    Fixed(millionths: try number(argument, places: 6, Phrase("a number, such as 5.5,", "数字，如 5.5")))
  }

  /// A percent with or without its sign. For `@Option(transform:)`.
  package static func parsePercent(_ argument: String) throws -> Fixed {
    let hasSign = argument.hasSuffix("%")
    let digits = hasSign ? String(argument.dropLast()) : argument
    let percent = Fixed(
      millionths: try number(
        digits, places: 6, Phrase("a percent, such as 5 or 5%,", "百分比，如 5 或 5%")))
    if !hasSign, percent != .zero, abs(percent.millionths) < Fixed.one {
      let hundredfold = Fixed(millionths: percent.millionths * 100)
      throw ValidationError(
        "'\(argument)' may be \(percent)% or \(hundredfold)%: write the sign",
        "“\(argument)”可能是 \(percent)%，也可能是 \(hundredfold)%：请写上百分号")
    }
    return percent
  }
}

private func number(_ argument: String, places: Int, _ expected: Phrase) throws -> Int64 {
  var text = argument
  guard let number = text.withUTF8({ NumberText.plain($0, places: places) }) else {
    throw ValidationError("\(expected.en) is expected", "应为\(expected.zh)")
  }
  return number
}

extension CompletionKind {
  /// The registers.
  package static let registers = names { Catalogue.registers.map { ($0.name, $0.zh) } }

  /// Names to choose from, made when a shell asks: the English ones, or the Chinese ones where
  /// something Chinese is typed already.
  package static func names(
    _ names: @escaping @Sendable () -> [(name: String, zh: String)]
  ) -> CompletionKind {
    .custom { _, _, typed in
      let isChinese = typed.utf8.contains { $0 >= 0x80 }
      return names().map { isChinese ? $0.zh : $0.name }
    }
  }
}
