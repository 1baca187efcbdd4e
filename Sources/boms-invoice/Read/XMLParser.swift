import CLibXML2
import Shared

/// Parses XML that anybody may have made. Context and dictionary are kept from file to file.
///
/// Nothing is loaded from anywhere, no entity but the five of XML exists, and a document that is too
/// deep or too large is left where it becomes so. libxml2 prints nothing.
final class XMLParser {
  static let maxDepth = 40
  static let maxElements = 50_000
  /// Of one element. libxml2 compares every two of them.
  static let maxAttributes = 200
  /// Names of elements that are kept; a stranger's files must not fill the memory with theirs.
  private static let maxNames: Int32 = 10_000

  /// Not among them: NOENT, DTDLOAD, XINCLUDE, HUGE. CDATA is text.
  private static let options = Int32(
    XML_PARSE_NONET.rawValue | XML_PARSE_NOERROR.rawValue | XML_PARSE_NOWARNING.rawValue
      | XML_PARSE_NOCDATA.rawValue | XML_PARSE_BIG_LINES.rawValue)

  /// What the callbacks of a parse see.
  private struct Progress {
    var tree = XMLTree()
    var stop: Stop?
  }

  private enum Stop {
    case internalSubset, depth, elements
  }

  private var context: xmlParserCtxtPtr?
  private let progress: UnsafeMutablePointer<Progress>

  init() {
    xmlInitParser()
    progress = .allocate(capacity: 1)
    progress.initialize(to: Progress())
  }

  deinit {
    xmlFreeParserCtxt(context)
    progress.pointee.tree.free()
    progress.deallocate()
  }

  /// Gives the root of the document to `body`; it is gone afterwards. Bytes that are no UTF-8 though
  /// they should be, and are Chinese in GB18030, are read so, with a warning.
  /// - Throws: `invoice.internal-subset`, `invoice.xml-limits`, `invoice.encoding`,
  ///   `invoice.one-per-file`, `invoice.xml-form`.
  func read<Result>(
    _ bytes: UnsafeRawBufferPointer, warn: (InvoiceFinding) -> Void,
    _ body: (XMLElement) throws(InvoiceFinding) -> Result
  ) throws(InvoiceFinding) -> Result {
    if bytes.count > 65_536, XMLParser.attributes(bytes) > XMLParser.maxAttributes {
      throw .xmlLimits(
        Phrase(
          "more than \(XMLParser.maxAttributes) attributes in one element",
          "一个元素的属性超过 \(XMLParser.maxAttributes) 个"))
    }
    if parse(bytes, encoding: nil) { return try finish(body) }
    guard isMisdeclared, let text = GB18030Text.decode(bytes) else { throw problem(bytes) }
    guard text.withUnsafeBytes({ parse($0, encoding: "UTF-8") }) else { throw problem(bytes) }
    warn(.readAsGB18030)
    return try finish(body)
  }

  private func finish<Result>(
    _ body: (XMLElement) throws(InvoiceFinding) -> Result
  ) throws(InvoiceFinding) -> Result {
    guard progress.pointee.tree.nodes.count > 0 else { throw .notWellFormed(line: nil, "") }
    return try withUnsafeMutablePointer(to: &progress.pointee.tree) {
      (tree) throws(InvoiceFinding) -> Result in
      try body(XMLElement(tree, 0))
    }
  }

  /// - Returns: whether it is well-formed and allowed; if it is, it stands in the tree.
  private func parse(_ bytes: UnsafeRawBufferPointer, encoding: String?) -> Bool {
    let context = prepared()
    // What has no context of its own, as a conversion that fails, would be printed. By thread.
    xmlSetStructuredErrorFunc(nil) { _, _ in }
    guard
      let document = xmlCtxtReadMemory(
        context, bytes.bindMemory(to: CChar.self).baseAddress, Int32(bytes.count), nil, encoding,
        XMLParser.options)
    else { return false }
    defer { xmlFreeDoc(document) }
    // The callback stops the parser at the declaration; this holds if it ever should not.
    if progress.pointee.stop == nil, xmlGetIntSubset(document) != nil {
      progress.pointee.stop = .internalSubset
    }
    return progress.pointee.stop == nil
  }

  private func prepared() -> xmlParserCtxtPtr? {
    if let old = context, xmlDictSize(old.pointee.dict) > XMLParser.maxNames {
      xmlFreeParserCtxt(old)
      context = nil
    }
    if context == nil, let new = xmlNewParserCtxt() {
      context = new
      new.pointee._private = UnsafeMutableRawPointer(progress)
      XMLParser.listen(new.pointee.sax)
    }
    progress.pointee.tree.clear()
    progress.pointee.stop = nil
    return context
  }

