import Dispatch
import Synchronization

/// Values that a thread of their own makes while the caller uses those before them.
enum Ahead {
  /// - Parameters:
  ///   - make: hands values over; it waits while the last one has not been taken.
  ///   - use: gets them in their order, on the caller's thread.
  /// - Throws: what `use` throws, after which `make` comes no further; what `make` throws, after all
  ///   that came before it was used.
  static func each<Value: Sendable>(
    of make: @escaping @Sendable (_ hand: (Value) throws -> Void) throws -> Void,
    _ use: (Value) throws -> Void
  ) throws {
    let slot = Slot<Value>()
    DispatchQueue.global().async {
      let end = Result { try make { try slot.put(.value($0)) } }
      try? slot.put(.end(end))
    }
    defer { slot.close() }
    while true {
      switch slot.take() {
      case .value(let value):
        defer { slot.giveBack(value) }
        try use(value)
      case .end(let end): return try end.get()
      }
    }
  }
}

/// Room for one value between two threads, and the way back for those that were used: memory that
/// another thread gives up is fought over with the one that has it, so the maker frees what it made.
private final class Slot<Value: Sendable>: Sendable {
  enum Step {
    case value(Value)
    case end(Result<Void, any Error>)
  }

  private let step = Mutex<Step?>(nil)
  private let used = Mutex<[Value]>([])
  private let isClosed = Atomic(false)
  private let free = DispatchSemaphore(value: 0)
  private let full = DispatchSemaphore(value: 0)

  init() {
    free.signal()
  }

  /// - Throws: when nobody takes anything any more.
  func put(_ next: sending Step) throws {
    used.withLock { $0 = [] }
    free.wait()
    if isClosed.load(ordering: .acquiring) { throw CancellationError() }
    step.withLock { $0 = next }
    full.signal()
  }

  func take() -> Step {
    defer { free.signal() }
    while true {
      full.wait()
      if let step = step.withLock({ $0.take() }) { return step }
    }
  }

  func giveBack(_ value: Value) {
    used.withLock { $0.append(value) }
  }

  func close() {
    isClosed.store(true, ordering: .releasing)
    free.signal()
  }
}
