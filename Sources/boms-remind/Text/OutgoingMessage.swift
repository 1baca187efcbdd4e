import Shared

/// A message as it is handed to the program that sends it.
struct OutgoingMessage {
  /// The same for the same reminders, so that a mail system can tell one that comes twice.
  var messageNo: String
  var channel: ReminderChannel
  var address: String
  var recipientName: String
  var letter: Letter
  /// The letter in the form of the channel, and its type.
  var payload: String
  var type: String

  init(
    _ letter: Letter, number messageNo: String, channel: ReminderChannel, address: String,
    recipientName: String, envelope: Envelope?
  ) {
    (self.messageNo, self.channel, self.address) = (messageNo, channel, address)
    (self.recipientName, self.letter) = (recipientName, letter)
    if let envelope {
      let values = [
        "to": address, "subject": letter.subject, "short": letter.short, "body": letter.body,
        "message_no": messageNo,
      ]
      payload = envelope.template.text(values, envelope.escape)
      type = envelope.type
    } else {
      payload = (channel == .mail ? letter.body : letter.short) + "\n"
      type = "text/plain; charset=utf-8"
    }
  }

  /// Lines of `Name: value`, an empty line, the payload. No value has a line break.
  func text(hidesAddress: Bool = false) -> String {
    let headings = [
      ("Message-No", messageNo), ("Channel", channel.rawValue),
      ("To", hidesAddress ? ReminderAddress.masked(address, channel) : address),
      ("To-Name", recipientName), ("Subject", letter.subject), ("Content-Type", type),
    ]
    return headings.map { "\($0.0): \(OutgoingMessage.line($0.1))\n" }.joined() + "\n" + payload
  }

  private static func line(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? " " : $0 }))
  }
}

extension ReminderAddress {
  /// As it may stand in a log.
  static func masked(_ address: String, _ channel: ReminderChannel) -> String {
    switch channel {
    case .mail: return Masking.email(address)
    case .sms: return Masking.phone(address)
    case .webhook:
      // The key of a robot stands in its path or query.
      let host = address.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false)
      let name = host.count > 2 ? host[2].prefix { !"/?#".contains($0) } : ""
      return "\(host.first ?? "")//\(name)/***"
    }
  }
}
