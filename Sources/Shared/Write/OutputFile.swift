import Glibc

/// A file that appears when it is complete: written beside its place under another name, then
/// renamed. Written again, it is replaced in one step; a reader never sees half of it.
///
/// Readable by whom the umask says, as what a shell writes with `>` is.
package final class OutputFile {
  package let output: ByteOutput
  private let path: String
  /// Where it is written until it is complete; nil where that is no file (a pipe, a device).
  private let temporary: String?
  private let descriptor: Int32
  private var isOpen = true

  package init(_ path: String) throws(Failure) {
    // A link stays a link: what it leads to is replaced.
    let target = OutputFile.target(of: path)
    self.path = target
    temporary = OutputFile.isSpecial(target) ? nil : OutputFile.temporary(beside: target)
    descriptor =
      if let temporary {
        open(temporary, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o666)
      } else {
        open(target, O_WRONLY | O_CLOEXEC)
      }
    guard descriptor >= 0 else { throw Failure.cannotCreate(path) }
    output = ByteOutput(
      descriptor: descriptor, name: Phrase("'\(path)'", "“\(path)”"), capacity: 1 << 16)
  }

  deinit {
    discard()
  }

  /// Puts the file in its place.
  package func finish() throws(Failure) {
    try output.flush()
    isOpen = false
    guard close(descriptor) == 0 else { throw Failure.cannotCreate(path) }
    if let temporary, rename(temporary, path) != 0 {
      let failure = Failure.cannotCreate(path)
      unlink(temporary)
      throw failure
    }
  }

  /// Leaves what was there before.
  private func discard() {
    guard isOpen else { return }
    isOpen = false
    close(descriptor)
    if let temporary { unlink(temporary) }
  }

  /// Makes a folder, and those that it stands in, if they are not there.
  package static func makeFolder(_ path: String) throws(Failure) {
    var made = path.hasPrefix("/") ? "/" : ""
    for part in path.split(separator: "/") {
      made += made.isEmpty || made.hasSuffix("/") ? part : "/" + part
      if mkdir(made, 0o777) != 0, errno != EEXIST { throw Failure.cannotCreate(made) }
    }
    guard isFolder(path) else {
      throw Failure(
        .cannotCreate,
        Phrase("cannot create the folder '\(path)': a file is there", "无法创建目录“\(path)”：已有同名文件"))
    }
  }

  package static func exists(_ path: String) -> Bool {
    mode(path) != nil
  }

  package static func isFolder(_ path: String) -> Bool {
    mode(path).map { $0 & S_IFMT == S_IFDIR } ?? false
  }

  /// Whether there is something that is neither a file nor a folder.
  private static func isSpecial(_ path: String) -> Bool {
    mode(path).map { $0 & S_IFMT != S_IFREG && $0 & S_IFMT != S_IFDIR } ?? false
  }

  private static func mode(_ path: String) -> mode_t? {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_mode : nil
  }

  private static func target(of path: String) -> String {
    guard let resolved = realpath(path, nil) else { return path }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  /// Hidden, so that nobody who watches the folder takes it for the file.
  private static func temporary(beside path: String) -> String {
    let slash = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
    // A name has at most 255 bytes, and this one has to be no longer.
    let name = ".\(getpid())-\(String(path.hashValue.magnitude, radix: 36))"
    return path[..<slash] + name + ".part"
  }
}
