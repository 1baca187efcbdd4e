import Shared

/// What the tax platform wants to know of an invoice before it says whether there is such a one.
struct VerificationRequest: Equatable, Sendable {
  /// 发票类型代码.
  var kindCode: String
  var code: String?
  var number: String
  /// `YYYYMMDD`.
  var issuedOn: String
  /// One of the three: 价税合计 of 数电票; of old ones 金额 without tax, or the last six digits of the
  /// check code.
  var gross: Money?
  var net: Money?
  var checkCode: String?

  /// - Parameter checkCode: 校验码, where the carrier has one.
  init(
    _ number: InvoiceNumber, _ kind: InvoiceKind?, issuedOn: CivilDate, net: Money, gross: Money,
    checkCode: String?
  ) {
    let parts = number.text.split(separator: "-")
    self.number = String(parts[parts.count - 1])
    code = parts.count > 1 ? String(parts[0]) : nil
    self.issuedOn = issuedOn.description.filter { $0 != "-" }
    kindCode = VerificationRequest.kindCode(code, kind)
    if code == nil {
      self.gross = gross
    } else if VerificationRequest.wantsCheckCode.contains(kindCode) {
      self.checkCode = checkCode.map { String($0.filter { !$0.isWhitespace }.suffix(6)) }
    } else {
      self.net = net
    }
  }

  /// 普通发票 of paper (04), rolls (11), electronic (10), road tolls (14).
  private static let wantsCheckCode: Set = ["04", "10", "11", "14"]

  /// 发票类型代码. The last two digits of a code of twelve say the kind of an old one.
  private static func kindCode(_ code: String?, _ kind: InvoiceKind?) -> String {
    guard let code else {
      switch kind {
      case .special: return "81"
      case .rail: return "51"
      case .air: return "61"
      case .vehicle: return "87"
      case .usedVehicle: return "88"
      case .ordinary, nil: return "82"
      }
    }
    switch kind {
    case .vehicle: return "03"
    case .usedVehicle: return "15"
    case .special: return code.count == 12 ? "08" : "01"
    default: break
    }
    guard code.count == 12 else { return "04" }
    switch code.suffix(2) {
    case "06", "07": return "11"
    case "11": return "10"
    case "12": return "14"
    case "13": return "08"
    case "04", "05": return "04"
    default: return "10"
    }
  }
}
