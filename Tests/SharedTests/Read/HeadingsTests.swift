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

  @Test(
    arguments: [
      ("tenant", "身份证号", "id_no"), ("tenant", "开户行", "bank_name"), ("meter", "类型", "kind"),
      ("reading", "本期读数", "value"), ("payment", "付款人", "payer_name"),
      ("asset", "购置日期", "acquired_on"), ("asset", "使用部门", "department"),
    ])
  func otherUsualHeadingsAreKnown(_ name: String, _ heading: String, _ field: String) throws {
    try theNameOfTheRegisterMayBeLeftOut(name, heading, field)
  }

  /// They may mean something else: who keeps the list has to say it.
  @Test(arguments: [("payment", "账号"), ("tenant", "税号"), ("asset", "使用年限"), ("unit", "使用面积")])
  func whatMayMeanTwoThingsIsNotGuessed(_ name: String, _ heading: String) throws {
    let register = try #require(Catalogue.register(named: name))
    #expect(FieldNames(register).index(of: heading) == nil)
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
