import Shared

/// The messages that wait to go out by a channel: of each reminder one, or of each recipient.
struct Outbox {
  struct Waiting {
    var reminder: RecordedReminder
    var matter: Matter
    var tries: OutboxStore.Tries
  }

  /// What goes out as one message.
  struct Parcel {
    var address: String
    var recipientName: String
    var channel: ReminderChannel
    var isTenant: Bool
    var waiting: [Waiting]

    var ids: [Int64] { waiting.map(\.reminder.id) }
  }

  /// In the order of the reminders.
  private(set) var parcels: [Parcel] = []
  /// Nowhere to send them.
  private(set) var withoutAddress: [Int64] = []
  /// Failed, and it is not yet time.
  private(set) var later = 0
  private(set) var givenUp = 0

  /// How to look at what waits.
  struct Look {
    var channel: ReminderChannel?
    var kind: ReminderKind?
    var numbers: [Int64] = []
    /// Nil: now or not does not matter.
    var now: Instant?
    /// Also what was given up, and what is not yet to be tried again.
    var again = false
    var isDigest = false
    /// Addresses are masked: it is only looked at.
    var seesMasks = false
  }

  init(_ plan: ReminderSubtraction, _ look: Look, _ db: BooksConnection) throws {
    let addresses = try AddressStore(db, seesMasks: look.seesMasks)
    let store = try OutboxStore(db)
    var places: [ReminderRecipient: Int] = [:]
    for (reminder, wanted) in plan.pending.sorted(by: { $0.recorded.id < $1.recorded.id }) {
      if let channel = look.channel, reminder.thread.channel != channel { continue }
      if let kind = look.kind, reminder.thread.kind != kind { continue }
      if !look.numbers.isEmpty, !look.numbers.contains(reminder.id) { continue }
      let tries = try store.tries(of: reminder.id)
      if !look.again {
        if reminder.state == .givenUp {
          givenUp += 1
          continue
        }
        if let now = look.now, let next = tries.next, next > now {
          later += 1
          continue
        }
      }
      let (recipient, channel) = (reminder.thread.recipient, reminder.thread.channel)
      let (name, address) = try addresses.look(recipient, channel)
      guard let address else {
        withoutAddress.append(reminder.id)
        continue
      }
      let waiting = Waiting(reminder: reminder, matter: wanted.matter, tries: tries)
      if look.isDigest, let place = places[recipient], parcels[place].channel == channel,
        parcels[place].waiting.count < channel.digestSize
      {
        parcels[place].waiting.append(waiting)
      } else {
        places[recipient] = parcels.count
        parcels.append(
          Parcel(
            address: address, recipientName: name, channel: channel,
            isTenant: recipient.kind == .tenant, waiting: [waiting]))
      }
    }
  }
}

extension ReminderChannel {
  /// How many reminders a digest has at most: a group's robot takes some 2,000 bytes, a text message a
  /// few sentences.
  var digestSize: Int {
    switch self {
    case .mail: 100
    case .webhook: 8
    case .sms: 3
    }
  }
}

/// Puts parcels into words.
final class Packer {
  private let letters: Letters
  private let folder: TemplateFolder
  private var envelopes: [ReminderChannel: Envelope?] = [:]

  init(_ folder: TemplateFolder, _ language: Language, today: CivilDate) {
    self.folder = folder
    letters = Letters(folder, language, today: today)
  }

  /// Reads all templates.
  func check() throws {
    try letters.check()
    for channel in ReminderChannel.allCases { _ = try envelope(channel) }
  }

  /// - Parameter isBare: without the form of the channel.
  func message(_ parcel: Outbox.Parcel, isBare: Bool = false) throws -> OutgoingMessage {
    let matters = parcel.waiting.map(\.matter)
    let letter =
      matters.count == 1
      ? try letters.letter(matters[0], to: parcel.recipientName, isTenant: parcel.isTenant)
      : try letters.digest(matters, to: parcel.recipientName, isTenant: parcel.isTenant)
    return OutgoingMessage(
      letter, number: Packer.number(parcel.waiting.map(\.reminder)), channel: parcel.channel,
      address: parcel.address, recipientName: parcel.recipientName,
      envelope: isBare ? nil : try envelope(parcel.channel))
  }

  private func envelope(_ channel: ReminderChannel) throws -> Envelope? {
    if let known = envelopes[channel] { return known }
    let envelope = try folder.envelope(channel, fields: TextFields.envelope.map(\.name))
    envelopes[channel] = .some(envelope)
    return envelope
  }

  /// The same for the same reminders, and another one in the books of another property: FNV-1a over
  /// what identifies them.
  static func number(_ reminders: [RecordedReminder]) -> String {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for reminder in reminders {
      let thread = reminder.thread
      let text = [
        "\(reminder.id)", thread.kind.rawValue, thread.subject, "\(thread.dueOn)",
        "\(reminder.level)", thread.recipient.kind.rawValue, thread.recipient.name,
        thread.channel.rawValue,
      ].joined(separator: "\n")
      for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    }
    return "boms.\(reminders.first?.id ?? 0).\(String(hash, radix: 16))"
  }
}
