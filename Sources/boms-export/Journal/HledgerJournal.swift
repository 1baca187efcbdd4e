import Shared

/// The journal in the plain text of hledger: accounts and the commodity are declared, so that
/// `hledger check --strict` passes; every voucher is a transaction.
final class HledgerJournal {
  private let output: ByteOutput
  private var declared: Set<String> = []

  init(to output: ByteOutput) {
    self.output = output
    output.append("commodity CNY 1000.00\n")
  }

  /// Declarations may stand anywhere in the file, so an account is declared where it is first used.
  func write(_ voucher: JournalVoucher) throws(Failure) {
    let new = voucher.lines.map { name(of: $0, voucher) }.filter { declared.insert($0).inserted }
    if !new.isEmpty { output.append("\n") }
    for account in new { output.append("account \(account)\n") }
    output.append("\n\(voucher.bookedOn) (\(voucher.number)) \(plain(voucher.summary))\n")
    output.append("    ; company:\(plain(voucher.companyNo)), ")
    output.append("document:\(voucher.document.rawValue)\n")
    for line in voucher.lines {
      output.append("    \(name(of: line, voucher))  CNY \(line.amount)")
      let tags = [
        ("property", line.propertyNo), ("tenant", line.tenantNo), ("contract", line.contractNo),
        ("item", line.item), ("counterpart", line.counterpartNo),
      ].compactMap { tag, value in value.map { "\(tag):\(plain($0))" } }
      if !tags.isEmpty { output.append("  ; \(tags.joined(separator: ", "))") }
      output.append("\n")
    }
    try output.check()
  }

  func finish() throws(Failure) { try output.flush() }

  private func name(of line: JournalVoucher.Line, _ voucher: JournalVoucher) -> String {
    "\(plain(voucher.companyNo)):\(plain(line.accountCode)) \(plain(line.accountName))"
  }

  /// Without what means something to hledger: two spaces end an account, `;` begins a comment, `,`
  /// ends a tag, `:` parts accounts, brackets make a posting virtual, `|` parts payee and note.
  private func plain(_ text: String) -> String {
    let wide: [Character: Character] = [
      ";": "；", ",": "，", ":": "：", "(": "（", ")": "）", "[": "［", "]": "］", "|": "｜",
    ]
    return text.split(whereSeparator: \.isWhitespace).joined(separator: " ").reduce(into: "") {
      $0.append(wide[$1] ?? $1)
    }
  }
}
