/// Personal data as it may stand in a message, a log or a mail: enough to recognise, not to use.
/// The forms are those customary in Chinese banking and telecommunication.
package enum Masking {
  /// `138****5678`; a shorter number keeps its last two digits.
  package static func phone(_ text: String) -> String {
    let text = compact(text)
    return text.count >= 8
      ? "\(text.prefix(3))****\(text.suffix(4))" : "****\(text.suffix(text.count > 4 ? 2 : 0))"
  }

  /// `3301**********9883`; of a shorter number, such as a passport's, no more than half is kept.
  package static func identity(_ text: String) -> String {
    let text = compact(text)
    let kept = min(4, text.count / 4)
    let hidden = String(repeating: "*", count: text.count - 2 * kept)
    return "\(text.prefix(kept))\(hidden)\(text.suffix(kept))"
  }

  /// `****4787`. An account that is an e-mail address (支付宝) or a mobile number is masked as one.
  package static func account(_ text: String) -> String {
    let text = compact(text)
    if text.contains("@") { return email(text) }
    if text.count == 11, text.hasPrefix("1") { return phone(text) }
    return "****\(text.suffix(text.count > 4 ? min(4, text.count / 2) : 0))"
  }

  /// `a***@example.com`.
  package static func email(_ text: String) -> String {
    guard let at = text.lastIndex(of: "@") else { return "***" }
    return "\(text[..<at].prefix(1))***\(text[at...])"
  }

  /// `https://example.com/***`: who has the rest can write to the group.
  package static func address(_ text: String) -> String {
    let parts = text.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
    return parts.count == 4 ? parts[..<3].joined(separator: "/") + "/***" : "***"
  }

  /// `王**`, however long the name is.
  package static func name(_ text: String) -> String {
    text.isEmpty ? "" : "\(text.prefix(1))**"
  }

  /// Masks a value by the name of the field that it stands in; a field without a form of its own
  /// is hidden whole. An empty value stays empty.
  package static func mask(_ text: String, field: String) -> String {
    if text.isEmpty { return text }
    switch field {
    case "phone": return phone(text)
    case "id_no", "credit_code", "invoice_tax_no": return identity(text)
    case "bank_account", "payer_account", "our_account": return account(text)
    case "email", "invoice_email": return email(text)
    case "webhook": return address(text)
    case "recipient", "owner": return recipients(text)
    case "tax_no": return isPersons(text) ? identity(text) : text
    case "text", "note": return numbers(in: text)
    case "name", "contact", "payer_name", "invoice_title": return name(text)
    default: return "***"
    }
  }

  /// Whether a tax number is that of an identity card. A credit code may have seventeen digits as well: by
  /// its first one, which no card has, or by its check character it is one.
  private static func isPersons(_ taxNo: String) -> Bool {
    guard IDNumber.hasForm(taxNo) else { return false }
    guard CreditCode.problem(in: taxNo) == nil else { return true }
    return !taxNo.hasPrefix("9") && IDNumber.isOne(taxNo)
  }

  /// Of a list of recipients, separated by `;`, those that are addresses; names are shown.
  static func recipients(_ text: String) -> String {
    text.split(separator: ";", omittingEmptySubsequences: false).map { part in
      let recipient = String(part)
      if recipient.contains("://") { return address(recipient) }
      if recipient.contains("@") { return email(recipient) }
      let digits = recipient.hasPrefix("+") ? recipient.dropFirst() : recipient[...]
      let isPhone = digits.count >= 5 && digits.allSatisfy { $0.isASCII && $0.isNumber }
      return isPhone ? phone(recipient) : recipient
    }.joined(separator: ";")
  }

  /// A text in which somebody may have written phones, ids and accounts: of each number of seven
  /// digits and more, also with blanks and hyphens in it, the last four are shown. Dates, amounts and
  /// numbers of documents, which have letters, stay; addresses of mail are masked.
  static func numbers(in text: String) -> String {
    var result = ""
    var word = ""
    var written = ""
    var last: Character?
    func close() {
      let isGapAtEnd = word.last == " "
      if isGapAtEnd {
        word.removeLast()
        written.removeLast()
      }
      if !word.isEmpty {
        let masked = maskedWord(word)
        result += masked == word ? written : masked
      }
      if isGapAtEnd { result += " " }
      (word, written) = ("", "")
    }
    for asWritten in text {
      let character = narrow(asWritten)
      let isDigit = character.isASCII && character.isNumber
      let isPart =
        isDigit || (character.isASCII && character.isLetter)
        || "@._+-".contains(character)
      // A blank stands in a number only between digits.
      if last == " ", !word.isEmpty, !isDigit { close() }
      if isPart || (character == " " && last.map { $0.isASCII && $0.isNumber } == true) {
        word.append(character)
        written.append(asWritten)
      } else {
        close()
        result.append(asWritten)
      }
      last = character
    }
    close()
    return result
  }

  /// Digits and signs as they are typed in Chinese, `１３８－…`, as their narrow ones.
  private static func narrow(_ character: Character) -> Character {
    guard let scalar = character.unicodeScalars.first, character.unicodeScalars.count == 1,
      case let code = scalar.value, 0xFF01...0xFF5E ~= code,
      let narrow = Unicode.Scalar(code - 0xFEE0), "0123456789-@.+".contains(Character(narrow))
    else { return character }
    return Character(narrow)
  }

  private static func maskedWord(_ word: String) -> String {
    if word.contains("@") { return email(word) }
    let pieces = word.split(separator: " ").map { $0.split(whereSeparator: { "-.".contains($0) }) }
    let isDates = pieces.allSatisfy { $0.map(\.count) == [4, 2, 2] }
    let isAmount = pieces.count == 1 && word.contains(".") && pieces[0].last?.count == 2
    if isDates || isAmount { return word }
    let digits = word.filter { $0.isASCII && $0.isNumber }
    let isNumber = word.dropLast().allSatisfy { $0.isNumber || " -+._".contains($0) }
    if isNumber { return digits.count >= 7 ? "****\(digits.suffix(4))" : word }
    // A passport's number.
    let letters = word.prefix { $0.isASCII && $0.isLetter }
    if letters.count <= 2, digits.count >= 7, digits.count == word.count - letters.count {
      return "\(letters)****\(digits.suffix(2))"
    }
    // Stuck to a word, what is as long as a phone is no number of a document.
    let isLong = word.split(whereSeparator: { !($0.isASCII && $0.isNumber) }).contains {
      $0.count >= 11
    }
    return isLong ? "****\(digits.suffix(4))" : word
  }

  /// Whether the text is what `mask` leaves of a value of the field, and so nobody's phone or number.
  package static func isMask(_ text: String, field: String) -> Bool {
    switch field {
    case "text", "note":
      guard let star = text.range(of: "****") else { return text.contains("***@") }
      return text[star.upperBound...].first?.isNumber == true
    case "name", "contact": return text.count == 3 && text.hasSuffix("**")
    default: return text.contains("***")
    }
  }

  /// A sentence of another program, or an argument of a command, without the addresses of mail, the
  /// numbers of phones and of identity papers in it. Other numbers, such as those of invoices, stay.
  package static func addresses(in text: String) -> String {
    let words = text.split(separator: " ", omittingEmptySubsequences: false).map { word in
      let inner = word.drop { "<('\"“".contains($0) }
      let core = inner.prefix { !">)'\"”,;:".contains($0) }
      guard core.contains("@") else { return personalNumbers(in: word) }
      return word.prefix(word.count - inner.count) + email(String(core))
        + personalNumbers(in: inner.dropFirst(core.count))
    }
    return words.joined(separator: " ")
  }

  /// Masks runs of digits that have the form of a mobile phone or of an identity card, whatever
  /// they are stuck to.
  private static func personalNumbers(in text: some StringProtocol) -> String {
    var result = ""
    var run = ""
    func close() {
      let isPhone = run.count == 11 && run.hasPrefix("1")
      result += isPhone ? phone(run) : IDNumber.hasForm(run) ? identity(run) : run
      run = ""
    }
    for character in text {
      if character.isASCII, character.isNumber || (run.count == 17 && "xX".contains(character)) {
        run.append(character)
      } else {
        close()
        result.append(character)
      }
    }
    close()
    return result
  }

  private static func compact(_ text: String) -> String {
    text.filter { !$0.isWhitespace }
  }
}
