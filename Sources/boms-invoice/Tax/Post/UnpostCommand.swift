import ArgumentParser
import Shared

/// `boms-invoice unpost`: a posting is taken back (撤销入账).
struct UnpostCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "unpost", Phrase("Take back that an invoice was posted.", "撤销发票入账。"),
    examples: [
      "boms-invoice unpost 26332000000000000104 --reason 凭证作废重做"
    ],
    discussion: Phrase(
      """
      The record of the posting stays, and that it was taken back is added. The invoice may then be \
      posted again. The voucher itself is corrected in the accounting program.
      """,
      """
      入账记录保留，并追加撤销记录；发票此后可重新入账。凭证本身请在财务软件中更正。
      """))

  @Argument(help: .boms("The numbers of the invoices.", "发票号码。", valueName: "number"))
  var numbers: [String]

  @OptionGroup var decision: Decision

  func run() throws {
    let (context, day, books) = try decision.open()
    try books.write(dryRun: decision.dryRun) { db in
      let pool = try TaxPool(db, asOf: day)
      for number in numbers {
        let invoice = try pool.require(number, db)
        let posting = invoice.standing.history.posting
        let event = InvoiceEvent(
          .unposted, on: day, period: posting?.period, voucher: posting?.voucher,
          reason: decision.reason)
        try pool.record(event, of: invoice)
      }
    }
    var summary = Summary((Phrase("taken back", "已撤销"), numbers.count))
    if decision.dryRun { summary.note(.dryRun) }
    context.console.say(summary)
  }
}
