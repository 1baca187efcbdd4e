import CLibYAJL
import Glibc

/// yajl, filling a document. At the top stand objects, or one array of objects.
final class JSONParser {
  enum Problem: Error {
    case syntax(String)
    /// Something else than an object stands where an object is wanted.
    case notAnObject
    case fault(JSONDocument.Fault)
  }

  let document = JSONDocument()
  /// Called when an object begins and when it is complete; nothing may be thrown through C, so
  /// false stops the parser.
  var onBegin: () -> Void = {}
  var onObject: () -> Bool = { true }
  /// Whether a top-level array of objects is taken.
  private let takesArray: Bool
  private var isInArray = false
  /// Objects and arrays since the last `restart`.
  private(set) var roots = 0
  private var problem: Problem?
  private var handle: yajl_handle?
  private let callbacks = UnsafeMutablePointer<yajl_callbacks>.allocate(capacity: 1)

  init(takesArray: Bool) {
    self.takesArray = takesArray
    callbacks.initialize(to: JSONParser.table)
  }

  deinit {
    if let handle { yajl_free(handle) }
    callbacks.deallocate()
  }

  /// How many bytes of the piece that is being parsed were used, with the current token.
  var used: Int { handle.map(yajl_get_bytes_consumed) ?? 0 }

  /// Whether an object or the top-level array is not closed yet.
  var isOpen: Bool { document.depth > 0 || isInArray }

  /// Forgets what was parsed. The handle is kept unless it is in the middle of something.
  func restart(afterError: Bool) {
    roots = 0
    problem = nil
    isInArray = false
    document.clear()
    if afterError, let handle {
      yajl_free(handle)
      self.handle = nil
    }
  }

  func parse(_ piece: UnsafeBufferPointer<UInt8>) throws {
    let handle = try self.handle ?? makeHandle()
    try check(yajl_parse(handle, piece.baseAddress, piece.count), handle)
  }

  /// The text is at its end.
  func finish() throws {
    guard let handle else { return }
    try check(yajl_complete_parse(handle), handle)
  }

  private func makeHandle() throws -> yajl_handle {
    let context = Unmanaged.passUnretained(self).toOpaque()
    guard let handle = yajl_alloc(callbacks, nil, context) else {
      throw Failure(.bug, Phrase("yajl does not start", "yajl 无法启动"))
    }
    // The text was checked before it came here.
    _ = boms_yajl_set(handle, yajl_dont_validate_strings, 1)
    _ = boms_yajl_set(handle, yajl_allow_multiple_values, 1)
    self.handle = handle
    return handle
  }

  private func check(_ status: yajl_status, _ handle: yajl_handle) throws {
    if status == yajl_status_ok { return }
    if let problem { throw problem }
    if status == yajl_status_client_canceled {
      throw document.fault.map(Problem.fault) ?? Problem.notAnObject
    }
    guard let text = yajl_get_error(handle, 0, nil, 0) else { throw Problem.syntax("") }
    defer { yajl_free_error(handle, text) }
    // "lexical error: invalid char in json text.\n"
    var message = String(cString: text)
    while let last = message.last, last.isNewline || last == "." { message.removeLast() }
    throw Problem.syntax(message)
  }

  // What yajl calls. 1: go on.

  private func scalar(_ kind: JSONNode.Kind, _ text: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    guard document.depth > 0 else { return stop(.notAnObject) }
    return document.scalar(kind, text, count) ? 1 : 0
  }

  private func begin(_ kind: JSONNode.Kind) -> Int32 {
    if document.depth == 0 {
      if kind == .array {
        guard takesArray, roots == 0, !isInArray else { return stop(.notAnObject) }
        isInArray = true
        roots = 1
        return 1
      }
      if !isInArray { roots += 1 }
      if !takesArray, roots > 1 { return stop(.syntax("more than one value on the line")) }
      if isArrayClosed { return stop(.syntax("more text after the array")) }
      document.clear()
      onBegin()
    }
    return document.beginContainer(kind) ? 1 : 0
  }

  private func end() -> Int32 {
    if document.depth == 0 {
      isInArray = false
      isArrayClosed = true
      return 1
    }
    document.endContainer()
    return document.depth > 0 || onObject() ? 1 : 0
  }

  private var isArrayClosed = false

  private func stop(_ problem: Problem) -> Int32 {
    self.problem = problem
    return 0
  }

  private static let table = yajl_callbacks(
    yajl_null: { JSONParser.with($0) { $0.scalar(.null, nil, 0) } },
    yajl_boolean: { context, value in
      let word: StaticString = value == 0 ? "false" : "true"
      return JSONParser.with(context) {
        $0.scalar(.boolean, word.utf8Start, word.utf8CodeUnitCount)
      }
    },
    yajl_integer: nil,
    yajl_double: nil,
    yajl_number: { context, text, count in
      JSONParser.with(context) {
        $0.scalar(
          .number, text.map { UnsafeRawPointer($0).assumingMemoryBound(to: UInt8.self) }, count)
      }
    },
    yajl_string: { context, text, count in
      JSONParser.with(context) { $0.scalar(.string, text, count) }
    },
    yajl_start_map: { JSONParser.with($0) { $0.begin(.object) } },
    yajl_map_key: { context, text, count in
      JSONParser.with(context) { $0.document.key(text, count) ? 1 : 0 }
    },
    yajl_end_map: { JSONParser.with($0) { $0.end() } },
    yajl_start_array: { JSONParser.with($0) { $0.begin(.array) } },
    yajl_end_array: { JSONParser.with($0) { $0.end() } })

  @inline(__always)
  private static func with(
    _ context: UnsafeMutableRawPointer?, _ body: (JSONParser) -> Int32
  ) -> Int32 {
    guard let context else { return 0 }
    return Unmanaged<JSONParser>.fromOpaque(context)._withUnsafeGuaranteedRef { body($0) }
  }
}
