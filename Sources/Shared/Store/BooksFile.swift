import Glibc

/// The file that a path leads to, looked up once.
///
/// Where programs have a group of their own, a path is somebody's word. A link or a folder of it that he
/// changes afterwards leads nowhere else, and a name that SQLite would take for a URI or for a database
/// in memory is a file like any other.
struct BooksFile {
  /// From the root on, without links.
  let path: String
  /// The uid of its owner.
  let owner: UInt32

  /// Linux's `O_PATH`, which Glibc hides: names a file without opening it. Closing another descriptor of
  /// a database would lay down the locks that SQLite has on it.
  private static let nameOnly: Int32 = 0o10_000_000

  /// Nil if there is none.
  init?(_ path: String) {
    let descriptor = GroupPrivilege.takenUp { open(path, BooksFile.nameOnly | O_CLOEXEC) }
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_nlink > 0,
      let name = BooksFile.name(of: descriptor) ?? BooksFile.name(of: path)
    else { return nil }
    self.path = name
    owner = status.st_uid
    // A database that the user made himself is opened with his own rights, and so is its key.
    if isOwn { GroupPrivilege.giveUp() }
  }

  /// Whether it is that of the user who runs the program.
  var isOwn: Bool { owner == getuid() }

  private static func name(of descriptor: Int32) -> String? {
    var bytes = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = readlink("/proc/self/fd/\(descriptor)", &bytes, bytes.count - 1)
    guard count > 0 else { return nil }
    return String(decoding: bytes.prefix(count).map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  /// Where there is no `/proc`, and nobody whom links could deceive.
  private static func name(of path: String) -> String? {
    guard !GroupPrivilege.isThere, let name = realpath(path, nil) else { return nil }
    defer { free(name) }
    return String(cString: name)
  }
}
