import Shared

extension Invoice {
  /// Red is a property of the whole ticket, never of a line: what the carrier says of it; else a block
  /// that names the blue one, or a total below zero. A remark alone makes nothing red that is above.
  static func isRed(_ text: borrowing InvoiceText, _ sums: Sums?) -> Bool {
    switch text.issueType {
    case "N", "n", "否", "红字", "红字发票", "1": return true
    case "Y", "y", "是", "蓝字", "蓝字发票", "0": return false
    default: break
    }
    if text.specific.contains("RedEInvoice") { return true }
    guard let gross = sums?.gross, gross != .zero else { return text.blueNumber != nil }
    return gross < .zero
  }
}

extension Invoice.Sums {
  /// The three sums, all of them or none. A tax that is not said (`***`, or left out of a ticket
  /// that is exempt) is none where net and gross agree. Where the figures of 价税合计 are lost, as in
  /// many OFD files, its capitals say it.
  init?(_ text: borrowing InvoiceText) {
    let gross =
      InvoiceValue.isNothing(text.gross)
      ? text.capitals.flatMap(Money.init(capitals:)) : InvoiceValue.money(text.gross)
    guard let net = InvoiceValue.money(text.net), let gross else { return nil }
    if let tax = InvoiceValue.money(text.tax) {
      self.init(net: net, tax: tax, gross: gross)
    } else if InvoiceValue.isNothing(text.tax), net == gross {
      self.init(net: net, tax: .zero, gross: gross)
    } else {
      return nil
    }
  }
}

extension InvoiceKind {
  /// By its name, else by its code: `GeneralOrSpecialVAT` (01, 02), the codes of 查验 and 勾选 (81 …),
  /// those of the old invoices (04 …). Source of the codes: invoice lists of the tax bureau.
  init?(_ text: borrowing InvoiceText) {
    if let name = text.kindName, let kind = InvoiceKind(name: name) {
      self = kind
      return
    }
    switch text.kindCode {
    case "01", "81", "85", "08": self = .special
    case "02", "82", "86", "04", "10", "11", "14": self = .ordinary
    case "51": self = .rail
    case "61": self = .air
    case "83", "87", "03": self = .vehicle
    case "84", "88", "15": self = .usedVehicle
    case .some(let name):
      guard let kind = InvoiceKind(name: name) else { return nil }
      self = kind
    case nil:
      // The last two digits of an old code of twelve: electronic special, electronic ordinary, toll.
      guard let code = text.code, code.utf8.count == 12 else { return nil }
      switch code.suffix(2) {
      case "13": self = .special
      case "11", "12": self = .ordinary
      default: return nil
      }
    }
  }

  private init?(name: String) {
    if name.holds("铁路") {
      self = .rail
    } else if name.holds("航空") || name.holds("行程单") {
      self = .air
    } else if name.holds("二手车") {
      self = .usedVehicle
    } else if name.holds("机动车") {
      self = .vehicle
    } else if name.holds("专用") {
      self = .special
    } else if name.holds("普通") {
      self = .ordinary
    } else {
      return nil
    }
  }
}

extension BusinessType {
  /// The names of the elements under `SpecificInformation`, the Chinese names of 特定业务类型, and its
  /// codes. What is none of ours but says something is `other`.
  init?(_ names: [String]) {
    var found: BusinessType?
    for name in names where name != "RedEInvoice" {
      found = BusinessType(name: name)
      if found != .other { break }
    }
    guard let found else { return nil }
    self = found
  }

  private init(name: String) {
    func has(_ part: StaticString) -> Bool { name.holds(part) }
    switch name {
    case "03": self = .construction
    case "04": self = .freight
    case "05": self = .propertySale
    case "06": self = .lease
    case "08": self = .toll
    case "09": self = .passenger
    case "14": self = .vehicle
    case _ where has("经营租赁") || has("Leas") || has("Rent"): self = .lease
    case _ where has("通行费") || name.hasPrefix("Toll"): self = .toll
    case _ where has("旅客") || has("Passenger"): self = .passenger
    case _ where has("建筑") || has("Construction"): self = .construction
    case _ where has("货物运输") || has("Freight") || has("Cargo") || has("OfGoods"):
      self = .freight
    case _ where has("不动产销售") || has("RealEstate") || has("RealProperty"):
      self = .propertySale
    case _ where has("机动车") || name.hasPrefix("Vehicle") || has("MotorVehicle"):
      self = .vehicle
    default: self = .other
    }
  }
}
