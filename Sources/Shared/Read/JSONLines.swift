import Glibc

/// One JSON object a line. A bad line is reported and left out, and the reading goes on.
package final class JSONLines {
  private let name: String
  private let report: (Finding) -> Void
  private let parser = JSONParser(takesArray: false)
  private var line = 0
  /// A line that began in an earlier piece.
  private var carry: [UInt8] = []
  private var isSkipping = false

  /// Calls `body` with each object and its line. The object is valid only during the call.
  /// - Parameter report: gets the findings of bad lines: `json.syntax`, `json.object`,
  ///   `json.duplicate-key`, `json.too-deep`, `json.too-large`, `read.encoding`.
  /// - Throws: `Failure` of the source, `BadInput` if it is not text at all, what `body` throws.
  package static func read(
    _ source: InputSource, report: @escaping (Finding) -> Void,
    _ body: (JSONNode, Int) throws -> Void
  ) throws {
    try JSONLines(source.name, report).run(source, body)
  }

  private init(_ name: String, _ report: @escaping (Finding) -> Void) {
    self.name = name
    self.report = report
  }

  private func run(_ source: InputSource, _ body: (JSONNode, Int) throws -> Void) throws {
    let reader = try source.open()
    let buffer = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: source.chunkSize)
    defer { buffer.deallocate() }
    while true {
      let count = try reader.read(into: UnsafeMutableRawBufferPointer(buffer))
      if count == 0 { break }
      try split(UnsafeBufferPointer(rebasing: buffer[..<count]), body)
    }
    if !carry.isEmpty { try takeCarry(body) }
  }

  private func split(
    _ piece: UnsafeBufferPointer<UInt8>, _ body: (JSONNode, Int) throws -> Void
  ) throws {
    var rest = piece
    // One check for the whole piece; only if it fails, line by line.
    var isChecked: Bool?
    while let base = rest.baseAddress, !rest.isEmpty {
      guard let found = memchr(base, 0x0A, rest.count) else {
        keep(rest)
        return
      }
      let end = UnsafePointer(found.assumingMemoryBound(to: UInt8.self)) - base + 1
      if carry.isEmpty && !isSkipping {
        if isChecked == nil {
          let last = rest.lastIndex(of: 0x0A) ?? rest.count - 1
          isChecked =
            UTF8Scan.firstBadByte(UnsafeBufferPointer(rebasing: rest[...last])) == nil
        }
        try take(
          UnsafeBufferPointer(rebasing: rest[..<end]), isChecked: isChecked == true, body)
      } else {
        keep(UnsafeBufferPointer(rebasing: rest[..<end]))
        try takeCarry(body)
      }
      rest = UnsafeBufferPointer(rebasing: rest[end...])
    }
  }

  private func keep(_ part: UnsafeBufferPointer<UInt8>) {
    if carry.count + part.count > JSONDocument.byteLimit {
      isSkipping = true
      carry.removeAll()
    }
    if !isSkipping { carry.append(contentsOf: part) }
  }

  private func takeCarry(_ body: (JSONNode, Int) throws -> Void) throws {
    if isSkipping {
      isSkipping = false
      line += 1
      report(JSONParser.Problem.fault(.tooLarge).finding(name, line))
      return
    }
    try carry.withUnsafeBufferPointer { try take($0, isChecked: false, body) }
    carry.removeAll(keepingCapacity: true)
  }

  private func take(
    _ text: UnsafeBufferPointer<UInt8>, isChecked: Bool, _ body: (JSONNode, Int) throws -> Void
  ) throws {
    line += 1
    var text = text
    if line == 1 {
      _ = try Signature.check(text, name: name, encoding: .utf8)
      if text.starts(with: [0xEF, 0xBB, 0xBF]) { text = UnsafeBufferPointer(rebasing: text[3...]) }
    }
    if text.allSatisfy({ $0 == 0x20 || ($0 >= 0x09 && $0 <= 0x0D) }) { return }
    if !isChecked, UTF8Scan.firstBadByte(text) != nil {
      report(
        Finding(
          rule: "read.encoding", file: name, line: line,
          message: Phrase("the line is not UTF-8", "该行不是 UTF-8 编码"),
          hint: Phrase("JSON Lines are UTF-8", "JSON Lines 须为 UTF-8 编码")))
      return
    }
    do {
      parser.restart(afterError: false)
      try parser.parse(text)
      if parser.isOpen { throw JSONParser.Problem.syntax("the line ends inside the object") }
      // An unfinished word at the end of the last line, which has no line end.
      if text.last != 0x0A { try [0x0A].withUnsafeBufferPointer { try parser.parse($0) } }
      if parser.roots == 0 { throw JSONParser.Problem.notAnObject }
      if let fault = parser.document.fault { throw JSONParser.Problem.fault(fault) }
    } catch let problem as JSONParser.Problem {
      report(problem.finding(name, line))
      parser.restart(afterError: true)
      return
    }
    if let root = parser.document.root { try body(root, line) }
  }
}
