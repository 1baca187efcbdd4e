import Shared

/// Values of an invoice from their texts, exact.
enum InvoiceValue {
  /// Whether a text says nothing: none, `***` (the tax of an exempt line), a dash, `¥` alone; `免税` in
  /// the place of an amount.
  static func isNothing(_ text: String?) -> Bool {
    guard let text, text != "免税", text != "不征税" else { return true }
    return text.unicodeScalars.allSatisfy { scalar in
      switch scalar {
      case "*", "＊", "-", "－", "—", "/", "¥", "￥", "%", "％": true
      default: scalar.properties.isWhitespace
      }
    }
  }

  /// An amount of the ticket: two places and no more.
  static func money(_ text: String?) -> Money? {
    scaled(text, places: 2).map { Money(fen: $0) }
  }

  /// An amount of a line: two places, or more, rounded half up.
  static func roundedMoney(_ text: String?) -> Money? {
    if let money = money(text) { return money }
    return fixed(text)?.money
  }

  /// Up to six places.
  static func fixed(_ text: String?) -> Fixed? {
    scaled(text, places: Fixed.places).map { Fixed(millionths: $0) }
  }

  private static func scaled(_ text: String?, places: Int) -> Int64? {
    guard var text else { return nil }
    return text.withUTF8 { bytes in
      if let value = NumberText.plain(bytes, places: places) { return value }
      guard let scaled = try? NumberText.scaled(bytes, places: places, takesCurrency: true),
        scaled.suffix == .none
      else { return nil }
      return scaled.value
    }
  }

  /// The day of `2026-03-18`, `2026-03-18 16:05:42`, `2026-03-18T16:05:42`, `20260318160542`,
  /// `2026/3/18`, `2026年03月18日`.
  static func day(_ text: String?) -> CivilDate? {
    guard var text else { return nil }
    return text.withUTF8 { bytes in
      // The time of day is nobody's here.
      let isTime = { (byte: UInt8) in byte == 0x20 || byte == 0x54 }
      if bytes.count == 10 || bytes.count > 10 && isTime(bytes[10]) {
        if let day = day(UnsafeBufferPointer(rebasing: bytes[..<10])) { return day }
      }
      let digits = bytes.prefix { (0x30...0x39).contains($0) }.count
      if digits >= 8 {
        return digits == 8 || digits >= 12
          ? day(UnsafeBufferPointer(rebasing: bytes[..<8])) : nil
      }
      var date = String(decoding: bytes, as: UTF8.self)
      if let end = date.firstIndex(where: { $0 == "日" || $0 == "号" }) {
        date = date[...end].filter { !$0.isWhitespace }
      } else if let end = date.firstIndex(where: { $0 == " " || $0 == "T" }) {
        date = String(date[..<end])
      }
      return date.withUTF8(day)
    }
  }

  private static func day(_ bytes: UnsafeBufferPointer<UInt8>) -> CivilDate? {
    try? DateText.day(bytes)
  }
}

extension Fixed {
  /// Read as yuan, rounded half up to the fen.
  var money: Money? {
    try? asMoney()
  }
}

extension LineRate {
  /// `0.06`, `0.060000`, `6%`, `６％`, `免税`, `不征税`, `***`; nil if it is none. A rate of one or
  /// more without a sign is in percent. What a red line says below zero is the rate all the same.
  init?(_ text: String) {
    var text = text
    if let rate = text.withUTF8({ NumberText.plain($0, places: Fixed.places) }) {
      self.init(millionths: rate)
      return
    }
    if let words = LineRate.words[text] {
      self = words
      return
    }
    if InvoiceValue.isNothing(text) {
      self = .masked
      return
    }
    // Four places of a percent are six of a share.
    let rate = text.withUTF8 { bytes -> Int64? in
      if let percent = try? NumberText.scaled(bytes, places: 4, takesCurrency: false),
        percent.suffix == .percent
      {
        return percent.value
      }
      let share = try? NumberText.scaled(bytes, places: 6, takesCurrency: false)
      return share?.suffix == NumberText.Suffix.none ? share?.value : nil
    }
    guard let rate else { return nil }
    self.init(millionths: rate)
  }

  private static let words: [String: LineRate] = [
    "免税": .exempt, "免征增值税": .exempt, "不征税": .nontaxable, "不征增值税": .nontaxable,
    "零税率": .zero, "出口零税率": .zero,
  ]

  private init(millionths: Int64) {
    let share = abs(millionths) >= Fixed.one ? millionths / 100 : millionths
    self = share == 0 ? .zero : .taxed(Fixed(millionths: abs(share)))
  }
}
