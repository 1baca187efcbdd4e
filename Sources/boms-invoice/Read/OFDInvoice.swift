import Shared

/// An OFD: the invoice as XML if one is attached; else what its tags and its `CustomDatas` say of
/// the texts on its pages.
struct OFDInvoice {
  private let package: OFDPackage
  private let parser: XMLParser
  private var findings: [InvoiceFinding] = []

  /// - Throws: what `OFDPackage` throws, what an attached invoice does, `invoice.ofd-form`,
  ///   `invoice.ofd-agrees`, `invoice.one-per-file`.
  static func read(
    _ bytes: UnsafeRawBufferPointer, _ parser: XMLParser, _ findings: inout [InvoiceFinding]
  ) throws(InvoiceFinding) -> InvoiceText {
    var invoice = OFDInvoice(package: try OFDPackage(bytes), parser: parser)
    defer { findings += invoice.findings }
    return try invoice.read()
  }

  private init(package: OFDPackage, parser: XMLParser) {
    self.package = package
    self.parser = parser
  }

  private mutating func read() throws(InvoiceFinding) -> InvoiceText {
    let entry = try entry()
    let document = try document(entry.document)
    var text = try attached(document.attachments)
    if text == nil { text = try tagged(document, entry.customs) }
    guard var text else {
      throw .ofdForm(
        Phrase("nothing in it says what the invoice is", "其中没有可读取的发票数据"))
    }
    try complete(&text, entry.customs)
    if let signature = try seal(entry.signatures) {
      text.isSigned = true
      text.signature = text.signature ?? signature
    }
    return text
  }

  // MARK: The package

  private struct Entry {
    var customs: [String: String] = [:]
    var document: String
    var signatures: String?
  }

  private struct Document {
    var path: String
    var pages: [(id: String, path: String)] = []
    var templates: [(id: String, path: String)] = []
    var attachments: String?
    var tags: String?
  }

  /// What stands in a file of the package; nil if there is none.
  private mutating func open<Result>(
    _ path: String?, _ body: (XMLElement) throws(InvoiceFinding) -> Result
  ) throws(InvoiceFinding) -> Result? {
    guard let path, let bytes = package.files[path] else { return nil }
    var found: [InvoiceFinding] = []
    defer { findings += found }
    return try bytes.withUnsafeBufferPointer { (bytes) throws(InvoiceFinding) -> Result in
      do throws(InvoiceFinding) {
        return try parser.read(
          UnsafeRawBufferPointer(bytes), warn: { found.append($0.inside(path)) }, body)
      } catch {
        throw error.inside(path)
      }
    }
  }

  private mutating func entry() throws(InvoiceFinding) -> Entry {
    let path = OFDPackage.entry
    let entry = try open(path) { (root) throws(InvoiceFinding) -> Entry in
      let bodies = root.children.filter { $0.isNamed("DocBody") }
      if bodies.count > 1 { throw .manyInvoices(bodies.count) }
      guard let body = bodies.first, let document = body.child("DocRoot")?.text,
        let document = OFDPackage.resolve(document, in: path)
      else {
        throw .ofdForm(Phrase("OFD.xml names no document", "OFD.xml 未指明文档"))
      }
      var entry = Entry(document: document)
      for data in body.descendants("CustomData") {
        if let name = data.attribute("Name"), let value = data.text { entry.customs[name] = value }
      }
      entry.signatures = body.child("Signatures")?.text.flatMap {
        OFDPackage.resolve($0, in: path)
      }
      return entry
    }
    guard let entry else {
      throw .ofdForm(Phrase("no OFD.xml in the package", "包中没有 OFD.xml"))
    }
    return entry
  }

  private mutating func document(_ path: String) throws(InvoiceFinding) -> Document {
    let document = try open(path) { (root) -> Document in
      func located(_ elements: [XMLElement]) -> [(id: String, path: String)] {
        elements.compactMap { element in
          guard let id = element.attribute("ID"), let location = element.attribute("BaseLoc"),
            let path = OFDPackage.resolve(location, in: path)
          else { return nil }
          return (id, path)
        }
      }
      var document = Document(path: path)
      document.pages = located(root.child("Pages")?.children.filter { $0.isNamed("Page") } ?? [])
      document.templates = located(
        root.child("CommonData")?.children.filter { $0.isNamed("TemplatePage") } ?? [])
      document.attachments = root.child("Attachments")?.text.flatMap {
        OFDPackage.resolve($0, in: path)
      }
      document.tags = root.child("CustomTags")?.text.flatMap {
        OFDPackage.resolve($0, in: path)
      }
      return document
    }
    guard let document else {
      throw .ofdForm(Phrase("its document '\(path)' is missing", "缺少文档“\(path)”"))
    }
    return document
  }

  /// The files that another one lists, as `FileLoc` in each of its entries.
  private mutating func listed(_ path: String?) throws(InvoiceFinding) -> [String] {
    guard let path else { return [] }
    return try open(path) { (root) -> [String] in
      root.descendants("FileLoc").compactMap { location in
        location.text.flatMap { OFDPackage.resolve($0, in: path) }
      }
    } ?? []
  }

