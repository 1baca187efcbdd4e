// What others say of an invoice, as codes of events. Each has its Chinese word for outputs.

/// 查验结果: the tax platform's answer.
package enum Verification: String, Sendable, CaseIterable {
  case genuine = "00"
  case failed = "01"
  case notFound = "02"
  case differs = "03"
  case notOurs = "04"

  package var zh: String {
    switch self {
    case .genuine: "查验成功"
    case .failed: "查验失败"
    case .notFound: "查无此票"
    case .differs: "查验不一致"
    case .notOurs: "非本单位发票"
    }
  }
}

/// 发票状态, as the tax bureau says it.
package enum BureauStatus: String, Sendable, CaseIterable {
  case normal, void
  case reversedFull = "reversed_full"
  case reversedPart = "reversed_part"

  package var zh: String {
    switch self {
    case .normal: "正常"
    case .void: "已作废"
    case .reversedFull: "已红冲-全额"
    case .reversedPart: "已红冲-部分"
    }
  }
}

/// 发票风险等级.
package enum InvoiceRisk: String, Sendable, CaseIterable {
  case normal, doubtful, abnormal

  package var zh: String {
    switch self {
    case .normal: "正常"
    case .doubtful: "疑点发票"
    case .abnormal: "异常凭证"
    }
  }
}

/// 红字锁定标志.
package enum RedLock: String, Sendable, CaseIterable {
  case locked, unlocked

  package var zh: String { self == .locked ? "已锁定" : "未锁定" }
}

/// 用途: what the thing that was bought is used for decides whether its tax may be deducted.
package enum InvoiceUsage: String, Sendable, CaseIterable {
  case taxable, welfare, personal, exempt, simplified, none

  package var zh: String {
    switch self {
    case .taxable: "应税项目"
    case .welfare: "集体福利"
    case .personal: "个人消费"
    case .exempt: "免税项目"
    case .simplified: "简易计税"
    case .none: "未指定"
    }
  }
}

/// 红冲 of a blue invoice.
package enum Reversal: String, Sendable, CaseIterable {
  case none, part, full

  package var zh: String {
    switch self {
    case .none: "未红冲"
    case .part: "部分红冲"
    case .full: "全额红冲"
    }
  }
}

extension InvoiceEvent.Kind {
  package var zh: String {
    switch self {
    case .received: "收到"
    case .completed: "补全"
    case .carrierSeen: "收到其他载体"
    case .duplicateSeen: "收到重复文件"
    case .conflict: "冲突"
    case .resolved: "冲突已处理"
    case .verified: "查验"
    case .status: "发票状态"
    case .risk: "风险等级"
    case .locked: "红字锁定"
    case .used: "用途"
    case .selected: "勾选"
    case .deselected: "撤销勾选"
    case .deducted: "抵扣"
    case .undeducted: "撤销抵扣"
    case .transferredOut: "进项转出"
    case .posted: "入账"
    case .unposted: "撤销入账"
    case .matched: "关联"
    case .unmatched: "取消关联"
    }
  }
}
