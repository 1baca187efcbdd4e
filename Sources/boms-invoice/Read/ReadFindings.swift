import Shared

/// What readers find, one for each rule id.
extension InvoiceFinding {
  // MARK: Any file

  static let emptyFile = InvoiceFinding(
    .error, "invoice.file-empty", Phrase("the file is empty", "文件为空"),
    hint: Phrase("download it again", "请重新下载"))

  static let fileSize = InvoiceFinding(
    .error, "invoice.file-size",
    Phrase(
      "the file has more than \(InvoiceReader.maxSize >> 20) MB",
      "文件超过 \(InvoiceReader.maxSize >> 20) MB"),
    hint: Phrase("an invoice has a few KB: see what this is", "发票通常只有几 KB：请确认这是什么文件"))

  static let unknownKind = InvoiceFinding(
    .error, "invoice.file-kind",
    Phrase("neither XML nor OFD nor PDF nor zip", "既不是 XML、OFD、PDF，也不是 zip"),
    hint: Phrase("take the XML or OFD from the tax platform", "请从税务平台下载 XML 或 OFD"))

  static let pdfWithoutNumber = InvoiceFinding(
    .error, "invoice.pdf-number",
    Phrase("no number of an invoice in the name of the PDF", "PDF 文件名中没有发票号码"),
    hint: Phrase(
      "name it as the platform does, dzfp_<20 digits>_….pdf, or take the XML",
      "请按平台的命名：dzfp_<20位号码>_….pdf，或下载 XML"))

  // MARK: XML

  static func notWellFormed(line: Int?, _ message: String) -> InvoiceFinding {
    let what = message.split(separator: "\n").first.map(String.init) ?? "no element"
    return InvoiceFinding(
      .error, "invoice.xml-form", place: line,
      Phrase("not well-formed XML: \(what)", "XML 格式有误：\(what)"),
      hint: Phrase("the file is damaged or cut: download it again", "文件损坏或不完整：请重新下载"))
  }

  static func xmlLimits(_ what: Phrase) -> InvoiceFinding {
    InvoiceFinding(
      .error, "invoice.xml-limits", what,
      hint: Phrase("no invoice looks like this: find out who sent it", "发票不会是这样：请核实来源"))
  }

  static let internalSubset = InvoiceFinding(
    .error, "invoice.internal-subset",
    Phrase("a document type declaration, which no invoice has", "含有文档类型声明(DOCTYPE)，发票不会有"),
    hint: Phrase("it may be an attack: find out who sent it", "可能是攻击文件：请核实来源"))

  static let readAsGB18030 = InvoiceFinding(
    .warning, "invoice.encoding",
    Phrase(
      "not UTF-8 as it should be; read as GB18030", "内容不是声明的 UTF-8 编码，已按 GB18030 读取"),
    hint: Phrase("see that the names are right", "请核对名称是否正确"))

  static func badEncoding(line: Int?) -> InvoiceFinding {
    InvoiceFinding(
      .error, "invoice.encoding", place: line,
      Phrase(
        "the bytes are not in the encoding that the file declares", "内容与文件声明的编码不符"),
      hint: Phrase("the file is damaged: download it again", "文件已损坏：请重新下载"))
  }

  static func manyInvoices(_ count: Int) -> InvoiceFinding {
    InvoiceFinding(
      .error, "invoice.one-per-file", value: String(count),
      Phrase("\(count) invoices in one file", "一个文件中有 \(count) 张发票"),
      hint: Phrase("take the file of each invoice from the tax platform", "请从税务平台逐张下载"))
  }

  static func unknownDialect(_ root: String) -> InvoiceFinding {
    let root = String(root.prefix(40))
    return InvoiceFinding(
      .error, "invoice.dialect-known", value: root,
      Phrase("XML with root '\(root)' is no invoice that we can read", "无法识别根元素为“\(root)”的 XML"),
      hint: Phrase("take the XML or OFD from the tax platform", "请从税务平台下载 XML 或 OFD"))
  }

  static func repeated(_ name: String, _ first: String, _ second: String) -> InvoiceFinding {
    func shown(_ value: String) -> String { Masking.mask(String(value.prefix(40)), field: "text") }
    let (name, first, second) = (name.prefix(40), shown(first), shown(second))
    return InvoiceFinding(
      .error, "invoice.element-repeated",
      Phrase(
        "\(name) comes twice, as '\(first)' and as '\(second)'",
        "\(name) 出现两次，分别为“\(first)”和“\(second)”"),
      hint: InvoiceRule.elementRepeated.remedy)
  }

