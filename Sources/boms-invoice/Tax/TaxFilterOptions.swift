import ArgumentParser
import Shared

/// Which invoices of the pool.
struct TaxFilterOptions: ParsableArguments {
  @Option(
    help: .boms("Only those issued in this month.", "只列此月份开具的。", valueName: "YYYY-MM"),
    transform: CivilMonth.parse)
  var month: CivilMonth?

  @Option(
    help: .boms(
      "Only of this seller: tax number or part of the name.", "只列此销售方的：税号或名称的一部分。",
      valueName: "seller"))
  var seller: String?

  @Option(
    help: .boms(
      "Only of this buyer: tax number or part of the name.", "只列此购买方的：税号或名称的一部分。",
      valueName: "buyer"))
  var buyer: String?

  @Option(help: .boms("Only of this company of ours.", "只处理本方的此公司。", valueName: "company"))
  var company: String?

  /// - Throws: `Failure` 66 for a company that is not known.
  func filter(_ db: BooksConnection) throws -> TaxInvoiceStore.Filter {
    if let company { try KnownNumber.require("company", company, "收款主体", db) }
    return TaxInvoiceStore.Filter(month: month, seller: seller, buyer: buyer, companyNo: company)
  }
}
