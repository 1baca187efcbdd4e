import GRDB
import Synchronization

/// The books as a thread sees them that reads while another writes.
package final class BooksBeside: Sendable {
  /// nil: closed.
  private let queue: Mutex<DatabaseQueue?>

  init(_ queue: DatabaseQueue) { self.queue = Mutex(queue) }

  /// One consistent view.
  /// - Throws: when the books are closed.
  package func read<Result: Sendable>(_ body: (Database) throws -> Result) throws -> Result {
    try queue.withLock { queue in
      guard let queue else {
        throw DatabaseError(resultCode: .SQLITE_MISUSE, message: "the books are closed")
      }
      return try queue.read(body)
    }
  }

  /// Brings what the other has written so far from the log to its place in the database. What cannot be
  /// done now is done when the books are closed.
  package func fold() {
    queue.withLock { queue in
      try? queue?.writeWithoutTransaction { _ = try $0.checkpoint(.passive) }
    }
  }

  /// Waits for whoever reads.
  func close() {
    queue.withLock { queue in
      try? queue?.close()
      queue = nil
    }
  }
}