  /// Present or absent, and by what and when; whether it is good is not looked at.
  private mutating func seal(
    _ path: String?
  ) throws(InvoiceFinding) -> InvoiceText.SignatureText? {
    let signature = try open(path) { (root) -> String? in
      root.child("Signature")?.attribute("BaseLoc")
    }
    guard let path, let signature, let location = signature else { return nil }
    let own = OFDPackage.resolve(location, in: path)
    return try open(own) { (root) -> InvoiceText.SignatureText in
      InvoiceText.SignatureText(
        algorithm: root.child("SignedInfo")?.child("SignatureMethod")?.text, format: nil,
        time: root.child("SignedInfo")?.child("SignatureDateTime")?.text)
    } ?? InvoiceText.SignatureText()
  }

  // MARK: The invoice

  /// The invoice that is attached as XML, listed or simply lying among the attachments.
  private mutating func attached(_ list: String?) throws(InvoiceFinding) -> InvoiceText? {
    var paths = try listed(list)
    for path in package.files.keys.sorted() where !paths.contains(path) {
      let folders = path.split(separator: "/").dropLast()
      if path != list, folders.contains(where: { $0.lowercased().hasPrefix("attach") }) {
        paths.append(path)
      }
    }
    var texts: [InvoiceText] = []
    for path in paths {
      var found: [InvoiceFinding] = []
      let text = try open(path) { (root) throws(InvoiceFinding) -> InvoiceText? in
        guard XMLInvoice.isKnown(root) else { return nil }
        return try XMLInvoice.read(root, carrier: .ofd, &found)
      }
      findings += found.map { $0.inside(path) }
      if let text, let text { texts.append(text) }
    }
    let numbers = Set(texts.map { [$0.code, $0.number] })
    if numbers.count > 1 { throw .manyInvoices(numbers.count) }
    return texts.first
  }

  private mutating func tagged(
    _ document: Document, _ customs: [String: String]
  ) throws(InvoiceFinding) -> InvoiceText? {
    var pages = OFDPages()
    for (id, path) in document.templates {
      _ = try open(path) { (root) in pages.addTemplate(id, root) }
    }
    for (id, path) in document.pages {
      _ = try open(path) { (root) in pages.addPage(id, root) }
    }
    let tags = OFDTags(pages)
    var text: InvoiceText?
    for path in try listed(document.tags) where text == nil {
      var found: [InvoiceFinding] = []
      text = try open(path) { (root) in tags.read(root, &found) }
      findings += found
      if text?.number == nil { text = nil }
    }
    if text == nil, customs["发票号码"] != nil { text = InvoiceText(carrier: .ofd, dialect: .ofd) }
    guard var text else { return nil }
    // What the head of the page says, and 价税合计 in words, where no tag points at them.
    let printed = pages.all.map(\.text)
    text.kindName = text.kindName ?? printed.first(where: OFDInvoice.isTitle)
    if text.capitals == nil {
      let capitals = Set(printed.filter(OFDInvoice.isCapitals))
      if capitals.count == 1 { text.capitals = capitals.first }
    }
    return text
  }

  /// `电子发票（增值税专用发票）`.
  private static func isTitle(_ text: String) -> Bool {
    text.count <= 30 && (text.contains("专用发票") || text.contains("普通发票"))
      && (text.hasPrefix("电子发票") || text.contains("增值税"))
  }

  private static func isCapitals(_ text: String) -> Bool {
    (text.contains("圆") || text.contains("元")) && text.count >= 3
      && text.allSatisfy { "零壹贰叁肆伍陆柒捌玖拾佰仟万亿圆元角分整正（负数）()".contains($0) }
  }

  /// Holds an invoice against `CustomDatas`, and takes from there what it lacks. 合计金额 is the net sum
  /// whatever its name seems to say.
  private mutating func complete(
    _ text: inout InvoiceText, _ customs: [String: String]
  ) throws(InvoiceFinding) {
    let fields: [(String, ElementTree<InvoiceText>.Field)] = [
      ("发票号码", \.number), ("发票代码", \.code), ("合计金额", \.net), ("合计税额", \.tax), ("价税合计", \.gross),
    ]
    for (name, field) in fields {
      guard let value = OFDTags.amount(customs[name]) else { continue }
      if let other = text[keyPath: field] {
        if !OFDInvoice.isSame(value, other) { throw .ofdDisagrees(name, value, other) }
      } else {
        text[keyPath: field] = value
      }
    }
    text.headerNumber = text.headerNumber ?? text.number
    text.requestedAt = text.requestedAt ?? (text.issuedAt == nil ? customs["开票日期"] : nil)
    text.buyer.taxNumber = text.buyer.taxNumber ?? customs["购买方纳税人识别号"]
    text.buyer.name = text.buyer.name ?? customs["购买方名称"]
    text.seller.taxNumber = text.seller.taxNumber ?? customs["销售方纳税人识别号"]
    text.seller.name = text.seller.name ?? customs["销售方名称"]
    // Where neither figures nor capitals of 价税合计 can be read, it is the sum of what can: then the
    // rule that holds it against net and tax says nothing.
    if text.gross == nil, text.capitals == nil, let net = OFDInvoice.fen(text.net),
      let tax = OFDInvoice.fen(text.tax)
    {
      text.gross = "\(Money(fen: net + tax))"
    }
  }

  private static func isSame(_ a: String, _ b: String) -> Bool {
    a == b || (fen(a) != nil && fen(a) == fen(b))
  }

  private static func fen(_ text: String?) -> Int64? {
    guard var text else { return nil }
    return text.withUTF8 { NumberText.plain($0, places: 2) }
  }
}
