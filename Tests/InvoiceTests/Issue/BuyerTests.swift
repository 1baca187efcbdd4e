import Testing

@testable import boms_invoice

/// To whom an invoice goes, by what the register of tenants says.
struct BuyerTests {
  private func tenant(_ change: (inout Buyer.Tenant) -> Void = { _ in }) -> Buyer.Tenant {
    var tenant = Buyer.Tenant(
      tenantNo: "T1", name: "甲店", isPerson: false, creditCode: "91330106MACKX4QG41",
      invoiceKind: .special)
    change(&tenant)
    return tenant
  }

  @Test func titleAndNumberForInvoicesComeBeforeTheTenantsOwn() {
    #expect(Buyer(tenant()).name == "甲店")
    #expect(Buyer(tenant()).taxNo == "91330106MACKX4QG41")
    let other = Buyer(
      tenant {
        $0.invoiceTitle = "甲公司"
        $0.invoiceTaxNo = "91330000142942095H"
      })
    #expect(other.name == "甲公司")
    #expect(other.taxNo == "91330000142942095H")
    #expect(other.kind == .special)
  }

  @Test func aPersonGetsOrdinaryInvoicesAndAHouseholdBusinessWhatItAsksFor() {
    let person = Buyer(
      tenant {
        $0.isPerson = true
        $0.creditCode = nil
        $0.idNo = "330106199003071236"
      })
    #expect(person.isPerson)
    #expect(person.kind == .ordinary)
    #expect(person.taxNo == "330106199003071236")
    let household = Buyer(tenant { $0.isPerson = true })
    #expect(!household.isPerson)
    #expect(household.kind == .special)
  }

  @Test func addressAndBankStandOnSpecialInvoicesInPairs() {
    let full = tenant {
      $0.address = "文三路1号"
      $0.phone = "0571-1"
      $0.bank = "甲银行"
      $0.account = "62"
    }
    #expect(Buyer(full).phone == "0571-1")
    #expect(Buyer(full).account == "62")
    var part = full
    (part.address, part.account) = (nil, nil)
    #expect(Buyer(part).phone == nil)
    #expect(Buyer(part).bank == nil)
    var ordinary = full
    ordinary.invoiceKind = nil
    #expect(Buyer(ordinary).kind == .ordinary)
    #expect(Buyer(ordinary).address == nil)
  }

  @Test(arguments: [
    ("91330106MACKX4QG41", true), ("91330106MACKX4QG42", false), ("123456789012345", true),
    ("12345678901234567890", true), ("1234", false), ("91330106mackx4qg41", false), ("", false),
  ])
  func aTaxpayersNumberHasItsForm(number: String, isRight: Bool) {
    #expect(Buyer.isTaxpayerNumber(number) == isRight)
  }
}
