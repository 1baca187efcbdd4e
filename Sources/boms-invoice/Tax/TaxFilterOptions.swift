import ArgumentParser
import Shared

/// Which invoices of the pool.
struct TaxFilterOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("Only those issued in this month.", valueName: "YYYY-MM"),
    transform: CivilMonth.parse)
  var month: CivilMonth?

  @Option(
    help: ArgumentHelp("Only of this seller: tax number or part of the name.", valueName: "seller"))
  var seller: String?

  @Option(
    help: ArgumentHelp("Only of this buyer: tax number or part of the name.", valueName: "buyer"))
  var buyer: String?

  @Option(help: ArgumentHelp("Only of this company of ours.", valueName: "company"))
  var company: String?

  /// - Throws: `Failure` 66 for a company that is not known.
  func filter(_ db: BooksConnection) throws -> TaxInvoiceStore.Filter {
    if let company { try KnownNumber.require("company", company, "收款主体", db) }
    return TaxInvoiceStore.Filter(month: month, seller: seller, buyer: buyer, companyNo: company)
  }
}
