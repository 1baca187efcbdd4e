import Foundation
import Shared
import Testing

@testable import InvoiceSamples
@testable import boms_invoice

/// Files, folders, packs and lists, and everything that may be wrong with them.
struct InvoiceSourcesTests {
  private final class Folder {
    let path: String

    init() throws {
      path = NSTemporaryDirectory() + "boms-sources-\(UUID().uuidString)"
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    @discardableResult func write(_ name: String, _ bytes: [UInt8]) throws -> String {
      let file = "\(path)/\(name)"
      try FileManager.default.createDirectory(
        atPath: (file as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
      try Data(bytes).write(to: URL(fileURLWithPath: file))
      return file
    }
  }

  private static let invoice = ComposedInvoice().bytes

  /// `member: rule` of what comes out of a pack.
  private func members(
    _ zip: ComposedZip, limits: Archive.Limits = Archive.Limits(), cut: Int = 0
  ) throws -> [String] {
    let folder = try Folder()
    let path = try folder.write("pack.zip", zip.bytes.dropLast(cut))
    return try Sources.each(path, limits: limits).map { row in
      #expect(row.0 == path)
      return [row.1, row.2].compactMap { $0 }.joined(separator: ": ")
    }
  }

  @Test func aFolderIsWalkedByNameAndItsJunkIsSkipped() throws {
    let folder = try Folder()
    for name in [
      "b.xml", "a/2.xml", "a/1.xml", ".DS_Store", "a/._1.xml", "Thumbs.db", ".git/x",
      "__MACOSX/a.xml", "desktop.ini",
    ] {
      try folder.write(name, InvoiceSourcesTests.invoice)
    }
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/a/loop", withDestinationPath: folder.path)
    mkfifo(folder.path + "/pipe", 0o600)
    let rows = try Sources.each(folder.path)
    #expect(rows.map { $0.0.dropFirst(folder.path.count) } == ["/a/1.xml", "/a/2.xml", "/b.xml"])
    #expect(rows.allSatisfy { $0.2 == nil })
    #expect(try Sources.each(folder.path + "/").map(\.0) == rows.map(\.0))
  }

  @Test func whatIsMissingIsNamedAndTheOthersFollow() throws {
    let folder = try Folder()
    let good = try folder.write("a.xml", InvoiceSourcesTests.invoice)
    let rows = try Sources.each(folder.path + "/missing", good, folder.path + "/none/a.xml")
    #expect(rows.map(\.2) == ["invoice.file-unreadable", nil, "invoice.file-unreadable"])
  }

  @Test func aListOfNamesIsEndedByZeros() throws {
    let folder = try Folder()
    let a = try folder.write("a b\nc.xml", InvoiceSourcesTests.invoice)
    let b = try folder.write("b.xml", InvoiceSourcesTests.invoice)
    for list in ["\(a)\0\(b)\0", "\(a)\0\(b)", "\0\(a)\0\0\(b)\0"] {
      for chunkSize in [1, 65_536] {
        var names: [String] = []
        let source = InputSource(bytes: Array(list.utf8), name: "<stdin>", chunkSize: chunkSize)
        try InvoiceSources().each(listedIn: source) { names.append($0.name) }
        #expect(names == [a, b])
      }
    }
    let lines = InputSource(
      bytes: [UInt8](repeating: 0x0A, count: 100_000), name: "<stdin>", chunkSize: 65_536)
    #expect(throws: Failure.self) { try InvoiceSources().each(listedIn: lines) { _ in } }
  }

  @Test func aPackHasItsMembersAndNoJunk() throws {
    var zip = ComposedZip([
      ("发票/", []), ("发票/a.xml", InvoiceSourcesTests.invoice), ("__MACOSX/._a.xml", [1]),
      ("发票/.DS_Store", [1]), ("dzfp_26332000000000000901_x.pdf", Array("%PDF-1".utf8)),
      ("b.ofd", ComposedOFD().bytes), ("c.txt", [0x41]),
    ])
    // As Windows packs it, with the bytes of GBK and a backslash.
    zip.members.append(
      ComposedZip.Member(
        name: [0xB7, 0xA2, 0xC6, 0xB1, 0x5C] + Array("d.xml".utf8),
        content: InvoiceSourcesTests.invoice))
    #expect(
      try members(zip) == [
        "发票/a.xml", "dzfp_26332000000000000901_x.pdf", "b.ofd", "c.txt: invoice.file-kind",
        "发票/d.xml",
      ])
  }

  @Test func aPackMayHoldPacksAndThoseNoMore() throws {
    let inner = ComposedZip([("a.xml", InvoiceSourcesTests.invoice)])
    let middle = ComposedZip([("inner.zip", inner.bytes), ("b.xml", InvoiceSourcesTests.invoice)])
    let outer = ComposedZip([("middle.zip", middle.bytes), ("c.xml", InvoiceSourcesTests.invoice)])
    #expect(try members(middle) == ["inner.zip/a.xml", "b.xml"])
    #expect(
      try members(outer) == [
        "middle.zip/inner.zip: invoice.archive-nested", "middle.zip/b.xml", "c.xml",
      ])
  }

