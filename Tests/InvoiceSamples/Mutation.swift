import Foundation
import TestSupport

/// Files that were right and are not any more.
package struct Mutation {
  private let seed: UInt64
  private var random: Seeded
  private let corpus: [[UInt8]]
  private let files: [(String, [UInt8])]

  package init(seed: UInt64) {
    self.seed = seed
    random = Seeded(seed)
    var red = ComposedInvoice(issueType: "N")
    red.specific = """
      <SpecificInformation><RedEInvoice><OriginalInvoiceCode>26332000000000000800\
      </OriginalInvoiceCode></RedEInvoice></SpecificInformation>
      """
    var attached = OFDSamples.familyA()
    attached.attachments = [("Doc_0/Attachs/original_invoice.xml", red.root)]
    attached.isSealed = true
    let xml = [
      ComposedInvoice().bytes, red.bytes, Array(DialectSamples.old.utf8),
      Array(DialectSamples.instance("rai", DialectSamples.ticket).utf8),
      Array(DialectSamples.instance("atr", DialectSamples.flight).utf8),
      [0xEF, 0xBB, 0xBF] + ComposedInvoice().bytes,
    ]
    var pack = ComposedZip([
      ("a.xml", ComposedInvoice().bytes), ("b/c.ofd", OFDSamples.familyB().bytes),
      ("d.zip", ComposedZip([("e.xml", red.bytes)]).bytes), ("dzfp_1.pdf", Array("%PDF-1".utf8)),
    ])
    pack.members.append(ComposedZip.zeros(named: "z.xml", runs: 40))
    let packages = [
      OFDSamples.familyA().bytes, OFDSamples.familyB().bytes, attached.bytes, pack.bytes,
    ]
    corpus = xml + xml + packages
    files = attached.files
  }

  /// Names, marks and numbers that mean something to one of the readers.
  private static let tokens: [[UInt8]] =
    [
      "<", ">", "</", "/>", "&", "&amp;", "&#0;", "&#x10FFFF;", "&x;", "<!--", "-->", "<![CDATA[",
      "]]>", "<?xml version=\"1.0\" encoding=\"GBK\"?>", "<?a?>",
      "<!DOCTYPE a [<!ENTITY x \"y\">]>",
      "encoding=\"UTF-16\"", "encoding=\"UTF-7\"", "encoding=\"x\"", "xmlns=\"\"", "xmlns:a=\"b\"",
      " a=\"b\"",
      "<EInvoice>", "</EInvoice>", "<EInvoiceData>", "<Label/>", "<IssuItemInformation>",
      "ObjectRef",
      "0", "-1", "999999999999999999999", "1e9", "¥", "***", "免税", "../", "/", "\\", "OFD.xml",
    ].map { Array($0.utf8) } + [
      [0], [0xFF], [0xFF, 0xFE], [0xEF, 0xBB, 0xBF], [0xC0, 0x80], [0xED, 0xA0, 0x80],
      [0x81, 0x30],
      [0xB7, 0xA2, 0xC6, 0xB1], [0x50, 0x4B, 3, 4], [0x50, 0x4B, 1, 2], [0x50, 0x4B, 5, 6],
      [0x50, 0x4B, 7, 8], [0xFF, 0xFF, 0xFF, 0xFF], [0, 0, 0, 0],
    ]

  /// The same one for the same seed and number.
  package mutating func input(_ index: Int) -> [UInt8] {
    random = Seeded(seed &+ UInt64(index))
    if chance(12) { return rezipped() }
    var bytes = pick(corpus)
    for _ in 0..<number(1...5) { change(&bytes) }
    return bytes
  }

  private mutating func change(_ bytes: inout [UInt8]) {
    guard !bytes.isEmpty else { return bytes = pick(Mutation.tokens) }
    let at = number(0...bytes.count - 1)
    switch number(0...11) {
    case 0: bytes[at] = UInt8(truncatingIfNeeded: random.next())
    case 1: bytes[at] ^= 1 << UInt8(number(0...7))
    case 2: bytes.insert(contentsOf: pick(Mutation.tokens), at: at)
    case 3:
      let token = pick(Mutation.tokens)
      let end = min(bytes.count, at + token.count)
      bytes.replaceSubrange(at..<end, with: token.prefix(end - at))
    case 4: bytes.removeSubrange(at..<min(bytes.count, at + number(1...40)))
    case 5: bytes.removeLast(number(0...bytes.count - 1))
    case 6:
      let other = pick(corpus)
      let from = number(0...other.count - 1)
      bytes.replaceSubrange(at..., with: other[from...])
    case 7: repeatElement(&bytes)
    case 8: header(&bytes)
    case 9:
      // A number with another digit, or many.
      if let digit = bytes[at...].firstIndex(where: { (0x30...0x39).contains($0) }) {
        bytes.replaceSubrange(
          digit...digit,
          with: [UInt8](repeating: 0x30 + UInt8(number(0...9)), count: number(0...30)))
      }
    case 10: swapElements(&bytes)
    default:
      guard chance(3), let text = String(validating: bytes, as: UTF8.self) else { return }
      let encodings: [String.Encoding] = [.init(rawValue: 0x8000_0632), .utf16, .utf16LittleEndian]
      if let data = text.data(using: pick(encodings)) { bytes = Array(data) }
    }
  }

  /// An element, or what lies between two marks, many times over, beside or inside itself.
  private mutating func repeatElement(_ bytes: inout [UInt8]) {
    let marks = bytes.indices.filter { bytes[$0] == 0x3C }
    guard marks.count > 2 else { return }
    let from = number(0...marks.count - 2)
    let to = min(marks.count - 1, from + number(1...6))
    let piece = bytes[marks[from]..<marks[to]]
    let times = chance(20) ? number(50...400) : number(1...8)
    bytes.insert(
      contentsOf: Array(Swift.repeatElement(piece, count: times).joined()), at: marks[from])
  }

  private mutating func swapElements(_ bytes: inout [UInt8]) {
    let marks = bytes.indices.filter { bytes[$0] == 0x3C }
    guard marks.count > 4 else { return }
    let first = number(0...marks.count - 4)
    let second = number(first + 1...marks.count - 2)
    let a = bytes[marks[first]..<marks[first + 1]]
    let b = bytes[marks[second]..<marks[second + 1]]
    let between = bytes[marks[first + 1]..<marks[second]]
    bytes.replaceSubrange(marks[first]..<marks[second + 1], with: b + between + a)
  }

  /// Sizes, flags and methods in the headers of a zip.
  private mutating func header(_ bytes: inout [UInt8]) {
    let headers = bytes.indices.dropLast(46).filter { bytes[$0] == 0x50 && bytes[$0 + 1] == 0x4B }
    guard let header = headers.randomElement(using: &random) else { return }
    let field = header + number(4...44)
    for offset in 0..<pick([1, 2, 4]) where field + offset < bytes.count {
      bytes[field + offset] = pick([
        0, 1, 0x7F, 0x80, 0xFF, UInt8(truncatingIfNeeded: random.next()),
      ])
    }
  }

  /// A package whose sums are right and whose files are not.
  private mutating func rezipped() -> [UInt8] {
    var files = files
    for _ in 0..<number(1...3) {
      let at = number(0...files.count - 1)
      switch number(0...4) {
      case 0: files.remove(at: at)
      case 1: files[at].1 = pick(files).1
      case 2: files.append(files[at])
      default: change(&files[at].1)
      }
      if files.isEmpty { break }
    }
    return ComposedZip(files).bytes
  }

  private mutating func number(_ range: ClosedRange<Int>) -> Int {
    Int.random(in: range, using: &random)
  }

  private mutating func chance(_ one: Int) -> Bool { number(1...one) == 1 }

  private mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[number(0...elements.count - 1)]
  }
}
