import Shared

/// Which row of the import changed a contract.
enum ChangedRow {
  /// The first changed row of the contract, or, where the change is of something that many
  /// contracts share (a rate, a property), the first changed row of that.
  /// - Returns: the register's name, and the place if there is one.
  static func find(
    of contractNo: String, in stores: [String: RegisterStore], _ registers: [Register]
  ) throws -> (String, PlaceMap.Place?) {
    let own = registers.filter { $0.index(of: "contract_no") != nil }
    for register in own {
      guard let store = stores[register.name] else { continue }
      let ids = try store.ids(ofContract: contractNo)
      if let place = ids.lazy.compactMap({ store.places[$0] }).first(where: \.isChanged) {
        return (register.name, place)
      }
    }
    for register in registers where register.index(of: "contract_no") == nil {
      if let place = stores[register.name]?.places.firstChanged {
        return (register.name, place)
      }
    }
    // A row that is gone changed it (--replace).
    return (own.first?.name ?? "contract", nil)
  }
}