  static let airTotal = InvoiceFinding(
    .error, "invoice.air-total", field: "gross",
    Phrase(
      "fare, surcharge, tax, fund and other charges are not the total of the ticket",
      "票价、燃油附加费、税额、民航发展基金与其他税费之和不等于合计"),
    hint: Phrase("take the file from the issuer anew", "请向开票方重新获取"))

  // MARK: Archives and OFD

  static func brokenArchive(after members: Int) -> InvoiceFinding {
    InvoiceFinding(
      .error, "invoice.archive-broken",
      Phrase(
        "the archive is damaged or cut behind member \(members)", "压缩包损坏或不完整（第 \(members) 个文件之后）"),
      hint: Phrase("download it again", "请重新下载"))
  }

  static func archiveMembers(_ limit: Int) -> InvoiceFinding {
    InvoiceFinding(
      .error, "invoice.archive-limits",
      Phrase("more than \(limit) files in the archive", "压缩包内文件超过 \(limit) 个"),
      hint: Phrase("divide it", "请分批打包"))
  }

  static func archiveTotal(_ bytes: Int) -> InvoiceFinding {
    InvoiceFinding(
      .error, "invoice.archive-limits",
      Phrase(
        "the archive unpacks to more than is plausible (\(bytes >> 20) MB so far)",
        "压缩包解开后异常庞大（已达 \(bytes >> 20) MB）"),
      hint: Phrase("it may be an attack: find out who sent it", "可能是攻击文件：请核实来源"))
  }

  static func outsideName(_ name: String) -> InvoiceFinding {
    let name = String(
      name.unicodeScalars.filter { $0.value >= 0x20 }.prefix(80).map(Character.init))
    return InvoiceFinding(
      .error, "invoice.archive-path", value: name,
      Phrase("the name '\(name)' leads out of the archive", "文件名“\(name)”指向压缩包之外"),
      hint: Phrase("it may be an attack: find out who sent it", "可能是攻击文件：请核实来源"))
  }

  static let nestedArchive = InvoiceFinding(
    .error, "invoice.archive-nested",
    Phrase("an archive in an archive in an archive", "压缩包嵌套超过两层"),
    hint: Phrase("unpack the outer one first", "请先解开外层压缩包"))

  static let encrypted = InvoiceFinding(
    .error, "invoice.archive-encrypted",
    Phrase("encrypted: it needs a password", "文件已加密，需要密码"),
    hint: Phrase("unpack it with the password first", "请先用密码解压"))

  static func ofdForm(_ what: Phrase) -> InvoiceFinding {
    InvoiceFinding(
      .error, "invoice.ofd-form",
      Phrase("the OFD cannot be read: \(what.en)", "无法读取该 OFD：\(what.zh)"),
      hint: Phrase("take the XML, or download it again", "请下载 XML，或重新下载"))
  }

  static func ofdDisagrees(_ name: String, _ one: String, _ other: String) -> InvoiceFinding {
    let (one, other) = (one.prefix(40), other.prefix(40))
    return InvoiceFinding(
      .error, "invoice.ofd-agrees", value: String(one),
      Phrase(
        "\(name) is '\(one)' in OFD.xml and '\(other)' in the document",
        "\(name)在 OFD.xml 中为“\(one)”，在文档中为“\(other)”"),
      hint: Phrase(
        "one of them was changed: take the file from the tax platform", "文件可能被改动：请从税务平台下载"))
  }

  /// The same of a file in a package.
  func inside(_ path: String) -> InvoiceFinding {
    var finding = self
    let path = String(path.prefix(80))
    finding.message = Phrase("'\(path)': \(message.en)", "“\(path)”：\(message.zh)")
    return finding
  }

  // MARK: Sources

  static func unreadable(_ reason: Phrase) -> InvoiceFinding {
    InvoiceFinding(.error, unreadableRule, reason)
  }

  private static let unreadableRule = "invoice.file-unreadable"

  /// Whether there is no such file, or it may not be read: nothing is wrong with an invoice.
  var isOfNoInput: Bool { rule == InvoiceFinding.unreadableRule }
}
