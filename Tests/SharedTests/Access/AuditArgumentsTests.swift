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
    (["post", "25332000000123456789"], ["post", "25332000000123456789"]),
  ])
  func secretsAreMaskedAndWhatSaysWhatWasDoneStays(_ given: [String], _ kept: [String]) {
    #expect(AuditArguments.masked(given) == kept)
  }
}
