import Testing

@testable import Shared

struct AuditArgumentsTests {
  @Test(arguments: [
    (["run", "--as-of", "2026-11-22"], ["run", "--as-of", "2026-11-22"]),
    (["tenant", "--where", "phone=13812345678"], ["tenant", "--where", "phone=138****5678"]),
    (["tenant", "--where=联系电话=13812345678"], ["tenant", "--where=联系电话=138****5678"]),
    (["--set", "payer_account=6222020200112233445"], ["--set", "payer_account=****3445"]),
    (["--set", "property_no=XH01"], ["--set", "property_no=XH01"]),
    (["--reason", "致电 13812345678 确认"], ["--reason", "致电 138****5678 确认"]),
    (
      ["deliver", "--via", "curl -H 'Token: abc' https://x/y"], ["deliver", "--via", "curl ***"]
    ),
    (["deliver", "--via=scripts/deliver-mail"], ["deliver", "--via=scripts/deliver-mail"]),
    (["void", "CQ-202611-000017"], ["void", "CQ-202611-000017"]),
    (["--reason", "致电13812345678确认"], ["--reason", "致电138****5678确认"]),
    (["--buyer", "11010519491231002X"], ["--buyer", "1101**********002X"]),
    (["--buyer=330106198109249883"], ["--buyer=3301**********9883"]),
    (["--buyer", "91330106MACKX4QG41"], ["--buyer", "91330106MACKX4QG41"]),
    (["post", "25332000000123456789"], ["post", "25332000000123456789"]),
  ])
  func secretsAreMaskedAndWhatSaysWhatWasDoneStays(_ given: [String], _ kept: [String]) {
    #expect(AuditArguments.masked(given) == kept)
  }
}
