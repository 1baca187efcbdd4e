import Shared

/// Decides what money pays which charge, and records it; what makes no sense is refused.
final class DepositDecision {
  struct Outcome: AllocationOutcome {
    /// The largest id before; the decision's rows are those above.
    var lastBefore: Int64
    var allocations: Int
    var amount: Money
    /// What the contract holds afterwards, of the item that is asked for.
    var held: Money
  }

  let store: DepositStore
  let reason: String
  private let asked: Money?
  private let lastBefore: Int64
  private var recorded: [Money] = []

  /// - Parameter asked: how much; nil: as much as there is.
  init(_ store: DepositStore, _ asked: Money?, _ reason: String) throws {
    self.store = store
    self.asked = asked
    self.reason = reason
    lastBefore = try store.lastAllocation()
  }

  func outcome() throws -> Outcome {
    Outcome(
      lastBefore: lastBefore, allocations: recorded.count,
      amount: try recorded.reduce(Money.zero) { try $0 + $1 },
      held: try sum(store.held()))
  }

  // MARK: The decisions

  /// Money on account pays what is asked for as deposits.
  func collect(payment: String?) throws {
    if let payment { try requireOwn(payment) }
    let demands = try store.demands(of: store.contractNo)
    if demands.isEmpty {
      throw nothingOpen(
        Phrase(
          "contract '\(store.contractNo)' asks for no deposit on \(store.day)",
          "合同“\(store.contractNo)”截至 \(store.day) 没有待收押金"),
        hint: Phrase(
          "a line of method once with the deposit's item asks for one; then 'boms-bill run'",
          "请为合同增加押金的一次性条款，并运行 'boms-bill run'"))
    }
    try EntryStore(store.db).enter(
      asOf: store.day, property: store.propertyNo, tenant: store.tenantNo)
    let money = try store.money(payment)
    if money.isEmpty {
      let open = try sum(demands)
      throw ValueError(
        "deposit.no-money",
        payment.map {
          Phrase(
            "nothing is left of payment '\($0)'; \(open.grouped) of deposits are open",
            "收款单“\($0)”没有余款；待收押金 \(open.grouped)")
        }
          ?? Phrase(
            "tenant '\(store.tenantNo)' has no money on account on \(store.day); "
              + "\(open.grouped) of deposits are open",
            "租户“\(store.tenantNo)”截至 \(store.day) 没有余款；待收押金 \(open.grouped)"),
        hint: Phrase(
          "'boms-export credits' shows what is left; new money comes with boms-import payment",
          "可用 'boms-export credits' 查看余款；新收款请用 boms-import payment 导入"))
    }
    try record(money, on: demands, Phrase("money on account", "余款"))
  }

  /// A deposit pays what is open on bills.
  func deduct(bills: [String]) throws {
    let held = try requireHeld()
    var charges: [DepositStore.Open] = []
    for billNo in Set(bills).sorted() {
      try requireOwn(bill: billNo, held)
      charges += try store.charges(onBill: billNo)
    }
    if charges.isEmpty {
      let list = bills.joined(separator: ", ")
      throw nothingOpen(
        Phrase("nothing but deposits is open on \(list)", "账单 \(list) 除押金外没有未收金额"),
        hint: Phrase(
          "'boms-export open_items' shows what is open", "可用 'boms-export open_items' 查看未收款"))
    }
    try record(held, on: charges, DepositRefusal.held)
  }

