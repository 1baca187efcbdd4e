import Testing

@testable import Shared

/// Which field a heading names.
struct HeadingsTests {
  @Test(
    arguments: [
      ("tenant", "名称", "name"), ("tenant", "编号", "tenant_no"), ("tenant", "类型", "kind"),
      ("property", "名称", "name"), ("building", "编号", "building_no"),
      ("building", "名称", "name"), ("unit", "编号", "unit_no"), ("unit", "名称", "name"),
      ("contract", "编号", "contract_no"), ("contract", "类型", "kind"),
    ])
  func theNameOfTheRegisterMayBeLeftOut(_ name: String, _ heading: String, _ field: String) throws {
    let register = try #require(Catalogue.register(named: name))
    let index = try #require(FieldNames(register).index(of: heading))
    #expect(register.fields[index].name == field)
  }

  @Test func noHeadingNamesTwoFieldsOfARegister() {
    for register in Catalogue.registers {
      var seen: [String: String] = [:]
      for field in register.fields {
        for heading in Set([field.name, field.zh] + field.otherHeadings).map(HeadingText.normal) {
          let other = seen.updateValue(field.name, forKey: heading)
          #expect(other == nil || other == field.name, "\(register.name) \(heading)")
        }
      }
    }
  }
}
