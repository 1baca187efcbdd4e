/// The objects of a JSON text: of one top-level array, or one after the other. Memory holds one.
package final class JSONReader {
  private let text: TextStream
  private let parser = JSONParser(takesArray: true)
  private let body: (JSONNode, Int, Finding?) throws -> Void
  private var failure: (any Error)?

  // Lines are counted up to where an object begins, or an error stands.
  private var piece = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
  private var counted = 0
  private var lines = LineCounter()
  private var objectLine = 1
  /// Bytes of the pieces before, and where the object began or the last one ended.
  private var before = 0
  private var mark = 0

  /// Calls `body` with each object, the physical line where it begins, and what is wrong with the
  /// object as a whole (a key that comes twice). The object is valid only during the call.
  /// - Throws: `BadInput` (`json.syntax`, `json.object`, `json.too-deep`, `json.too-large`, and
  ///   those of `TextStream`), and what `body` throws.
  package static func objects(
    _ text: TextStream, _ body: (JSONNode, Int, Finding?) throws -> Void
  ) throws {
    try withoutActuallyEscaping(body) { body in
      let reader = JSONReader(text, body)
      defer {
        reader.parser.onBegin = {}
        reader.parser.onObject = { true }
      }
      try reader.run()
    }
  }

  private init(_ text: TextStream, _ body: @escaping (JSONNode, Int, Finding?) throws -> Void) {
    self.text = text
    self.body = body
    parser.onBegin = { [unowned self] in begin() }
    parser.onObject = { [unowned self] in deliver() }
  }

  private func run() throws {
    while let next = try text.next() {
      (piece, counted) = (next, 0)
      do {
        try parser.parse(next)
      } catch {
        throw place(error)
      }
      count(to: next.count)
      before += next.count
      if before - mark > JSONDocument.byteLimit + next.count {
        throw place(JSONParser.Problem.fault(.tooLarge))
      }
    }
    if parser.isOpen {
      throw BadInput(
        "json.syntax", text.name, parser.document.depth > 0 ? objectLine : lines.breaks + 1,
        Phrase("the text ends before its last bracket", "文本在最后的括号之前就结束了"),
        hint: Phrase("the file was cut off: fetch it again", "文件不完整，请重新获取"))
    }
    do {
      try parser.finish()
    } catch {
      throw place(error)
    }
  }

  /// The error of the caller's own, or what yajl found with its place.
  private func place(_ error: any Error) -> any Error {
    if let failure { return failure }
    guard let problem = error as? JSONParser.Problem else { return error }
    if case .fault = problem { return BadInput(problem.finding(text.name, objectLine)) }
    // yajl stands before or behind the token that it stumbled over; no token holds a line end.
    count(to: parser.used)
    return BadInput(problem.finding(text.name, lines.breaks + 1))
  }

  private func count(to end: Int) {
    guard end > counted, end <= piece.count else { return }
    lines.add(UnsafeBufferPointer(rebasing: piece[counted..<end]))
    counted = end
  }

  private func begin() {
    count(to: parser.used - 1)
    objectLine = lines.breaks + 1
    mark = before + parser.used
  }

  private func deliver() -> Bool {
    mark = before + parser.used
    let fault = parser.document.fault.map {
      JSONParser.Problem.fault($0).finding(text.name, objectLine)
    }
    guard let root = parser.document.root else { return false }
    do {
      try body(root, objectLine, fault)
      return true
    } catch {
      failure = error
      return false
    }
  }
}
