/// 票种.
package enum InvoiceKind: String, Sendable, CaseIterable {
  case special, ordinary, rail, air, vehicle
  case usedVehicle = "used_vehicle"
}

/// 特定业务类型: what matters to an operator has a name of its own.
package enum BusinessType: String, Sendable, CaseIterable {
  case lease, toll, passenger, construction, freight, vehicle, other
  case propertySale = "property_sale"
}
