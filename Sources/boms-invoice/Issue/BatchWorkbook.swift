import Shared

/// The tax bureau's workbook, filled in. All cells are text; what is not asked for stays empty.
struct BatchWorkbook {
  let made: CivilDate

  func write(_ requests: [RequestExportStore.Request], to output: ByteOutput) throws {
    let book = try Workbook(made: made)
    let header = sheet(BatchLayout.header, BatchWorkbook.notes.header, book)
    // The bureau reads the version from here.
    let version = book.sheet("excelVersion", isHidden: true)
    version.text(3, 0, BatchLayout.version)
    let lines = sheet(BatchLayout.lines, BatchWorkbook.notes.lines, book)
    let business = sheet(BatchLayout.business, BatchWorkbook.notes.business, book)
    _ = sheet(BatchLayout.additions, BatchWorkbook.notes.additions, book)
    for request in requests {
      header.row(BatchWorkbook.cells(of: request))
      for line in request.content.lines {
        lines.row(BatchWorkbook.cells(of: line, request.number))
      }
      for lease in request.content.leases {
        business.row(
          BatchWorkbook.cells(of: lease, request.number, request.content.isParking),
          from: BatchWorkbook.leaseBlock)
      }
    }
    try book.finish(to: output)
  }

  // MARK: Cells

  private static func cells(of request: RequestExportStore.Request) -> [(String, String?)] {
    let content = request.content
    let buyer = content.buyer
    return [
      ("发票流水号", request.number),
      ("发票类型", buyer.kind == .special ? "增值税专用发票" : "普通发票"),
      ("特定业务类型", content.business == .lease ? "不动产经营租赁服务" : nil), ("是否含税", "是"),
      ("受票方自然人标识", buyer.isPerson ? "是" : "否"), ("购买方名称", buyer.name),
      ("购买方纳税人识别号", buyer.taxNo), ("购买方地址", buyer.address), ("购买方电话", buyer.phone),
      ("购买方开户银行", buyer.bank), ("购买方银行账号", buyer.account),
      ("是否展示购买方地址电话银行账号", shown(buyer)), ("备注", content.remark), ("购买方邮箱", buyer.email),
    ]
  }

  /// What of the buyer is printed: whatever is given.
  private static func shown(_ buyer: Buyer) -> String? {
    switch (buyer.phone != nil, buyer.bank != nil) {
    case (true, true): "展示地址、电话、开户银行及银行账号"
    case (true, false): "展示地址、电话"
    case (false, true): "展示开户银行、银行账号"
    case (false, false): nil
    }
  }

  private static func cells(
    of line: RequestContent.Line, _ number: String
  ) -> [(String, String?)] {
    [
      ("发票流水号", number), ("项目名称", line.itemName), ("商品和服务税收编码", line.taxCode),
      ("单位", line.unit), ("数量", line.quantity), ("单价", line.price),
      ("金额", "\(line.amounts.amount)"), ("税率", "\(line.taxRate)"),
      ("是否使用优惠政策", line.policy == nil ? nil : "是"), ("优惠政策类型", line.policy),
    ]
  }

  private static func cells(
    of lease: RequestContent.LeaseRow, _ number: String, _ isParking: Bool
  ) -> [(String, String?)] {
    [
      ("发票流水号", number), ("产权证书/不动产权证号码", lease.deedNo), ("不动产地址", lease.region),
      ("不动产详细地址", lease.address),
      ("租赁期起", compact(lease.period.from) + (isParking ? "0000" : "")),
      ("租赁期止", compact(lease.period.to) + (isParking ? "2359" : "")),
      ("跨地市标志", lease.isCrossCity ? "是" : "否"), ("面积单位", lease.areaUnit),
    ]
  }

  /// `YYYYMMDD`.
  private static func compact(_ day: CivilDate) -> String {
    day.description.filter { $0 != "-" }
  }

  /// Where the block 不动产租赁 begins on the sheet of special businesses: at the last of the columns for
  /// a deed.
  private static let leaseBlock =
    BatchLayout.business.columns.lastIndex { $0.heading == "产权证书/不动产权证号码" } ?? 0

  // MARK: Sheets

  /// A sheet, and how many rows it has.
  private final class Filled {
    private let layout: BatchLayout.Sheet
    private let sheet: Workbook.Sheet
    private var next = BatchLayout.firstRow

    init(_ layout: BatchLayout.Sheet, _ sheet: Workbook.Sheet) {
      (self.layout, self.sheet) = (layout, sheet)
    }

    /// - Parameter start: the block in which the headings are looked for, but for the first column.
    func row(_ cells: [(heading: String, text: String?)], from start: Int = 0) {
      for (heading, text) in cells {
        guard let text else { continue }
        let isNumber = heading == layout.columns[0].heading
        if let column = isNumber ? 0 : layout.column(heading, from: start) {
          sheet.text(next, column, text)
        }
      }
      next += 1
    }
  }

  private func sheet(_ layout: BatchLayout.Sheet, _ note: String, _ book: Workbook) -> Filled {
    let sheet = book.sheet(layout.name)
    let last = layout.columns.count - 1
    sheet.width(0...last, 18)
    sheet.height(0, 48)
    sheet.merge(0...0, 0...last, note, .note)
    var merged: Set<[Int]> = []
    for range in layout.merged {
      guard let (row, columns) = BatchLayout.range(range) else { continue }
      let column = layout.columns[columns.lowerBound]
      sheet.merge(
        row...row, columns, (row == 1 ? column.limit : column.heading) ?? "", .heading)
      for column in columns { merged.insert([row, column]) }
    }
    for (index, column) in layout.columns.enumerated() {
      for (row, text) in [(1, column.limit), (2, column.heading)] {
        if let text, !merged.contains([row, index]) { sheet.text(row, index, text, .heading) }
      }
      if !column.choices.isEmpty { sheet.choices(BatchLayout.listRows, index, column.choices) }
    }
    sheet.freeze(rows: BatchLayout.firstRow)
    return Filled(layout, sheet)
  }

  /// What stands in the first row, where the bureau has its long explanations.
  private static let notes = (
    header: "由 boms-invoice 生成，每行一张发票。金额均为含税金额。", lines: "每行一条明细，以发票流水号与基本信息对应。",
    business: "不动产经营租赁：每个铺位一行，以发票流水号与基本信息对应。", additions: "无附加要素。"
  )
}
