import ArgumentParser

/// Whether what is sensitive is shown.
package struct RevealOption: ParsableArguments {
  @Flag(
    help: .boms(
      "Show phones, ids, accounts and addresses unmasked; who may, and did, is recorded.",
      "电话、证件号、账号和地址不打码；须有权限，并记入审计。"))
  package var reveal = false

  package init() {}

  package var use: Use { reveal ? .revealing : .reading }
}
