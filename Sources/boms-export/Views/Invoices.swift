import Shared

extension Export {
  /// 票池: what `boms-invoice list` lists, with all of the pool in it.
  static let invoices = Export(
    name: "invoices", zh: "票池",
    summary: Phrase(
      "the invoices that had come by a day, and what became of each",
      "截至某日收到的发票，及其查验、入账、抵扣、红冲情况"),
    columns: InvoiceFields.all
  ) { db, selection, day, writer in
    try InvoiceListStore(db, asOf: day).forEach { listed in
      try ComputedRow(cells: listed.cells()).write(selection, to: writer)
    }
  }

  private static let invoiceLinesFields: [Field] =
    [
      .code("invoice_no", "发票号码"), .choice("direction", "方向", InvoiceFields.directions),
      .flag("is_red", "红字"), .date("issued_on", "开票日期"),
    ] + InvoiceFields.lines

  /// 发票明细.
  static let invoiceLines = Export(
    name: "invoice_lines", zh: "发票明细",
    summary: Phrase(
      "the lines of the invoices that had come by a day", "截至某日收到的发票的明细行"),
    columns: invoiceLinesFields
  ) { db, selection, day, writer in
    try InvoiceLinesStore.write(db, on: day, invoiceLinesFields, selection, writer)
  }
}
