/// One thing that happened to an invoice. What it means for the invoice is `InvoiceStanding`.
package struct InvoiceEvent: Hashable, Sendable {
  package enum Kind: String, Sendable, CaseIterable {
    /// A file came: the first one, a better one, another carrier, other bytes of the same, other money.
    case received, completed
    case carrierSeen = "carrier_seen"
    case duplicateSeen = "duplicate_seen"
    case conflict
    /// Somebody said which file counts.
    case resolved
    /// 查验, 发票状态, 风险, 红字锁定, 用途.
    case verified, status, risk, locked, used
    /// 勾选, 抵扣, 进项转出.
    case selected, deselected, deducted, undeducted
    case transferredOut = "transferred_out"
    /// 入账.
    case posted, unposted
    /// What it belongs to.
    case matched, unmatched
  }

  package var kind: Kind
  /// The day on which it was recorded; what an earlier day asks does not see it.
  package var on: CivilDate
  /// Of a file that came, or counts.
  package var fileID: Int64?
  package var code: String?
  /// 所属期 of a deduction, the accounting period of a posting.
  package var period: CivilMonth?
  package var voucher: String?
  /// Of a posting: the day of the voucher, which may be another than that of the record.
  package var bookedOn: CivilDate?
  package var net: Money?
  package var tax: Money?
  package var gross: Money?
  /// Another document: the red invoice of a transfer out, the bill of a match.
  package var otherNo: String?
  package var reason: String?

  package init(
    _ kind: Kind, on day: CivilDate, fileID: Int64? = nil, code: String? = nil,
    period: CivilMonth? = nil, voucher: String? = nil, net: Money? = nil, tax: Money? = nil,
    gross: Money? = nil, otherNo: String? = nil, reason: String? = nil
  ) {
    self.kind = kind
    on = day
    self.fileID = fileID
    self.code = code
    self.period = period
    self.voucher = voucher
    self.net = net
    self.tax = tax
    self.gross = gross
    self.otherNo = otherNo
    self.reason = reason
  }
}
