import Shared
import Testing

struct DescriptionTests {
  @Test func aFieldIsDescribedInTheLanguage() throws {
    let unit = try #require(Catalogue.register(named: "unit"))
    let area = try #require(unit.description(in: .en).first { $0.field == "area_m2" })
    #expect(
      area.cells == [
        "area_m2", "建筑面积", "number with up to six places, above zero", "㎡", "yes", "", "", "",
        "149.94", "also called 面积",
      ])
    let item = try #require(Catalogue.register(named: "rent_free")).description(in: .zh)[1]
    #expect(
      item.cells == [
        "item", "项目代码", "编码", "", "key", "", "", "fee_item.item", "rent",
        "“*”：所有固定、按面积、提成条款",
      ])
  }

  @Test func valuesDefaultsAndReferencesAreShown() throws {
    let tenant = try #require(Catalogue.register(named: "tenant"))
    let kind = try #require(tenant.description(in: .en).first { $0.field == "kind" })
    #expect(kind.values == "company 企业 (公司, 单位); person 个人 (自然人, 个体户, 个体工商户)")
    #expect(kind.defaultText == "company")
    let unit = try #require(Catalogue.register(named: "unit")).description(in: .en)
    #expect(unit[1].reference == "property.property_no; building.property_no")
    let step = try #require(Catalogue.register(named: "price_step")).description(in: .en)
    #expect(step[1].reference == "charge_term.line")
  }

  @Test func listedValuesAreSaidInTheLanguage() throws {
    let unit = try #require(Catalogue.register(named: "unit")).description(in: .zh)
    let status = try #require(unit.first { $0.field == "status" })
    #expect([status.defaultText, status.example] == ["可租", "可租"])
    let term = try #require(Catalogue.register(named: "charge_term")).description(in: .zh)
    let taxIncluded = try #require(term.first { $0.field == "tax_included" })
    #expect(taxIncluded.defaultText == "是")
  }

  @Test func everyRegisterSaysWhatItIs() {
    for register in Catalogue.registers {
      #expect(!register.summary.en.isEmpty && !register.summary.zh.isEmpty, "\(register.name)")
    }
  }

  @Test func everyExampleIsAValueOfItsField() {
    for register in Catalogue.registers {
      let record = row(
        register, Dictionary(uniqueKeysWithValues: register.fields.map { ($0.name, $0.example) }))
      for field in register.fields {
        let place: Comment = "\(register.name).\(field.name) '\(field.example)'"
        #expect(!field.example.isEmpty, place)
        #expect(record.has(field.name), place)
        switch field.kind {
        case .date: #expect(record.date(field.name) != nil, place)
        case .month: #expect(field.example.wholeMatch(of: /\d{4}-(0[1-9]|1[0-2])/) != nil, place)
        case .integer(let range):
          #expect(record.number(field.name).map { range.contains(Int($0)) } == true, place)
        case .choice(let choices):
          #expect(choices.contains { $0.code == field.example }, place)
        case .flag: #expect(["yes", "no"].contains(field.example), place)
        case .money, .decimal, .percent, .rate, .permille:
          #expect(record.number(field.name) != nil, place)
        case .code, .text, .codes: #expect(!field.kind.isInteger, place)
        }
      }
    }
  }

  @Test func noHeadingAndNoWordOfAChoiceHasTwoMeanings() {
    for register in Catalogue.registers {
      let words = register.fields.flatMap { [$0.name, $0.zh] }
      #expect(Set(words).count == words.count, "\(register.name)")
      for field in register.fields {
        let values = field.kind.choices.flatMap { [$0.code, $0.zh] + $0.otherWords }
          .map(HeadingText.normal)
        #expect(Set(values).count == values.count, "\(register.name).\(field.name)")
      }
    }
    let names = Catalogue.registers.flatMap { [$0.name, $0.zh] }
    #expect(Set(names).count == names.count)
  }

  @Test func theDictionaryHasEveryFieldRuleAndReference() {
    let text = dictionaryMarkdown(Catalogue.registers, .en)
    for register in Catalogue.registers {
      #expect(text.contains("\n## `\(register.name)` \(register.zh)\n"))
      for field in register.fields {
        #expect(text.contains("| `\(field.name)` | \(field.zh) | `\(field.column)` |"))
      }
      for rule in register.rules { #expect(text.contains("| `\(rule.id)` |")) }
    }
    #expect(
      text.contains("- `contract_no`, `line` → `charge_term.contract_no`, `charge_term.line`"))
    #expect(!text.contains("\n\n\n"))
  }

  @Test func theChineseDictionaryHasTheSameInChinese() {
    let text = dictionaryMarkdown(Catalogue.registers, .zh)
    for register in Catalogue.registers {
      #expect(text.contains("\n## \(register.zh) `\(register.name)`\n\n\(register.summary.zh)。\n"))
      for field in register.fields {
        #expect(text.contains("| \(field.zh) | `\(field.name)` | `\(field.column)` |"))
      }
      for rule in register.rules {
        let level = rule.level == .error ? "错误" : "警告"
        #expect(text.contains("| `\(rule.id)` | \(level) |"))
      }
    }
    #expect(
      text.contains("- `contract_no`、`line` → `charge_term.contract_no`、`charge_term.line`（收费条款）"))
    #expect(!text.contains("\n\n\n"))
  }

  @Test func whatIsSaidInChineseIsChinese() {
    for register in Catalogue.registers {
      let rules = register.rules.map(\.meaning)
      let notes = register.fields.compactMap(\.note)
      let types = register.fields.map(\.kind.typeName)
      for phrase in [register.summary] + rules + notes + types {
        #expect(phrase.zh.contains { !$0.isASCII }, "\(register.name): \(phrase.en)")
      }
    }
  }
}
