/// All registers, parents before the rows that refer to them: the order in which `--all` imports.
package enum Catalogue {
  package static let registers: [Register] = [
    tenant
  ]

  package static func register(named name: String) -> Register? {
    registers.first { $0.name == name || $0.zh == name }
  }
}
