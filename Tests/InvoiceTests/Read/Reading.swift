import Foundation
import TestSupport

@testable import boms_invoice

/// What the tests of reading have in common.
enum Reading {
  static let samples: String? = {
    let path = Repository.path("../shared/samples/einvoice")
    return FileManager.default.fileExists(atPath: path) ? path : nil
  }()

  static func bytes(of path: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
  }

  static func read(_ bytes: [UInt8], name: String = "file.xml") -> InvoiceReading {
    bytes.withUnsafeBytes { InvoiceReader().read($0, name: name) }
  }

  static func read(_ xml: String) -> InvoiceReading { read(Array(xml.utf8)) }

  static func sample(_ name: String) throws -> InvoiceReading {
    guard let samples else { throw CocoaError(.fileNoSuchFile) }
    return read(try bytes(of: "\(samples)/\(name)"), name: name)
  }
}
