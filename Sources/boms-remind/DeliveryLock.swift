import Glibc
import Shared

/// Two deliverers of one database never work at once. The system lets the lock go when its holder
/// ends, however it ends.
final class DeliveryLock {
  private let descriptor: Int32

  /// - Throws: `Failure` 75 if another one holds it.
  init(beside database: String) throws(Failure) {
    // By the file itself: a link to it is the same database.
    let real = realpath(database, nil)
    defer { free(real) }
    let path = (real.map { String(cString: $0) } ?? database) + ".deliver.lock"
    descriptor = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw Failure.cannotCreate(path) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      throw Failure(
        .busy,
        Phrase("another deliverer is at work on this database", "另一个发送程序正在处理本数据库"),
        hint: Phrase("nothing is sent; try again later", "未发送任何消息，请稍后再试"))
    }
  }

  deinit {
    close(descriptor)
  }
}