  /// The document is ours to build: libxml2 has a block of memory for each of its nodes.
  private static func listen(_ sax: UnsafeMutablePointer<xmlSAXHandler>) {
    sax.pointee.comment = nil
    sax.pointee.processingInstruction = nil
    sax.pointee.reference = nil
    sax.pointee.internalSubset = { context, _, _, _ in XMLParser.stop(context, .internalSubset) }
    sax.pointee.startElementNs = {
      context, name, _, namespace, _, _, count, _, attributes in
      guard let name, let progress = XMLParser.progress(context) else { return }
      if progress.pointee.tree.nodes.count >= XMLParser.maxElements {
        XMLParser.stop(context, .elements)
      } else if progress.pointee.tree.depth >= XMLParser.maxDepth {
        XMLParser.stop(context, .depth)
      } else {
        progress.pointee.tree.start(
          name, namespace: namespace, attributes: attributes, count: Int(count))
      }
    }
    sax.pointee.endElementNs = { context, _, _, _ in
      XMLParser.progress(context)?.pointee.tree.end()
    }
    let characters: charactersSAXFunc = { context, bytes, count in
      guard let bytes else { return }
      XMLParser.progress(context)?.pointee.tree.add(bytes, Int(count))
    }
    sax.pointee.characters = characters
    // The same as above, so that libxml2 does not ask which of the two it is.
    sax.pointee.ignorableWhitespace = characters
  }

  private static func progress(
    _ context: UnsafeMutableRawPointer?
  ) -> UnsafeMutablePointer<Progress>? {
    context?.assumingMemoryBound(to: xmlParserCtxt.self).pointee._private?
      .assumingMemoryBound(to: Progress.self)
  }

  private static func stop(_ context: UnsafeMutableRawPointer?, _ why: Stop) {
    progress(context)?.pointee.stop = why
    xmlStopParser(context?.assumingMemoryBound(to: xmlParserCtxt.self))
  }

  /// Whether the parse failed because the bytes are not in UTF-8, and nothing else was said of them.
  private var isMisdeclared: Bool {
    guard progress.pointee.stop == nil, let context else { return false }
    let code = context.pointee.lastError.code
    guard
      code == Int32(XML_ERR_INVALID_CHAR.rawValue)
        || code == Int32(XML_ERR_INVALID_ENCODING.rawValue)
    else { return false }
    guard let declared = context.pointee.encoding else { return true }
    return xmlStrcasecmp(declared, "UTF-8") == 0 || xmlStrcasecmp(declared, "UTF8") == 0
  }

  /// Why there is no document.
  private func problem(_ bytes: UnsafeRawBufferPointer) -> InvoiceFinding {
    switch progress.pointee.stop {
    case .internalSubset: return .internalSubset
    case .depth:
      return .xmlLimits(
        Phrase("deeper than \(XMLParser.maxDepth) elements", "元素嵌套超过 \(XMLParser.maxDepth) 层"))
    case .elements:
      return .xmlLimits(
        Phrase("more than \(XMLParser.maxElements) elements", "元素超过 \(XMLParser.maxElements) 个"))
    case nil: break
    }
    guard let error = context?.pointee.lastError else { return .notWellFormed(line: nil, "") }
    let line = error.line > 0 ? Int(error.line) : nil
    switch error.code {
    case Int32(XML_ERR_DOCUMENT_END.rawValue) where ManyInvoices.count(in: bytes) > 1:
      return .manyInvoices(ManyInvoices.count(in: bytes))
    case Int32(XML_ERR_INVALID_CHAR.rawValue) where isMisdeclared && !GB18030Text.isUTF8(bytes):
      return .badEncoding(line: line)
    case Int32(XML_ERR_INVALID_ENCODING.rawValue), Int32(XML_ERR_UNSUPPORTED_ENCODING.rawValue),
      Int32(XML_ERR_UNKNOWN_ENCODING.rawValue), Int32(XML_I18N_CONV_FAILED.rawValue):
      return .badEncoding(line: line)
    default:
      return .notWellFormed(line: line, error.message.map { String(cString: $0) } ?? "")
    }
  }

  /// The most `=` between two `<`, which is no less than the most attributes of an element.
  private static func attributes(_ bytes: UnsafeRawBufferPointer) -> Int {
    var most = 0
    var count = 0
    for byte in bytes {
      if byte == UInt8(ascii: "<") {
        count = 0
      } else if byte == UInt8(ascii: "=") {
        count += 1
        if count > most { most = count }
      }
    }
    return most
  }
}
