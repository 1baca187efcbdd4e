import TestSupport
import Testing

@testable import Shared

/// What becomes of a workbook where Python is missing; what is in workbooks is read in the tests of the
/// built programs.
struct SheetReaderTests {
  private func failure(_ pythons: [String]) throws -> Shared.ExitStatus? {
    let workspace = try Workspace()
    try workspace.write("zip.xlsx", bytes: [0x50, 0x4B, 0x03, 0x04, 0, 0])
    // A Python without the package.
    try workspace.write("without", "#!/bin/sh\nexit 3\n")
    try workspace.succeed("chmod", "+x", "without")
    let found = pythons.map { $0 == "without" ? workspace.file($0) : $0 }
    do {
      _ = try SheetReader(sheet: nil, pythons: found).open(
        InputSource(workspace.file("zip.xlsx")))
      return nil
    } catch is BadInput {
      return .badData
    } catch {
      return (error as? any FailureConvertible)?.asFailure.status
    }
  }

  @Test func withoutPythonOrItsPackageAWorkbookIsUnavailable() throws {
    #expect(try failure(["/no/python"]) == .unavailable)
    #expect(try failure(["without"]) == .unavailable)
    #expect(try failure(["/no/python", "without"]) == .unavailable)
  }

  @Test(.enabled(if: SheetWriterTests.hasReader))
  func thePythonThatHasThePackageIsTaken() throws {
    #expect(try failure(["/no/python", "without", "/usr/bin/python3"]) == .badData)
  }
}
