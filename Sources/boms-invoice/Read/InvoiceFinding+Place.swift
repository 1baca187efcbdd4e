import Shared

extension InvoiceFinding {
  /// As findings are told: in which file.
  func finding(in file: String) -> Finding {
    Finding(
      level, rule: rule, file: file, line: place ?? 0, field: field, value: value,
      message: message, hint: hint)
  }
}