  /// A deposit pays the demand of another contract.
  /// - Parameter isWhole: whether a contract that goes on asks for the whole deposit again.
  func transfer(to other: String, isWhole: Bool) throws {
    let new = try DepositStore(store.db, other, item: store.item, on: store.day)
    if other == store.contractNo || new.tenantNo != store.tenantNo
      || new.propertyNo != store.propertyNo
    {
      throw ValueError(
        "deposit.other-account",
        other == store.contractNo
          ? Phrase("'\(other)' is the same contract", "“\(other)”是同一合同")
          : Phrase(
            "contract '\(other)' is of tenant '\(new.tenantNo)' in property '\(new.propertyNo)', "
              + "not of '\(store.tenantNo)' in '\(store.propertyNo)'",
            "合同“\(other)”属租户“\(new.tenantNo)”（项目“\(new.propertyNo)”），"
              + "而非“\(store.tenantNo)”（项目“\(store.propertyNo)”）"),
        hint: Phrase(
          "a deposit moves between contracts of one tenant in one property",
          "押金只能在同一租户、同一项目的合同之间转移"))
    }
    if try !isWhole && isOneChain(store.contractNo, other) {
      throw ValueError(
        "deposit.chain",
        Phrase(
          "'\(other)' and '\(store.contractNo)' follow each other: the deposit stays, and the new "
            + "one asks for the increase only",
          "“\(other)”与“\(store.contractNo)”为续签合同：押金沿用，新合同只收差额"),
        hint: Phrase(
          "collect the increase; if the new contract asks for the whole deposit again, say "
            + "--whole-demand",
          "请收取差额；若新合同重新计收全部押金，请加 --whole-demand"))
    }
    let held = try requireHeld()
    let demands = try new.demands(of: other)
    if demands.isEmpty {
      throw nothingOpen(
        Phrase(
          "contract '\(other)' asks for no deposit on \(store.day)",
          "合同“\(other)”截至 \(store.day) 没有待收押金"),
        hint: Phrase("bill it first with 'boms-bill run'", "请先用 'boms-bill run' 出账"))
    }
    try record(held, on: demands, DepositRefusal.held)
  }

  /// A deposit that is forfeited pays a penalty, which is charged for it.
  /// - Parameter penaltyItem: nil: the only one there is.
  func forfeit(penaltyItem: String?) throws {
    let held = try requireHeld()
    let whole = try sum(held)
    let amount = asked ?? whole
    if amount > whole { throw DepositRefusal.exceeds(amount, whole, DepositRefusal.held) }
    var byCompany: [String: Money] = [:]
    for (fund, part) in try DepositUse(held.map(\.law)).taken(amount) {
      guard let companyNo = fund.companyNo else { continue }
      byCompany[companyNo] = try (byCompany[companyNo] ?? .zero) + part
    }
    let penalties = try Penalties(store.db, contractNo: store.contractNo, on: store.day)
      .bill(byCompany, item: penaltyItem)
    var charges: [DepositStore.Open] = []
    for billNo in penalties { charges += try store.charges(onBill: billNo) }
    try record(held, on: charges, DepositRefusal.held)
  }

  /// What the contract's deposits paid on bills is held again.
  func takeBack(bills: [String]) throws {
    let reversal = try SettlementReversal(store.db)
    for billNo in bills {
      try KnownNumber.require("bill", billNo, "账单", store.db, listedBy: "bills")
      let standing = try store.uses(onBill: billNo, reversal)
      if standing.isEmpty {
        throw ValueError(
          "deposit.not-used",
          Phrase(
            "no deposit of contract '\(store.contractNo)' pays bill '\(billNo)'",
            "合同“\(store.contractNo)”的押金未用于账单“\(billNo)”"),
          hint: Phrase(
            "'boms-collect deposit list \(store.contractNo)' shows what it paid",
            "可用 'boms-collect deposit list \(store.contractNo)' 查看"))
      }
      for row in standing {
        do {
          try reversal.takeBack(row, bookedOn: row.bookedOn, reason: reason)
        } catch let error as BooksError where error.message == "allocation.deposit-used" {
          throw ValueError(
            "allocation.deposit-used",
            Phrase(
              "the deposit on bill '\(billNo)' has been used itself",
              "账单“\(billNo)”的押金本身已被使用"),
            hint: Phrase("take that back first", "请先撤销其使用"))
        }
        recorded.append(row.amount)
      }
    }
  }

  // MARK: What they share

  func requireHeld() throws -> [DepositStore.Fund] {
    let held = try store.held()
    if !held.isEmpty { return held }
    throw DepositRefusal.nothingHeld(store)
  }

