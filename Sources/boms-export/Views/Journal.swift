import Shared

extension Export {
  /// 凭证: what every document does to the accounts.
  static let journal = Export(
    name: "journal", zh: "凭证",
    summary: Phrase(
      "the vouchers of the books, derived (--company, --month, --from, --to)",
      "由账簿生成的记账凭证（--company、--month、--from、--to）"),
    columns: [
      .code("company_no", "收款主体"), .integer("voucher_no", "凭证号", 1...Int.max),
      .date("booked_on", "记账日"), .choice("document", "单据类别", JournalDocument.choices),
      .code("document_no", "单据号"), .flag("red", "红字"), .text("summary", "摘要"),
      .choice("role", "用途", Choice.accountRoles), .code("account_code", "科目编码"),
      .text("account_name", "科目名称"), .money("debit", "借方"), .money("credit", "贷方"),
      .code("property_no", "项目编号"), .code("tenant_no", "租户编号"),
      .text("tenant_name", "租户名称"), .code("contract_no", "合同编号"), .code("item", "项目代码"),
      .code("counterpart_no", "往来主体"),
    ],
    takesPeriod: true,
    ledger: { db, period, output in
      let journal = HledgerJournal(to: output)
      try JournalStore.forEach(db, in: period) { try journal.write($0) }
      try journal.finish()
    }
  ) { db, selection, day, writer in
    try JournalStore.forEach(db, in: selection.period ?? JournalPeriod(to: day)) { voucher in
      for line in voucher.lines {
        let (debit, credit) = voucher.sides(line)
        try ComputedRow(cells: [
          .text(voucher.companyNo), .integer(Int64(voucher.number)), Cell(voucher.bookedOn),
          .text(voucher.document.rawValue), .text(voucher.documentNo),
          .integer(voucher.isRed ? 1 : 0), .text(voucher.summary), .text(line.role),
          .text(line.accountCode), .text(line.accountName), Cell(debit), Cell(credit),
          Cell(line.propertyNo), Cell(line.tenantNo), Cell(line.tenantName),
          Cell(line.contractNo), Cell(line.item), Cell(line.counterpartNo),
        ]).write(selection, to: writer)
      }
    }
  }

  private static let balanceFields: [Field] = [
    .code("company_no", "收款主体"), .choice("role", "用途", Choice.accountRoles),
    .code("account_code", "科目编码"), .text("account_name", "科目名称"), .money("balance", "余额"),
  ]

  /// 科目余额: what the postings of each account come to.
  static let accountBalance = Export(
    name: "account_balance", zh: "科目余额",
    summary: Phrase(
      "the balance of every account as of a day, debit above zero", "截至某日各科目余额（借方为正）"),
    columns: balanceFields
  ) { db, selection, day, writer in
    try AccountBalanceStore.write(db, on: day, balanceFields, selection, writer)
  }
}
