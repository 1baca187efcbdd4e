import Shared
import Testing

struct MaskingTests {
  @Test(arguments: [
    ("phone", "13812345678", "138****5678"),
    ("phone", "138 1234 5678", "138****5678"),
    ("phone", "0571-88880001", "057****0001"),
    ("phone", "88001", "****01"),
    ("phone", "1234", "****"),
    ("id_no", "330106198109249883", "3301**********9883"),
    ("id_no", "11010519491231002X", "1101**********002X"),
    ("id_no", "E12345678", "E1*****78"),
    ("id_no", "123", "***"),
    ("bank_account", "6214 8300 0000 1234", "****1234"),
    ("payer_account", "13812345678", "138****5678"),
    ("payer_account", "wang@example.com", "w***@example.com"),
    ("bank_account", "123456", "****456"),
    ("bank_account", "1234", "****"),
    ("email", "wang@example.com", "w***@example.com"),
    ("invoice_email", "@example.com", "***@example.com"),
    ("email", "wang", "***"),
    ("contact", "王经理", "王**"),
    ("payer_name", "欧阳娜娜", "欧**"),
    ("invoice_tax_no", "330106198109249883", "3301**********9883"),
    ("address", "文三路100号", "***"),
    ("phone", "", ""),
    ("note", "来电１３６５５５５４４４４", "来电****4444"),
    ("note", "136－5555－4444，2026－05－01", "****4444，2026－05－01"),
    ("text", "丹溪大道1055号057988222001", "丹溪大道1055号****2001"),
    ("text", "兰溪分行6217993300118475000", "兰溪分行****5000"),
    ("text", "浙江省杭州市文三路１００号", "浙江省杭州市文三路１００号"),
  ])
  func valuesAreMaskedByTheirField(_ field: String, _ text: String, _ masked: String) {
    #expect(Masking.mask(text, field: field) == masked)
  }

  @Test func everySensitiveFieldHasAFormOfItsOwn() {
    for register in Catalogue.registers {
      for field in register.fields where field.isSensitive {
        // What may name somebody without an address, and what anything may be written in, is shown
        // but for the addresses and numbers in it.
        let isMixed = ["note", "owner", "recipient"].contains(field.name)
        let value = isMixed ? "13800000000" : field.example
        let masked = Masking.mask(value, field: field.name)
        #expect(!masked.isEmpty && masked != "***", "\(register.name).\(field.name)")
        #expect(masked != value, "\(register.name).\(field.name)")
      }
    }
  }
}
