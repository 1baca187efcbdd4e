import ArgumentParser

/// Whether what is sensitive is shown.
package struct RevealOption: ParsableArguments {
  @Flag(help: "Show phones, ids, accounts and addresses unmasked; who may, and did, is recorded.")
  package var reveal = false

  package init() {}

  package var use: Use { reveal ? .revealing : .reading }
}
