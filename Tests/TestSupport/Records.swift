import Foundation

/// Rows of CSV that a program wrote, each by heading.
package func records(_ csv: String) -> [[String: String]] {
  var rows: [[String]] = []
  var row: [String] = []
  var cell: [UInt8] = []
  var isQuoted = false
  let bytes = Array(csv.utf8)
  var index = 0
  func endCell() {
    row.append(String(decoding: cell, as: UTF8.self))
    cell.removeAll(keepingCapacity: true)
  }
  while index < bytes.count {
    let byte = bytes[index]
    if isQuoted {
      if byte != 0x22 {
        cell.append(byte)
      } else if index + 1 < bytes.count, bytes[index + 1] == 0x22 {
        cell.append(byte)
        index += 1
      } else {
        isQuoted = false
      }
    } else {
      switch byte {
      case 0x22: isQuoted = true
      case 0x2C: endCell()
      case 0x0A:
        endCell()
        rows.append(row)
        row = []
      case 0x0D: break
      default: cell.append(byte)
      }
    }
    index += 1
  }
  guard let headings = rows.first else { return [] }
  return rows.dropFirst().map {
    Dictionary(zip(headings, $0), uniquingKeysWith: { first, _ in first })
  }
}

/// The objects of JSON Lines.
package func objects(_ lines: String) throws -> [[String: Any]] {
  try lines.split(separator: "\n").compactMap {
    try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]
  }
}

/// Fen of `-1234.50`.
package func fen(_ text: String) -> Int64 {
  Int64(text.replacingOccurrences(of: ".", with: "")) ?? .min
}
