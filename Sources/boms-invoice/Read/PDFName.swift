import Shared

/// Of a PDF only the number is known, from the name that the platform gives to it:
/// `dzfp_<20 digits>_<counterparty>_<time>.pdf`.
enum PDFName {
  /// - Throws: `invoice.pdf-number`.
  static func invoice(_ name: String) throws(InvoiceFinding) -> InvoiceText {
    guard let number = number(in: name) else { throw .pdfWithoutNumber }
    var text = InvoiceText(carrier: .pdf, dialect: .name)
    text.number = number
    return text
  }

  /// The one run of exactly 20 digits in the last part of the path; that behind `dzfp_` first.
  static func number(in path: String) -> String? {
    let name: Substring = path.split(separator: "/").last ?? path[...]
    let runs: [Substring] = name.split { !($0.isASCII && $0.isNumber) }.filter { $0.count == 20 }
    if let named = runs.first(where: { name[..<$0.startIndex].hasSuffix("dzfp_") }) {
      return String(named)
    }
    let numbers = Set(runs)
    return numbers.count == 1 ? numbers.first.map { String($0) } : nil
  }
}
