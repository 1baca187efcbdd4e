import Shared

/// Which invoices of the pool a list of the tax bureau would have: those of its companies, months and
/// kinds.
struct BureauScope {
  private(set) var months: Set<CivilMonth> = []
  /// Tax numbers of ours that bought in the list, and that sold.
  private var buyers: Set<String> = []
  private var sellers: Set<String> = []
  private let isForTicking: Bool
  /// The numbers that the list has.
  var listed: Set<String> = []

  /// - Parameters:
  ///   - isForTicking: whether the list has only what can be deducted.
  ///   - isOurs: whether a tax number is that of a company of ours.
  init(_ entries: [BureauEntry], isForTicking: Bool, isOurs: (String) -> Bool) {
    self.isForTicking = isForTicking
    for entry in entries {
      months.insert(entry.issuedOn.month)
      let buyer = entry.buyerTaxNo.flatMap { isOurs($0) ? $0 : nil }
      let seller = entry.sellerTaxNo.flatMap { isOurs($0) ? $0 : nil }
      // A row between two of ours does not say whether the list is of what came or of what went.
      if let buyer, seller == nil || isForTicking { buyers.insert(buyer) }
      if let seller, buyer == nil { sellers.insert(seller) }
    }
  }

  /// Whether the list should have the invoice, and has not.
  /// - Parameter isDeductible: whether its kind and its tax could be ticked.
  func lacks(
    _ number: String, buyerTaxNo: String?, sellerTaxNo: String?, isDeductible: Bool,
    _ standing: InvoiceStanding
  ) -> Bool {
    guard !standing.isAwaiting, !listed.contains(number) else { return false }
    if isForTicking {
      // What is red, void, gone or deducted is not offered any more.
      guard isDeductible, !standing.isRed, standing.selectableTax > .zero,
        standing.history.bureauStatus?.word != .void
      else { return false }
    }
    return buyerTaxNo.map(buyers.contains) == true || sellerTaxNo.map(sellers.contains) == true
  }
}