  @Test func namesThatLeadOutAreRefusedAndTheOthersRead() throws {
    let names = [
      "../a.xml", "/etc/a.xml", "a/../../b.xml", "C:/a.xml", "a\\..\\..\\b.xml", "ok.xml",
    ]
    let rows = try members(ComposedZip(names.map { ($0, InvoiceSourcesTests.invoice) }))
    #expect(rows.count == names.count)
    #expect(rows.dropLast().allSatisfy { $0.hasSuffix(": invoice.archive-path") })
    #expect(rows.last == "ok.xml")
  }

  @Test func whatNeedsAPasswordIsNamed() throws {
    var zip = ComposedZip([
      ("a.xml", InvoiceSourcesTests.invoice), ("b.xml", InvoiceSourcesTests.invoice),
    ])
    zip.members[0].isEncrypted = true
    #expect(try members(zip) == ["a.xml: invoice.archive-encrypted", "b.xml"])
  }

  @Test func bombsAreLeftWhereTheyGrow() throws {
    let invoice = ComposedZip([("a.xml", InvoiceSourcesTests.invoice)]).members[0]
    var zip = ComposedZip()
    // More than a file may have, and it says so: the next one can be read.
    zip.members = [ComposedZip.zeros(named: "zeros.xml", runs: 90_000), invoice]
    #expect(try members(zip) == ["zeros.xml: invoice.file-size", "a.xml"])
    // It says ten bytes and unpacks to fifteen million.
    zip.members = [
      invoice, ComposedZip.zeros(named: "b.xml", runs: 60_000, claimedSize: 10), invoice,
    ]
    let liar = try members(zip)
    #expect(liar.first == "a.xml")
    #expect(
      liar.contains {
        $0.hasSuffix("invoice.archive-limits") || $0.hasSuffix("invoice.archive-broken")
      })
    let many = ComposedZip((0..<6).map { ("\($0).xml", InvoiceSourcesTests.invoice) })
    #expect(try members(many, limits: Archive.Limits(members: 4)).last == "invoice.archive-limits")
    #expect(
      try members(many, limits: Archive.Limits(total: InvoiceSourcesTests.invoice.count * 3)).last
        == "invoice.archive-limits")
  }

  @Test func aPackThatIsCutGivesWhatItHas() throws {
    let zip = ComposedZip((0..<5).map { ("\($0).xml", InvoiceSourcesTests.invoice) })
    let directory = zip.bytes.count - 5 * (InvoiceSourcesTests.invoice.count + 35)
    let rows = try members(zip, cut: directory + InvoiceSourcesTests.invoice.count / 2)
    #expect(rows.prefix(4) == ["0.xml", "1.xml", "2.xml", "3.xml"])
    #expect(rows.last?.hasSuffix("invoice.archive-broken") == true)
    // Only the directory at the end is lost.
    #expect(
      try members(zip, cut: directory).prefix(5) == ["0.xml", "1.xml", "2.xml", "3.xml", "4.xml"])
  }

  @Test func oneBadMemberLosesNothingElse() throws {
    var zip = ComposedZip((0..<3).map { ("\($0).xml", InvoiceSourcesTests.invoice) })
    zip.members[1].content = Array("<EInvoice>".utf8)
    #expect(try members(zip) == ["0.xml", "1.xml: invoice.xml-form", "2.xml"])
    // Damaged where it lies: its sum does not fit any more.
    var bytes = ComposedZip((0..<3).map { ("\($0).xml", InvoiceSourcesTests.invoice) }).bytes
    bytes[InvoiceSourcesTests.invoice.count + 35 + 300] ^= 1
    let folder = try Folder()
    let path = try folder.write("p.zip", bytes)
    #expect(
      try Sources.each(path).map { [$0.1, $0.2].compactMap { $0 }.joined(separator: ": ") } == [
        "0.xml", "1.xml: invoice.archive-broken", "2.xml",
      ])
  }

  @Test func filesThatAreTooLargeOrEmpty() throws {
    let folder = try Folder()
    let large = folder.path + "/large.xml"
    try Data().write(to: URL(fileURLWithPath: large))
    truncate(large, InvoiceReader.maxSize + 1)
    let empty = try folder.write("empty.xml", [])
    let zip = try folder.write("empty.zip", ComposedZip().bytes)
    #expect(
      try Sources.each(large, empty, zip).map(\.2) == ["invoice.file-size", "invoice.file-empty"])
  }
}
