extension Catalogue {
  /// 联系人: those of the operator who answer for something, and where their reminders go.
  package static let contact = Register(
    "contact", "联系人",
    Phrase(
      "who of the operator answers for something, and where reminders reach them",
      "运营方的责任人及其接收提醒的地址"),
    fields: [
      .code("owner", "责任人").key.eg("周经理"),
      .codes("property_no", "负责项目").eg("XH01")
        .note(
          "whose reminders without an owner of their own go here; '*': of all others, and of none",
          "未指定责任人的提醒发给负责该项目的人；“*”：没有联系人的其他项目，以及不属于项目的事项"),
      .text("email", "邮箱").sensitive.eg("zhou@example.com"),
      .text("phone", "手机").sensitive.eg("13800000000"),
      .text("webhook", "群机器人").sensitive.eg("https://example.com/robot?key=1")
        .note("address of a robot in a group chat", "群机器人的 Webhook 地址"),
    ],
    references: [Reference("property_no", "property", isForeignKey: false)],
    rules: [.email("contact.email", Named("email", "邮箱"))])
}
