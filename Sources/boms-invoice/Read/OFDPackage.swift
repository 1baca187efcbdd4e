import Shared

/// The XML files of an OFD (GB/T 33190), by their paths in the package. Pictures are not unpacked.
struct OFDPackage {
  /// Where everything begins.
  static let entry = "OFD.xml"
  private static let limits = Archive.Limits(
    members: 5_000, total: 64 << 20, ratio: 200, ratioFrom: 4 << 20)

  private(set) var files: [String: [UInt8]] = [:]

  /// - Throws: `invoice.archive-broken`, `invoice.archive-limits`, `invoice.archive-path`,
  ///   `invoice.archive-encrypted`, `invoice.ofd-form`.
  init(_ bytes: UnsafeRawBufferPointer) throws(InvoiceFinding) {
    let archive = try Archive(.bytes(bytes), size: bytes.count, limits: OFDPackage.limits)
    while let member = try archive.next() {
      if member.isFolder { continue }
      if member.isOutside { throw .outsideName(member.name) }
      guard member.name.hasSuffix(".xml") || member.name.hasSuffix(".XML") else { continue }
      if member.isEncrypted { throw .encrypted }
      if files[member.name] != nil {
        throw .ofdForm(Phrase("'\(member.name)' is in it twice", "“\(member.name)”出现两次"))
      }
      files[member.name] = Array(try archive.read(member))
    }
    if files[OFDPackage.entry] == nil {
      throw .ofdForm(Phrase("no OFD.xml in the package", "包中没有 OFD.xml"))
    }
  }

  /// Whether a zip is an OFD and no pack of files.
  static func isOne(_ source: Archive.Source, size: Int) -> Bool {
    guard let archive = try? Archive(source, size: size, limits: limits) else { return false }
    while let member = try? archive.next() {
      if member.name == entry { return true }
    }
    return false
  }

  /// The path in the package that a location means which stands in the file `base`; nil if it leads
  /// out of the package.
  static func resolve(_ location: String, in base: String) -> String? {
    var parts =
      location.hasPrefix("/") ? [] : base.split(separator: "/").dropLast().map(String.init)
    for part in location.split(separator: "/") {
      switch part {
      case ".": break
      case "..":
        if parts.isEmpty { return nil }
        parts.removeLast()
      default: parts.append(String(part))
      }
    }
    return parts.joined(separator: "/")
  }
}
