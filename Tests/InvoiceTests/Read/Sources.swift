@testable import boms_invoice

/// What comes out of files, folders and packs.
enum Sources {
  /// Name, member, and the rule that refuses it; what is read is read through `InvoiceReader`.
  typealias Row = (String, String?, String?)

  static func each(
    _ paths: String..., limits: Archive.Limits = Archive.Limits()
  ) throws -> [Row] {
    var rows: [Row] = []
    try InvoiceSources(limits: limits).each(in: paths) { rows.append(row($0)) }
    return rows
  }

  static func row(_ source: InvoiceSource) -> Row {
    switch source.content {
    case .bytes(let bytes):
      let reading = InvoiceReader().read(bytes, name: source.member ?? source.name)
      return (source.name, source.member, reading.text == nil ? reading.findings.last?.rule : nil)
    case .refused(let finding): return (source.name, source.member, finding.rule)
    }
  }
}
