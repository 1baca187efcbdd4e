import Shared

// How the tax bureau, its platform and vendors write the words that events keep. Nil: a word that no
// list was seen with. What says no is looked for first: 不一致 holds 一致, 非正常 holds 正常.

extension BureauStatus {
  /// 发票状态, in words or as code (0 正常, 2 作废, 3 and 8 全额, 7 部分).
  init?(written text: String) {
    switch text {
    case "0", "00": self = .normal
    case "2", "02": self = .void
    case "3", "03", "8", "08": self = .reversedFull
    case "7", "07": self = .reversedPart
    default:
      guard !text.contains("非正常"), !text.contains("异常") else { return nil }
      let words: [(String, BureauStatus)] = [
        ("部分", .reversedPart), ("红冲", .reversedFull), ("冲红", .reversedFull),
        ("作废", .void), ("正常", .normal),
      ]
      guard let found = words.first(where: { text.contains($0.0) }) else { return nil }
      self = found.1
    }
  }
}

extension InvoiceRisk: Comparable {
  /// 发票风险等级 and 风险状态. 失控 and 异常 under 发票状态 are risks as well.
  init?(written text: String) {
    let words: [(String, InvoiceRisk)] = [
      ("异常", .abnormal), ("失控", .abnormal), ("非正常", .abnormal), ("疑点", .doubtful),
      ("正常", .normal), ("无风险", .normal), ("低风险", .normal), ("风险", .doubtful),
    ]
    switch text {
    case "01": self = .normal
    case "02": self = .abnormal
    case "03": self = .doubtful
    default:
      guard let found = words.first(where: { text.contains($0.0) }) else { return nil }
      self = found.1
    }
  }

  package static func < (a: InvoiceRisk, b: InvoiceRisk) -> Bool { a.rank < b.rank }

  private var rank: Int {
    switch self {
    case .normal: 0
    case .doubtful: 1
    case .abnormal: 2
    }
  }
}

extension RedLock {
  /// 红字锁定标志.
  init?(written text: String) {
    switch text.uppercased() {
    case "N", "0", "否": self = .unlocked
    case "Y", "1", "是": self = .locked
    default:
      guard text.contains("锁") else { return nil }
      self = ["未锁", "解锁", "无锁"].contains(where: text.contains) ? .unlocked : .locked
    }
  }
}

extension Verification {
  /// 查验结果: the code with or without its zero, alone or before a sentence, or the sentence.
  init?(written text: String) {
    let digits = String(text.prefix { $0.isASCII && $0.isNumber })
    if let code = Verification(rawValue: digits.count == 1 ? "0" + digits : digits) {
      self = code
      return
    }
    let words: [(String, Verification)] = [
      ("不一致", .differs), ("不符", .differs), ("不相符", .differs), ("有误", .differs),
      ("查无", .notFound), ("不存在", .notFound), ("未查到", .notFound),
      ("非本单位", .notOurs), ("非本企业", .notOurs), ("无权", .notOurs),
      ("失败", .failed), ("超时", .failed), ("异常", .failed), ("超过", .failed), ("未成功", .failed),
      ("一致", .genuine), ("相符", .genuine), ("成功", .genuine), ("通过", .genuine),
    ]
    guard let found = words.first(where: { text.contains($0.0) }) else { return nil }
    self = found.1
  }
}
