extension Catalogue {
  /// 证照与到期事项: what has to be renewed, paid or inspected by a day.
  package static let obligation = Register(
    "obligation", "证照与到期事项",
    Phrase(
      "what has to be renewed, paid or inspected by a day", "须在某日前续办、缴纳或检验的事项"),
    fields: [
      .code("obligation_no", "编号").key.eg("ZZ-002"),
      .choice("kind", "类别", Choice.obligationKinds).eg("insurance"),
      .text("subject", "事项").required.eg("公众责任险"),
      .code("property_no", "项目编号").eg("XH01"),
      .text("owner", "责任人").sensitive.eg("周经理")
        .note("a contact's name, or an address", "联系人登记表中的姓名，或直接填写地址"),
      .date("due_on", "到期日").required.eg("2026-11-30")
        .note(
          "a later day arms its reminders anew; see 'boms-remind done'",
          "改为新的到期日后重新提醒；办结见 boms-remind done"),
      .codes("remind_days", "提前天数").eg("60;30;7")
        .note("days before; empty: those of the rule", "到期前天数；留空：按提醒规则"),
    ],
    references: [Reference("property_no", "property")],
    rules: [
      RowRule(
        "obligation.remind-days",
        Phrase("remind_days are whole days before due_on", "提前天数为到期日之前的整天数")
      ) { record in
        guard let text = record.text("remind_days"), ReminderDays(before: text) == nil else {
          return nil
        }
        return Violation(
          "remind_days",
          Phrase(
            "remind_days '\(text)' are not days before", "提前天数“\(text)”不是到期前的天数"),
          hint: Phrase("such as '90;60;30'", "如“90;60;30”"))
      }
    ])
}

extension Choice {
  package static let obligationKinds = [
    Choice("certificate", "证照"), Choice("insurance", "保险"), Choice("licence", "许可"),
    Choice("inspection", "年检"), Choice("other", "其他"),
  ]
}
