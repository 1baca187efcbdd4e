import Shared

/// A record of a register from values as a user writes them (numbers plain, flags as yes and no);
/// what is not given has its default.
func row(_ register: Register, _ values: [String: String]) -> Record {
  for name in values.keys { precondition(register.index(of: name) != nil, name) }
  let record = Record(register)
  for (index, field) in register.fields.enumerated() {
    guard let text = values[field.name] ?? field.defaultText, !text.isEmpty else {
      record.setEmpty(index)
      continue
    }
    if let number = stored(text, field.kind) {
      record.set(index, number: number)
    } else if let date = CivilDate(iso: text), case .date = field.kind {
      record.set(index, date: date)
    } else {
      record.set(index, text: text)
    }
  }
  return record
}

/// The stored integer of a value as a user writes it; nil for what is stored as text.
func stored(_ text: String, _ kind: FieldKind) -> Int64? {
  switch kind {
  case .money: scaled(text, places: 2)
  case .decimal, .percent, .rate, .permille: scaled(text, places: 6)
  case .integer: scaled(text, places: 0)
  case .flag: text == "yes" ? 1 : 0
  case .code, .text, .date, .month, .choice, .codes: nil
  }
}

private func scaled(_ text: String, places: Int) -> Int64? {
  let parts = text.split(separator: ".", maxSplits: 1)
  let fraction = parts.count > 1 ? String(parts[1]) : ""
  guard fraction.count <= places else { return nil }
  return Int64(
    String(parts[0]) + fraction + String(repeating: "0", count: places - fraction.count))
}
