/// What is done with the stored value of a column on its way out: a `FieldKind` boiled down to what
/// a writer has to know, without anything to retain in the hot loop.
struct CellRule {
  enum Shape: UInt8 {
    /// As it is stored.
    case plain
    case integer
    /// Fen, written in yuan with two places.
    case money
    /// Millionths, written without trailing zeros.
    case millionths
    case flag
    /// A code that has a Chinese word, where Chinese is asked for.
    case choice
  }

  let shape: Shape

  init(_ kind: FieldKind, _ headings: Language) {
    shape =
      switch kind {
      case .code, .text, .date, .month, .codes: .plain
      case .integer: .integer
      case .money: .money
      case .decimal, .percent, .rate, .permille: .millionths
      case .flag: .flag
      case .choice: headings == .zh ? .choice : .plain
      }
  }

  /// Whether a reader compares the values digit under digit.
  var isNumber: Bool {
    shape == .integer || shape == .money || shape == .millionths
  }
}

extension FieldKind {
  /// Whether the value is a key or a number of something outside.
  var isCode: Bool {
    switch self {
    case .code, .codes: true
    default: false
    }
  }

  /// Whether the value is text of any length, so that a table may show its start only. A key without
  /// its end would be another key.
  var isFree: Bool {
    switch self {
    case .text, .codes: true
    default: false
    }
  }
}

extension ByteOutput {
  /// The stored integer as the text that its shape asks for, without quotes.
  func append(_ value: Int64, as shape: CellRule.Shape, _ headings: Language) {
    switch shape {
    case .money: append(value, places: 2, trim: false)
    case .millionths: append(value, places: Fixed.places, trim: true)
    case .flag:
      switch (headings, value != 0) {
      case (.en, true): append("yes")
      case (.en, false): append("no")
      case (.zh, true): append("是")
      case (.zh, false): append("否")
      }
    case .plain, .integer, .choice: append(value, places: 0, trim: false)
    }
  }

  /// `value / 10^places`.
  @inline(__always)
  private func append(_ value: Int64, places: Int, trim: Bool) {
    fill(28) { start in
      Decimals.write(
        value, places: places, trim: trim, to: UnsafeMutableBufferPointer(start: start, count: 28))
    }
  }
}

/// The Chinese words of a column's codes.
struct ChoiceWords {
  private let words: [(code: [UInt8], zh: [UInt8])]

  init(_ kind: FieldKind) {
    guard case .choice(let choices) = kind else {
      words = []
      return
    }
    words = choices.map { (Array($0.code.utf8), Array($0.zh.utf8)) }
  }

  /// Calls `body` with the Chinese word; with the code itself if it is not one of the listed.
  func withWord(
    of code: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) -> Void
  ) {
    for word in words where word.code.elementsEqual(code) {
      return word.zh.withUnsafeBufferPointer(body)
    }
    body(code)
  }
}
