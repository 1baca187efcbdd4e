/// What a command is about to do to the books.
package enum Use: Sendable {
  /// Looks, through the lens of the user's properties; what is sensitive is masked.
  case reading
  /// Looks at the books as a whole, of which a part would mean nothing; shows nothing sensitive.
  case inspecting
  /// As `reading`, with what is sensitive: needs the action `reveal` too, and is recorded.
  case revealing
  /// Writes to those whom it concerns, letters or a bureau's workbook: what is sensitive is in it by
  /// its purpose. It is recorded.
  case sending
  /// Changes the books as a whole.
  case writing
  /// Changes rows of registers. Each is looked at before it is kept: whether it is the user's.
  case importing

  /// Whether it cannot be done for a part of the books.
  var isWhole: Bool { self == .writing || self == .inspecting }

  /// What the audit says before something sensitive is looked at; nil: nothing is.
  var outcomeOfLooking: AuditEntry.Outcome? {
    switch self {
    case .revealing: .revealed
    case .sending: .sent
    case .reading, .inspecting, .writing, .importing: nil
    }
  }
}

/// What somebody tries.
package struct Attempt: Sendable {
  package var tool: String
  package var command: String
  package var use: Use
  /// The registers or views that are asked for, where permissions tell them apart; nil where the
  /// input will say which they are: then it takes leave for any one of them.
  package var registers: [String]?

  package init(_ tool: String, _ command: String, _ use: Use, of registers: [String]? = []) {
    self.tool = tool
    self.command = command
    self.use = use
    self.registers = registers
  }

  /// As it is typed.
  var name: String {
    // A tool without commands is named after its only one.
    tool == "boms-\(command)" || command.isEmpty ? tool : "\(tool) \(command)"
  }
}
