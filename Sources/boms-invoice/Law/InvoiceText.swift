import Shared

/// What one carrier says of one invoice, value by value as it stands there: trimmed, nil where there
/// is nothing, and nothing judged. Readers make it, `Invoice` is made from it.
struct InvoiceText: Sendable {
  var carrier: Carrier
  var dialect: Dialect
  /// 发票号码: of the supervision block where there is one, else of the header.
  var number: String?
  /// The number in the header (`EIid`), to be held against the other.
  var headerNumber: String?
  /// 发票代码, of invoices from before 数电票.
  var code: String?
  /// `Y` blue, `N` red, where the carrier says it.
  var issueType: String?
  /// `GeneralOrSpecialVAT`: `01` special, `02` ordinary; or what else the carrier calls the kind.
  var kindCode: String?
  var kindName: String?
  /// 1 一般纳税人, 2 小规模 …
  var taxpayerType: String?
  /// 开票日期 as written (`RequestTime`, `IssueDate`).
  var requestedAt: String?
  /// When the bureau made it (`IssueTime`).
  var issuedAt: String?
  var seller = PartyText()
  var buyer = PartyText()
  /// 合计金额, without tax.
  var net: String?
  /// 合计税额.
  var tax: String?
  /// 价税合计.
  var gross: String?
  /// 价税合计（大写）.
  var capitals: String?
  var drawer: String?
  var remark: String?
  /// Of a red invoice: the number of the blue one, and the number of the confirmation.
  var blueNumber: String?
  var confirmationNumber: String?
  var version: String?
  var bureauCode: String?
  var bureauName: String?
  var lines: [LineText] = []
  /// The name of the element under 特定业务 (`Toll`, `RedEInvoice`), or its Chinese name.
  var specific: [String] = []
  /// Everything else that the carrier says: 特定业务, 附加要素, labels, what is unknown.
  var extras: [Extra] = []
  /// Whether there is a signature that nobody here can verify.
  var isSigned = false
  var signature: SignatureText?

  init(carrier: Carrier, dialect: Dialect) {
    self.carrier = carrier
    self.dialect = dialect
  }

  struct PartyText: Sendable {
    var taxNumber: String?
    var name: String?
    var address: String?
    var phone: String?
    var bank: String?
    var account: String?
  }

  struct LineText: Sendable {
    var itemName: String?
    var spec: String?
    var unit: String?
    var quantity: String?
    var price: String?
    var net: String?
    /// `0.09`, `9%`, `免税`, `不征税`, `***` …
    var rate: String?
    var tax: String?
    var gross: String?
    var taxCode: String?
  }

  struct Extra: Sendable {
    /// `SpecificInformation/Toll/PlateNumber`.
    var path: String
    var text: String
  }

  struct SignatureText: Sendable {
    var algorithm: String?
    var format: String?
    var time: String?
  }
}

/// Which form the values have.
enum Dialect: String, Sendable {
  /// 数电票 XML, root `EInvoice`.
  case einvoice
  /// The XML of 2019 that OFD invoices carry as attachment, root `eInvoice`.
  case einvoice2019
  /// Texts of an OFD: `CustomDatas` and `CustomTag`.
  case ofd
  /// 会计数据标准: instances `einv`, `rai`, `atr`.
  case xbrl
  /// A file name and nothing else.
  case name
}
