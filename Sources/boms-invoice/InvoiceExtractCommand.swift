import ArgumentParser
import Shared

/// `boms-invoice extract`: a file as it came.
struct InvoiceExtractCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "extract", "Write the file of an invoice as it came, byte for byte.",
    examples: [
      "boms-invoice extract 26332000000000000101 > invoice.xml",
      "boms-invoice extract 26332000000000000101 --carrier pdf --out a.pdf",
      "boms-invoice extract 26332000000000000101 --file 17 --out other.xml",
    ],
    discussion: """
      Without --carrier and --file, the file whose values count. Of several of a carrier, the first.
      """)

  @Argument(help: ArgumentHelp("20 digits, or CODE-NUMBER of an old one.", valueName: "number"))
  var number: String

  @Option(help: "The file of this carrier.")
  var carrier: Carrier?

  @Option(
    help: ArgumentHelp("The file of this number, as 'show' lists them.", valueName: "file-id"))
  var file: Int64?

  @Option(
    help: ArgumentHelp("Where to write it (default: stdout).", valueName: "path"),
    completion: .file())
  var out: String?

  @OptionGroup var database: DatabaseOptions
  @OptionGroup var say: SayOptions

  func validate() throws {
    if carrier != nil, file != nil {
      throw ValidationError("--file names one file: it takes no --carrier")
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
