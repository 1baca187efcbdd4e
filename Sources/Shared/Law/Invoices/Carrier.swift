/// In what kind of file an invoice came; the better one first.
package enum Carrier: String, Sendable, CaseIterable, Comparable {
  case xml, ofd, xbrl, pdf

  package static func < (a: Carrier, b: Carrier) -> Bool { a.rank < b.rank }

  private var rank: Int {
    switch self {
    case .xml: 0
    case .ofd: 1
    case .xbrl: 2
    case .pdf: 3
    }
  }
}
