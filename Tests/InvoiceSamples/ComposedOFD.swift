/// An OFD with invented values: pages with pieces of text, and what the package says of them.
struct ComposedOFD {
  var customs: [(String, String)] = [("发票号码", "26332000000000000901")]
  /// The inside of the tag file's root; nil: no tags at all.
  var tags: String?
  /// `id, boundary, text`.
  var pieces: [(String, String, String)] = []
  var templatePieces: [(String, String, String)] = [("3", "56 8 90 7", "电子发票（增值税专用发票）")]
  var tagRoot = "<ofd:root xmlns:ofd=\"http://www.ofdspec.org/2016\">"
  var tagRootEnd = "</ofd:root>"
  var tagName = "Tag_Invoice.xml"
  var attachments: [(String, String)] = []
  var isSealed = false

  private static let open = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
  private static let space = "xmlns:ofd=\"http://www.ofdspec.org/2016\""

  var files: [(String, [UInt8])] {
    var files: [(String, String)] = []
    let data = customs.map { "<ofd:CustomData Name=\"\($0.0)\">\($0.1)</ofd:CustomData>" }.joined()
    files.append(
      (
        "OFD.xml",
        """
        <ofd:OFD \(ComposedOFD.space)><ofd:DocBody><ofd:DocInfo><ofd:CustomDatas>\(data)\
        </ofd:CustomDatas></ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>\
        \(isSealed ? "<ofd:Signatures>/Doc_0/Signs/Signatures.xml</ofd:Signatures>" : "")\
        </ofd:DocBody></ofd:OFD>
        """
      ))
    files.append(
      (
        "Doc_0/Document.xml",
        """
        <ofd:Document \(ComposedOFD.space)><ofd:CommonData>\
        <ofd:TemplatePage ID="1" BaseLoc="Tpls/Tpl_0/Content.xml"/></ofd:CommonData>\
        <ofd:Pages><ofd:Page ID="61" BaseLoc="Pages/Page_0/Content.xml"/></ofd:Pages>\
        \(tags == nil ? "" : "<ofd:CustomTags>Tags/CustomTags.xml</ofd:CustomTags>")\
        </ofd:Document>
        """
      ))
    files.append(("Doc_0/Tpls/Tpl_0/Content.xml", page(templatePieces, "")))
    files.append(
      ("Doc_0/Pages/Page_0/Content.xml", page(pieces, "<ofd:Template TemplateID=\"1\"/>")))
    if let tags {
      files.append(
        (
          "Doc_0/Tags/CustomTags.xml",
          """
          <ofd:CustomTags \(ComposedOFD.space)><ofd:CustomTag TypeID="invoice">\
          <ofd:FileLoc>\(tagName)</ofd:FileLoc></ofd:CustomTag></ofd:CustomTags>
          """
        ))
      files.append(("Doc_0/Tags/\(tagName)", tagRoot + tags + tagRootEnd))
    }
    if isSealed {
      files.append(
        (
          "Doc_0/Signs/Signatures.xml",
          "<ofd:Signatures \(ComposedOFD.space)><ofd:Signature ID=\"1\" BaseLoc=\"Sign_0/Signature.xml\"/>"
            + "</ofd:Signatures>"
        ))
      files.append(
        (
          "Doc_0/Signs/Sign_0/Signature.xml",
          """
          <ofd:Signature \(ComposedOFD.space)><ofd:SignedInfo>\
          <ofd:SignatureMethod>1.2.156.10197.1.501</ofd:SignatureMethod>\
          <ofd:SignatureDateTime>20260506101112Z</ofd:SignatureDateTime></ofd:SignedInfo>\
          </ofd:Signature>
          """
        ))
    }
    files += attachments
    return files.map { ($0.0, Array((ComposedOFD.open + $0.1).utf8)) }
  }

  var bytes: [UInt8] { ComposedZip(files).bytes }

  private func page(_ pieces: [(String, String, String)], _ template: String) -> String {
    let objects = pieces.map { id, boundary, text in
      "<ofd:TextObject ID=\"\(id)\" Boundary=\"\(boundary)\"><ofd:TextCode>\(text)</ofd:TextCode>"
        + "</ofd:TextObject>"
    }
    return """
      <ofd:Page \(ComposedOFD.space)>\(template)<ofd:Content><ofd:Layer ID="9"><ofd:PageBlock>\
      \(objects.joined())</ofd:PageBlock></ofd:Layer></ofd:Content></ofd:Page>
      """
  }

  /// A tag that points at pieces.
  static func tag(_ name: String, _ ids: String...) -> String {
    let references = ids.map { "<ofd:ObjectRef PageRef=\"61\">\($0)</ofd:ObjectRef>" }.joined()
    return "<ofd:\(name)>\(references)</ofd:\(name)>"
  }
}
