import ArgumentParser
import Shared

/// `boms-invoice extract`: a file as it came.
struct InvoiceExtractCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "extract", Phrase("Write the file of an invoice as it came, byte for byte.", "取出发票的原件，一字节不差。"),
    examples: [
      "boms-invoice extract 26332000000000000101 > invoice.xml",
      "boms-invoice extract 26332000000000000101 --carrier pdf --out a.pdf",
      "boms-invoice extract 26332000000000000101 --file 17 --out other.xml",
    ],
    discussion: Phrase(
      """
      Without --carrier and --file, the file whose values count. Of several of a carrier, the first.
      """,
      """
      未指定 --carrier 和 --file 时，取以其内容为准的文件。同一载体有多个文件的，取第一个。
      """))

  @Argument(
    help: .boms(
      "20 digits, or CODE-NUMBER of an old one.", "20 位数字；旧版发票为 CODE-NUMBER（代码-号码）。",
      valueName: "number"))
  var number: String

  @Option(help: .boms("The file of this carrier.", "取此载体的文件。"))
  var carrier: Carrier?

  @Option(
    help: .boms(
      "The file of this number, as 'show' lists them.", "取此编号的文件，编号见 'show'。", valueName: "file-id")
  )
  var file: Int64?

  @Option(
    help: .boms("Where to write it (default: stdout).", "写入何处（默认：标准输出）。", valueName: "path"),
    completion: .file())
  var out: String?

  @OptionGroup var database: DatabaseOptions
  @OptionGroup var say: SayOptions

  func validate() throws {
    if carrier != nil, file != nil {
      throw ValidationError(
        "--file names one file: it takes no --carrier", "--file 已确定文件，不能与 --carrier 同用")
    }
  }

  func run() throws {
    let context = say.context()
    let books = try context.books(database, .sending)
    try books.read { db in
      let known = try KnownInvoiceStore.require(number, db)
      let kept = try InvoiceFileStore(db).file(of: known, carrier: carrier, id: file)
      guard let out else {
        let output = ByteOutput()
        kept.bytes.withUnsafeBufferPointer { output.append($0) }
        return try output.flush()
      }
      let target = try OutputFile(out)
      kept.bytes.withUnsafeBufferPointer { target.output.append($0) }
      try target.finish()
      context.console.say(Summary((Phrase("bytes", "字节"), kept.bytes.count)))
    }
  }
}

extension Carrier: ExpressibleByArgument {}
