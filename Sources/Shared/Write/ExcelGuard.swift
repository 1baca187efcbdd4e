/// Excel reads a CSV cell of digits as a number: leading zeros go, and so do all digits behind the
/// fifteenth. `="26332000000000000101"` it reads as a formula that gives the text.
enum ExcelGuard {
  /// Whether a code would not come out of Excel as it is: more than eleven digits (shown as
  /// `2.6332E+19`), a leading zero, or digits around an E.
  static func takesForNumber(_ code: UnsafeBufferPointer<UInt8>) -> Bool {
    var digits = 0
    var exponents = 0
    for byte in code {
      switch byte {
      case 0x30...0x39: digits += 1
      case 0x45, 0x65: exponents += 1
      default: return false
      }
    }
    guard let first = code.first, let last = code.last, digits > 0 else { return false }
    if exponents > 0 {
      return exponents == 1 && (0x30...0x39).contains(first) && (0x30...0x39).contains(last)
    }
    return digits > 11 || digits > 1 && first == 0x30
  }
}
