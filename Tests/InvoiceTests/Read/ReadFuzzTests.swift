import TestSupport
import Testing

/// Broken files, thousands of them: no crash, none that takes long, and no memory that stays behind.
/// `scripts/fuzz` makes it a million, in a release build.
struct ReadFuzzTests {
  @Test func noFileCrashesTheReadersOrHoldsThemUp() throws {
    let run = try Workspace().run("invoice-fuzz", "2000")
    #expect(run.status == 0, "\(run)")
  }
}
