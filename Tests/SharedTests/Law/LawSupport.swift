import Shared
import TestSupport

/// A contract of a fixed term of 3,000 a month unless told otherwise: the cases say only what they
/// are about.
func lease(
  _ start: CivilDate, _ end: CivilDate, area: Fixed = "100", _ terms: LeaseTerm...
) -> Lease {
  var lease = Lease(startOn: start, endOn: end)
  lease.contractNo = "C1"
  lease.companyNo = "CQ"
  lease.units = [LeaseUnit(unitNo: "A1", area: area)]
  lease.terms = terms.isEmpty ? [term()] : terms
  return lease
}

func term(_ change: (inout LeaseTerm) -> Void = { _ in }) -> LeaseTerm {
  var term = LeaseTerm(line: 1, item: "rent", method: .fixed)
  term.price = "3000"
  term.per = .month
  term.taxRate = .zero
  change(&term)
  return term
}

extension Lease {
  func with(_ change: (inout Lease) -> Void) -> Lease {
    var lease = self
    change(&lease)
    return lease
  }

  func charges(
    asOf: CivilDate = "2199-12-31", from: CivilDate? = nil, taxes: TaxTable = TaxTable()
  ) throws -> [Charge] {
    try Billing(self, taxes: taxes, billingFrom: from).charges(Billing.Scope(asOf: asOf)).charges
  }

  /// `2026-01-01…2026-01-31` for each charge.
  func periods() throws -> [String] { try charges().map { "\($0.period)" } }

  func dues() throws -> [String] { try charges().map { "\($0.dueOn)" } }

  func amounts(from: CivilDate? = nil) throws -> [String] {
    try charges(from: from).map { "\($0.amounts.amount)" }
  }
}

/// A charge as the books would have it.
func recorded(_ charge: Charge, id: Int64 = 1, amount: Money? = nil) -> RecordedCharge {
  RecordedCharge(
    id: id, line: charge.line, item: charge.item, kind: charge.kind,
    companyNo: charge.companyNo, source: charge.source, period: charge.period,
    dueOn: charge.dueOn, taxRate: charge.taxRate, taxCode: charge.taxCode,
    amounts: amount.map { Amounts(net: $0, tax: .zero, amount: $0) } ?? charge.amounts)
}
