import Shared

/// Why the database refuses a row, in the words of who fills in the spreadsheet.
extension RegisterStore {
  /// A row that another one refers to.
  struct Missing {
    var register: String
    /// As it is named; nil where there is no name.
    var key: String?
  }

  /// Why the database refuses a row.
  struct Refusal: Error {
    var rule: String
    var field: String?
    var message: Phrase
    var hint: Phrase?
    /// The row that is missing, where that is why.
    var missing: Missing?

    init(_ rule: String, field: String? = nil, _ message: Phrase, hint: Phrase? = nil) {
      self.rule = rule
      self.field = field
      self.message = message
      self.hint = hint
    }
  }

  /// What the schema's triggers hold fast once there are charges.
  private static let fixedOnceCharged = [
    "asset": Phrase(
      "the asset is booked: its kind and property stay", "该资产已入账：资产类型和项目不可修改"),
    "charge_term": Phrase(
      "the line has charges: its item, method, cycle, anchor, timing and company stay",
      "该行已有计费记录：收费项目、计费方式、账期月数、账期起算、收取时点、收款主体不可修改"),
    "contract": Phrase(
      "the contract has charges: its tenant, property and company stay, and it is no draft again",
      "该合同已有计费记录：租户、项目、收款主体不可修改，也不能改回草稿"),
    "fee_item": Phrase(
      "the item has charges: its kind stays", "该收费项目已有计费记录：类别不可修改"),
    "property": Phrase(
      "the property has bills or booked assets: its company stays, with assets also billing_from",
      "该项目已有账单或已入账资产：收款主体不可修改，有资产时系统启用日期也不可修改"),
    "share_pool": Phrase(
      "the pool has been divided: item, amount, basis, property and own area stay",
      "该公摊已分摊：收费项目、金额、分摊方式、项目、自持面积不可修改"),
  ]

  func duplicate(of first: PlaceMap.Place, file: Int) -> Refusal {
    let keys = register.keys.map(\.name).joined(separator: ", ")
    let zhKeys = register.keys.map(\.zh).joined(separator: "、")
    let other = first.file == file ? ("", "") : (" of another file", "（另一文件）")
    return Refusal(
      "\(register.name).duplicate-key", field: register.keys.first?.name,
      Phrase(
        "the same \(keys) stands in line \(first.line)\(other.0) already",
        "与第 \(first.line) 行\(other.1)的\(zhKeys)重复"),
      hint: Phrase("keep one of the two rows", "两行只保留一行"))
  }

  func unknown(_ value: String, _ check: ReferenceCheck) -> Refusal {
    let problem = check.problem(value)
    var refusal = Refusal(
      problem.rule, field: check.reference.fields.last, problem.message, hint: problem.hint)
    refusal.missing = Missing(register: check.reference.register, key: value)
    return refusal
  }

  func recorded() -> Refusal {
    Refusal(
      "\(register.name).recorded", field: register.keys.first?.name,
      Phrase("it is recorded already, with other content", "该记录已入账，且内容不同"),
      hint: Phrase(
        "a recorded row is never changed: add a row that corrects it under a number of its own",
        "已入账的记录不可修改：请用新编号另加一行更正"))
  }

  func otherProperty() -> Refusal {
    Refusal(
      "\(register.name).other-property", field: register.keys.first?.name,
      Phrase(
        "the row is not one of your properties' alone", "该行不属于（或不只属于）您有权的项目"),
      hint: Phrase(
        "'boms-db whoami' shows your properties; somebody with a role for all can import it",
        "可用 'boms-db whoami' 查看有权的项目；请由拥有全部项目权限的人导入"))
  }

  private func schemaRefusal(_ text: String) -> Refusal {
    Refusal(
      "\(register.name).schema",
      Phrase("the database refuses the row: \(text)", "数据库拒绝该行：\(text)"))
  }

  func refusal(of record: Record, _ error: BooksError) throws -> Refusal {
    let text = error.message ?? ""
    switch error.extendedResultCode {
    // Without the row that is named, what would be taken from it is missing too.
    case .SQLITE_CONSTRAINT_FOREIGNKEY, .SQLITE_CONSTRAINT_NOTNULL:
      for check in foreignKeys {
        if let value = try check.unknown(record) { return unknown(value, check) }
      }
      return schemaRefusal(text)
    case .SQLITE_CONSTRAINT_TRIGGER where text.hasSuffix(".fixed-once-charged"):
      return Refusal(
        text,
        RegisterStore.fixedOnceCharged[register.name]
          ?? Phrase("it has charges already", "已有计费记录"),
        hint: insteadOfChanging)
    case .SQLITE_CONSTRAINT_TRIGGER where text == "\(register.name).other-property":
      return otherProperty()
    case .SQLITE_CONSTRAINT_TRIGGER where text == "payment.reference-used":
      return try referenceUsed(record)
    default:
      return schemaRefusal(text)
    }
  }

  private func referenceUsed(_ record: Record) throws -> Refusal {
    let reference = record.text("reference") ?? ""
    let rows = try SQLStatement(
      db, "SELECT payment_no FROM payment_reference WHERE reference = ? AND account = ?")
    rows.bind(1, reference)
    rows.bind(2, AccountNumber.digits(record.text("our_account")))
    let number = try rows.step() ? rows.text(0) : ""
    return Refusal(
      "payment.reference-used", field: "reference",
      Phrase(
        "payment '\(number)' has reference '\(reference)' on the same account of ours",
        "收款单“\(number)”已使用同一收款账号的流水号“\(reference)”"),
      hint: Phrase(
        "the same money twice? Leave the row out; if '\(number)' was wrong, 'boms-collect void' it",
        "如为同一笔款项请删除该行；如“\(number)”有误请先用 'boms-collect void' 作废"))
  }

  /// What to do where a row with charges cannot be changed.
  private var insteadOfChanging: Phrase {
    switch register.name {
    case "asset":
      Phrase(
        "import an asset_event of kind transfer for another property", "换项目请导入“转移”资产变动")
    case "contract":
      Phrase("end it and make a new contract", "请终止原合同，另签新合同")
    case "property":
      Phrase("give new contracts a company_no of their own", "可在新合同上单独填写收款主体")
    case "share_pool":
      Phrase(
        "'boms-bill void --pool … --period …' takes the division back; then import it again",
        "请先执行 'boms-bill void --pool 公摊编号 --period 月份' 作废分摊，再重新导入")
    case "fee_item":
      Phrase("make another item for what is charged from now on", "请为今后的费用另设收费项目")
    default:
      Phrase("close the line (to_on) and add another", "请为原条款填写“止”日期，另加新的一行")
    }
  }
}
