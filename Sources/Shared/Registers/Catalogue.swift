/// All registers, parents before the rows that refer to them: the order in which `--all` imports.
package enum Catalogue {
  package static let registers: [Register] = [
    company, property, building, unit, tenant, feeItem, taxRate, contract, contractUnit,
    chargeTerm, priceStep, rentFree, openingBalance, tariff, meter, meterInstall, reading,
    sharePool, turnover, turnoverTier, lateFeeRule, payment, paymentLine, account,
    purchase, asset, assetEvent, assetUsage, obligation, reminderRule, contact,
  ]

  package static func register(named name: String) -> Register? {
    registers.first { $0.name == name || $0.zh == name }
  }
}