  private func record(
    _ funds: [DepositStore.Fund], on charges: [DepositStore.Open], _ money: Phrase
  ) throws {
    let use = DepositUse(funds.map(\.law), on: charges.map(\.law))
    let (left, open) = (try use.left(), try use.wanted())
    if let asked, asked > left { throw DepositRefusal.exceeds(asked, left, money) }
    if let asked, asked > open {
      throw DepositRefusal.exceeds(asked, open, Phrase("open", "未收金额"))
    }
    let parts = try use.parts(atMost: asked)
    let sum = try parts.reduce(Money.zero) { try $0 + $1.amount }
    if parts.isEmpty || asked.map({ sum < $0 }) ?? false {
      let companies = Set(funds.map(\.companyNo)).sorted().joined(separator: ", ")
      let others = Set(charges.map(\.law.companyNo)).sorted().joined(separator: ", ")
      throw ValueError(
        "deposit.other-account",
        Phrase(
          "the money is of company \(companies), what is open is of \(others): \(sum.grouped) of it "
            + "can be paid",
          "款项属收款主体 \(companies)，未收金额属 \(others)：可核销 \(sum.grouped)"),
        hint: Phrase(
          "money of a company pays what that company asks for",
          "款项只能核销同一收款主体的费用"))
    }
    try store.append(parts, of: funds, on: charges, reason: reason)
    recorded += parts.map(\.amount)
  }

  private func requireOwn(_ payment: String) throws {
    let owner = try store.owner(ofPayment: payment)
    if owner.isVoid {
      throw ValueError(
        "deposit.no-money", Phrase("payment '\(payment)' is void", "收款单“\(payment)”已作废"))
    }
    guard let tenantNo = owner.tenantNo else {
      throw ValueError(
        "deposit.unclaimed",
        Phrase("nobody has claimed payment '\(payment)'", "收款单“\(payment)”待认领"),
        hint: Phrase(
          "say whose it is: 'boms-collect claim \(payment) \(store.tenantNo)'",
          "请先认领：'boms-collect claim \(payment) \(store.tenantNo)'"))
    }
    if tenantNo == store.tenantNo, owner.propertyNo == store.propertyNo { return }
    throw ValueError(
      "deposit.other-account",
      Phrase(
        "payment '\(payment)' is of tenant '\(tenantNo)' in property '\(owner.propertyNo)', "
          + "contract '\(store.contractNo)' of '\(store.tenantNo)' in '\(store.propertyNo)'",
        "收款单“\(payment)”属租户“\(tenantNo)”（项目“\(owner.propertyNo)”），"
          + "合同“\(store.contractNo)”属“\(store.tenantNo)”（项目“\(store.propertyNo)”）"))
  }

  private func requireOwn(bill billNo: String, _ held: [DepositStore.Fund]) throws {
    let bill = try store.bill(billNo)
    if bill.tenantNo != store.tenantNo || bill.propertyNo != store.propertyNo {
      throw ValueError(
        "deposit.other-account",
        Phrase(
          "bill '\(billNo)' is of tenant '\(bill.tenantNo)' in property '\(bill.propertyNo)', "
            + "contract '\(store.contractNo)' of '\(store.tenantNo)' in '\(store.propertyNo)'",
          "账单“\(billNo)”属租户“\(bill.tenantNo)”（项目“\(bill.propertyNo)”），"
            + "合同“\(store.contractNo)”属“\(store.tenantNo)”（项目“\(store.propertyNo)”）"))
    }
    if held.contains(where: { $0.companyNo == bill.companyNo }) { return }
    let companies = Set(held.map(\.companyNo)).sorted().joined(separator: ", ")
    throw ValueError(
      "deposit.other-account",
      Phrase(
        "bill '\(billNo)' is of company '\(bill.companyNo)', the deposit is held by \(companies)",
        "账单“\(billNo)”的收款主体为“\(bill.companyNo)”，押金由 \(companies) 持有"),
      hint: Phrase(
        "a deposit pays what the company that holds it asks for",
        "押金只能抵扣持有该押金的收款主体的费用"))
  }

  private func isOneChain(_ one: String, _ other: String) throws -> Bool {
    try ContractStore(store.db, other).chain().contains(one)
      || ContractStore(store.db, one).chain().contains(other)
  }

  private func nothingOpen(_ message: Phrase, hint: Phrase) -> ValueError {
    ValueError("deposit.nothing-open", message, hint: hint)
  }

  private func sum(_ funds: [DepositStore.Fund]) throws -> Money {
    try funds.reduce(Money.zero) { try $0 + $1.law.left }
  }

  private func sum(_ charges: [DepositStore.Open]) throws -> Money {
    try charges.reduce(Money.zero) { try $0 + $1.law.open }
  }
}
