import ArgumentParser
import Shared

/// `boms-collect claim`: somebody knows whose a payment is (认领).
struct ClaimCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "claim", Phrase("Say which tenant a payment is from that names none.", "认领收款：指明无租户的收款来自哪个租户。"),
    examples: ["boms-collect claim SK000009 T0042 --reason 租户来电确认"],
    discussion: Phrase(
      """
      The next run uses the payment for what the tenant owes. A claim may be replaced by another \
      while nothing of the payment is allocated.
      """,
      """
      下次核销时，该收款用于支付租户的欠款。收款尚未核销时，可以改认领给其他租户。
      """))

  @Argument(help: .boms("The payment's number.", "收款单号。", valueName: "payment"))
  var payment: String

  @Argument(help: .boms("The tenant's number.", "租户编号。", valueName: "tenant"))
  var tenant: String

  @OptionGroup var decision: Decision

  func run() throws {
    let (context, day, books) = try decision.open()
    let isNew = try books.write(dryRun: decision.dryRun) { try claim($0, on: day) }
    var summary = Summary((Phrase("claimed", "已认领"), isNew ? 1 : 0), (.unchanged, isNew ? 0 : 1))
    summary.note(Phrase("as of \(day)", "截至 \(day)"))
    if decision.dryRun { summary.note(.dryRun) }
    context.console.say(summary)
  }

  /// - Returns: whether it is another tenant than before.
  /// - Throws: `Failure` 66 for a number that is not known, 65 for a payment that is not to be claimed.
  private func claim(_ db: BooksConnection, on day: CivilDate) throws -> Bool {
    let store = try ClaimStore(db)
    let claimed = try store.claimed(payment)
    try KnownNumber.require("tenant", tenant, "租户", db)
    if claimed.isVoid {
      throw ValueError(
        "payment_claim.void",
        Phrase("payment '\(payment)' is void: it never was", "收款单“\(payment)”已作废，无款可认领"))
    }
    if claimed.tenantNo == tenant { return false }
    if let own = claimed.ownTenantNo {
      throw ValueError(
        "payment_claim.has-tenant",
        Phrase(
          "payment '\(payment)' names tenant '\(own)' itself",
          "收款单“\(payment)”已写明租户“\(own)”"),
        hint: Phrase(
          "if that is wrong: 'boms-collect void' and import it under another number",
          "如租户有误，请用 'boms-collect void' 作废，换一个收款单号重新导入"))
    }
    if claimed.allocated > .zero {
      throw Failure(
        .badData,
        Phrase(
          "payment '\(payment)' is tenant '\(claimed.tenantNo ?? "")''s, and "
            + "\(claimed.allocated.grouped) of it are allocated [payment_claim.allocated]",
          "收款单“\(payment)”已由租户“\(claimed.tenantNo ?? "")”认领，并已核销 "
            + "\(claimed.allocated.grouped) [payment_claim.allocated]"))
    }
    if claimed.refunded > .zero {
      throw ValueError(
        "payment_claim.allocated",
        Phrase(
          "of payment '\(payment)' \(claimed.refunded.grouped) went back already",
          "收款单“\(payment)”已退款 \(claimed.refunded.grouped)，不能再认领"),
        hint: Phrase(
          "take the refund back with 'boms-collect void', claim, then refund",
          "请先用 'boms-collect void' 撤销退款，认领后再退"))
    }
    try store.add(payment, tenant, .hand, on: day, reason: decision.reason)
    return true
  }
}
