import Shared

/// The files of the tax bureau's workbook: one company's requests each, and no more rows than its
/// import takes.
struct BatchFiles {
  /// Where the only file goes, and what the names of several begin with.
  let path: String
  let made: CivilDate

  /// - Returns: the files, in the order in which they were written.
  func write(_ requests: [RequestExportStore.Request]) throws -> [String] {
    var companies: [String] = []
    var byCompany: [String: [RequestExportStore.Request]] = [:]
    for request in requests {
      if byCompany[request.companyNo] == nil { companies.append(request.companyNo) }
      byCompany[request.companyNo, default: []].append(request)
    }
    var files: [String] = []
    var names = FileNames()
    for company in companies {
      let name = names.name(company, ending: "")
      for (index, part) in BatchFiles.parts(byCompany[company] ?? []).enumerated() {
        var stem = path.dropLast(".xlsx".count)
        if companies.count > 1 { stem += "-" + name }
        if index > 0 { stem += "-\(index + 1)" }
        let file = try OutputFile("\(stem).xlsx")
        try BatchWorkbook(made: made).write(part, to: file.output)
        try file.finish()
        files.append("\(stem).xlsx")
      }
    }
    return files
  }

  /// As many requests together as fit on every sheet.
  static func parts(
    _ requests: [RequestExportStore.Request], limit: Int = BatchLayout.rowLimit
  ) -> [[RequestExportStore.Request]] {
    var parts: [[RequestExportStore.Request]] = []
    var (lines, leases) = (0, 0)
    for request in requests {
      let (more, moreLeases) = (request.content.lines.count, request.content.leases.count)
      let fits =
        parts.last.map {
          $0.count < limit && lines + more <= limit && leases + moreLeases <= limit
        } ?? false
      if fits {
        parts[parts.count - 1].append(request)
        lines += more
        leases += moreLeases
      } else {
        parts.append([request])
        (lines, leases) = (more, moreLeases)
      }
    }
    return parts
  }
}
