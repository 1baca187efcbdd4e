import Shared
import TestSupport
import Testing

@testable import boms_invoice

/// What the platform asks for differs by kind.
struct VerificationRequestTests {
  static let cases: [(String, InvoiceKind?, String)] = [
    ("26332000000000000001", .special, "81 20260506 gross 113.00"),
    ("26332000000000000001", .ordinary, "82 20260506 gross 113.00"),
    ("26332000000000000001", nil, "82 20260506 gross 113.00"),
    ("26332000000000000001", .rail, "51 20260506 gross 113.00"),
    ("26332000000000000001", .air, "61 20260506 gross 113.00"),
    ("26332000000000000001", .vehicle, "87 20260506 gross 113.00"),
    ("26332000000000000001", .usedVehicle, "88 20260506 gross 113.00"),
    ("3300191130-12345678", .special, "01 20260506 net 100.00"),
    ("033001900113-12345678", .special, "08 20260506 net 100.00"),
    ("133001900113-12345678", .vehicle, "03 20260506 net 100.00"),
    ("3300191130-12345678", .ordinary, "04 20260506 check 345678"),
    ("033001900111-12345678", .ordinary, "10 20260506 check 345678"),
    ("033001900107-12345678", .ordinary, "11 20260506 check 345678"),
    ("033001900112-12345678", .ordinary, "14 20260506 check 345678"),
    ("033001900113-12345678", .ordinary, "08 20260506 net 100.00"),
  ]

  @Test(arguments: cases)
  func thePlatformIsAskedByKind(_ number: String, _ kind: InvoiceKind?, _ expected: String) throws {
    let request = VerificationRequest(
      try #require(InvoiceNumber(written: number)), kind, issuedOn: "2026-05-06", net: "100.00",
      gross: "113.00", checkCode: "12345 67890 12345 678")
    let values = [
      request.gross.map { "gross \($0)" }, request.net.map { "net \($0)" },
      request.checkCode.map { "check \($0)" },
    ].compactMap(\.self)
    #expect("\(request.kindCode) \(request.issuedOn) " + values.joined(separator: " ") == expected)
    #expect((request.code == nil) == (number.count == 20))
  }
}
