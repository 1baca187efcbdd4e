extension Catalogue {
  /// 提醒规则: when, by which channel and to whom a kind of reminder goes.
  package static let reminderRule = Register(
    "reminder_rule", "提醒规则",
    Phrase(
      "when, by which channel and to whom a kind of reminder goes", "各类提醒的时间、渠道和接收人"),
    group: ["property_no"],
    fields: [
      .choice("kind", "提醒类型", Choice.reminderKinds).key.eg("overdue"),
      .code("property_no", "项目编号").key.or("*").eg("XH01")
        .note("'*': every property without a rule of its own", "“*”：没有单独规则的所有项目"),
      .codes("days", "天数").eg("1;7;15")
        .note(
          "relative to the due day, below zero before it; empty: the default",
          "相对到期日的天数，负数为到期前；留空：按默认"),
      .choice("channel", "渠道", Choice.reminderChannels).eg("mail")
        .note("empty: mail", "留空：邮件"),
      .text("recipient", "接收人").sensitive.eg("tenant;owner")
        .note(
          "tenant, owner, addresses, or none: no reminder; empty: the default",
          "tenant（租户）、owner（责任人）或地址；none 表示不提醒；留空：按默认"),
    ],
    references: [Reference("property_no", "property", isForeignKey: false)],
    rules: [days, recipient, noTenant])

  private static let days = RowRule(
    "reminder_rule.days",
    Phrase("days are whole days, below zero before the due day", "天数为整数，负数表示到期前")
  ) { record in
    guard let text = record.text("days"), ReminderDays(text) == nil else { return nil }
    return Violation(
      "days", Phrase("days '\(text)' are not days", "天数“\(text)”不是天数"),
      hint: Phrase("such as '-30;-7;0;1;7;15'", "如“-30;-7;0;1;7;15”"))
  }

  private static let recipient = RowRule(
    "reminder_rule.recipient",
    Phrase(
      "a recipient is tenant, owner, none alone, or an address of the channel",
      "接收人为 tenant、owner、单独的 none，或该渠道的地址")
  ) { record in
    guard let text = record.text("recipient") else { return nil }
    let channel = record.text("channel") ?? "mail"
    let recipients = ReminderAddress.list(text)
    if recipients == ["none"] { return nil }
    let isKnown = recipients.allSatisfy {
      $0 == "tenant" || $0 == "owner" || ReminderAddress.isOne($0, of: channel)
    }
    if isKnown { return nil }
    return Violation(
      "recipient",
      Phrase(
        "a recipient is neither tenant nor owner nor an address for \(channel)",
        "接收人不是 tenant、owner，也不是 \(channel) 的地址"),
      hint: Phrase(
        "mail: a@example.com; sms: 13800000000; webhook: https://…; none stands alone",
        "mail 填邮箱，sms 填手机号，webhook 填 https://…；none 须单独填写"))
  }

  private static let noTenant = RowRule(
    "reminder_rule.no-tenant",
    Phrase(
      "what concerns no tenant is not sent to one", "与租户无关的提醒不发给租户")
  ) { record in
    guard let kind = record.text("kind"), Choice.kindsWithoutTenant.contains(kind),
      record.text("recipient").map(ReminderAddress.list)?.contains("tenant") == true
    else { return nil }
    return Violation(
      "recipient",
      Phrase("a reminder of kind '\(kind)' concerns no tenant", "“\(kind)”类提醒与租户无关"),
      hint: Phrase("write owner, or an address", "请填写 owner 或地址"))
  }
}

/// Where a message can go.
package enum ReminderAddress {
  /// The recipients of a cell, separated by `;`.
  package static func list(_ text: String) -> [String] {
    text.split(whereSeparator: { ";；、，,".contains($0) }).map {
      String($0.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }.filter { !$0.isEmpty }
  }

  package static func isOne(_ text: String, of channel: String) -> Bool {
    if text.contains(where: \.isWhitespace) || text.hasPrefix("-") { return false }
    switch channel {
    case "sms":
      let digits = text.hasPrefix("+") ? text.dropFirst() : text[...]
      return digits.count >= 5 && digits.allSatisfy { $0.isASCII && $0.isNumber }
    case "webhook": return text.hasPrefix("https://") || text.hasPrefix("http://")
    default:
      let parts = text.split(separator: "@", omittingEmptySubsequences: false)
      return parts.count == 2 && parts.allSatisfy { !$0.isEmpty }
    }
  }
}

extension Choice {
  package static let reminderKinds = [
    Choice("contract_expiry", "合同到期"), Choice("rent_due", "缴费提醒"),
    Choice("overdue", "逾期催缴"), Choice("deposit_refund_due", "押金待退"),
    Choice("obligation", "证照到期"), Choice("reading_missing", "缺抄表"),
    Choice("turnover_missing", "缺营业额"), Choice("invoice_unverified", "发票未查验"),
    Choice("invoice_undeducted", "发票未勾选"), Choice("red_request_pending", "红字待确认"),
    Choice("asset_fully_depreciated", "资产提足折旧"),
  ]
  package static let reminderChannels = [
    Choice("mail", "邮件"), Choice("sms", "短信"), Choice("webhook", "群机器人"),
  ]
  static let kindsWithoutTenant: Set = [
    "obligation", "invoice_unverified", "invoice_undeducted", "red_request_pending",
    "asset_fully_depreciated",
  ]
}
