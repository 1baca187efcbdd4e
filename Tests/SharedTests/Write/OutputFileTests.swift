import Foundation
import Shared
import TestSupport
import Testing

/// Files that appear when they are complete.
struct OutputFileTests {
  private func names(_ workspace: Workspace) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: workspace.path).filter { $0 != ".run" }
      .sorted()
  }

  @Test func aFileAppearsWhenItIsFinishedAndReplacesWhatWasThere() throws {
    let workspace = try Workspace()
    try workspace.write("a.html", "before")
    let file = try OutputFile(workspace.file("a.html"))
    file.output.append("after")
    #expect(try workspace.read("a.html") == "before")
    try file.finish()
    #expect(try workspace.read("a.html") == "after")
    #expect(try names(workspace) == ["a.html"])
  }

  @Test func whatIsNotFinishedLeavesNothingBehind() throws {
    let workspace = try Workspace()
    try workspace.write("a.html", "before")
    do {
      let file = try OutputFile(workspace.file("a.html"))
      file.output.append("half")
    }
    #expect(try workspace.read("a.html") == "before")
    #expect(try names(workspace) == ["a.html"])
  }

  @Test func aLinkStaysALinkAndADeviceADevice() throws {
    let workspace = try Workspace()
    try workspace.write("real.html", "before")
    try FileManager.default.createSymbolicLink(
      atPath: workspace.file("link.html"), withDestinationPath: "real.html")
    let file = try OutputFile(workspace.file("link.html"))
    file.output.append("after")
    try file.finish()
    #expect(try workspace.read("real.html") == "after")
    let type = try FileManager.default.attributesOfItem(atPath: workspace.file("link.html"))[.type]
    #expect(type as? FileAttributeType == .typeSymbolicLink)

    let device = try OutputFile("/dev/null")
    device.output.append("gone")
    try device.finish()
    let null = try FileManager.default.attributesOfItem(atPath: "/dev/null")[.type]
    #expect(null as? FileAttributeType == .typeCharacterSpecial)
  }

  @Test func aPlaceThatIsNotThereIsAFailure() throws {
    let workspace = try Workspace()
    #expect(throws: Failure.self) { try OutputFile(workspace.file("no/such/a.html")) }
    try workspace.write("file", "")
    #expect(throws: Failure.self) { try OutputFile.makeFolder(workspace.file("file")) }
    #expect(throws: Failure.self) { try OutputFile.makeFolder(workspace.file("file/below")) }
  }

  @Test func foldersAreMadeWithThoseAboveThem() throws {
    let workspace = try Workspace()
    let path = workspace.file("a/b/c/")
    try OutputFile.makeFolder(path)
    try OutputFile.makeFolder(path)
    #expect(OutputFile.isFolder(path))
  }

  @Test func namesOfFilesAreSafeAndEachIsThereOnce() {
    var names = FileNames(taken: "index.html")
    #expect(names.name("CQ-202609-000001", ending: ".html") == "CQ-202609-000001.html")
    #expect(names.name("../../etc/passwd", ending: ".html") == "_.._.._etc_passwd.html")
    #expect(names.name("A/B:C", ending: ".html") == "A_B_C.html")
    #expect(names.name("A\\B?C", ending: ".html") == "A_B_C-2.html")
    #expect(names.name("a_b_c", ending: ".html") == "a_b_c-3.html")
    #expect(names.name("INDEX", ending: ".html") == "INDEX-2.html")
    #expect(names.name("", ending: ".html") == "_.html")
    #expect(names.name("租户（1）", ending: ".html") == "租户_1_.html")
    let long = names.name(String(repeating: "账", count: 200), ending: ".html")
    #expect(long.utf8.count <= 205)
  }
}
