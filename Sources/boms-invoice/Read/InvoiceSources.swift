import Glibc
import Shared

/// Everything that a command line gives: files, folders with all that is in them, zip packs with their
/// members, standard input. Handed over one at a time; what cannot be read is handed over as a
/// refusal, and the others follow.
final class InvoiceSources {
  private static let maxFolders = 64
  private let limits: Archive.Limits
  /// Holds the file at hand; the room is kept from file to file.
  private var buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 65_536, alignment: 16)
  private var filled = 0

  init(limits: Archive.Limits = Archive.Limits()) {
    self.limits = limits
  }

  deinit {
    buffer.deallocate()
  }

  /// Hands over what the arguments name, in their order: `-` is one file on standard input.
  func each(
    in arguments: [String], _ take: (InvoiceSource) throws -> Void
  ) throws {
    for argument in arguments {
      try argument == "-" ? standardInput(take) : path(argument, take)
    }
  }

  /// Hands over what the names on an input name, each ended by a zero, as `find -print0` writes them.
  func each(
    listedIn list: InputSource, _ take: (InvoiceSource) throws -> Void
  ) throws {
    let reader = try list.open()
    var chunk = [UInt8](repeating: 0, count: 65_536)
    var name: [UInt8] = []
    while true {
      let count = try chunk.withUnsafeMutableBytes { try reader.read(into: $0) }
      if count == 0 { break }
      for byte in chunk[..<count] {
        if byte != 0 {
          name.append(byte)
        } else if !name.isEmpty {
          try path(String(decoding: name, as: UTF8.self), take)
          name.removeAll(keepingCapacity: true)
        }
        // Longer than any path: a list of another form.
        if name.count > 65_536 {
          throw Failure(
            .usage,
            Phrase("the list of names has no zeros in it", "文件名清单中没有空字符分隔"),
            hint: Phrase("write it with 'find -print0'", "请用 'find -print0' 生成"))
        }
      }
    }
    if !name.isEmpty { try path(String(decoding: name, as: UTF8.self), take) }
  }

  // MARK: Folders and files

  private func path(_ path: String, _ take: (InvoiceSource) throws -> Void) throws {
    var status = stat()
    guard stat(path, &status) == 0 else { return try refuse(path, errno, take) }
    if status.st_mode & S_IFMT == S_IFDIR {
      try folder(path, depth: 1, take)
    } else {
      try file(path, take)
    }
  }

  /// All that lies in a folder and below, by name. Links to folders are not followed.
  private func folder(
    _ path: String, depth: Int, _ take: (InvoiceSource) throws -> Void
  ) throws {
    guard depth <= InvoiceSources.maxFolders, let folder = opendir(path) else {
      return try refuse(path, depth > InvoiceSources.maxFolders ? ELOOP : errno, take)
    }
    var members: [(name: String, isFile: Bool)] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      guard name != ".", name != "..", !Junk.isJunk(name) else { continue }
      members.append((name, entry.pointee.d_type == UInt8(DT_REG)))
    }
    closedir(folder)
    for (name, isFile) in members.sorted(by: { $0.name < $1.name }) {
      let below = path.hasSuffix("/") ? path + name : "\(path)/\(name)"
      if isFile {
        try file(below, take)
        continue
      }
      var status = stat()
      guard lstat(below, &status) == 0 else {
        try refuse(below, errno, take)
        continue
      }
      if status.st_mode & S_IFMT == S_IFDIR {
        try self.folder(below, depth: depth + 1, take)
        continue
      }
      guard stat(below, &status) == 0 else {
        try refuse(below, errno, take)
        continue
      }
      // Pipes and devices would wait for ever.
      if status.st_mode & S_IFMT == S_IFREG { try file(below, take) }
    }
  }

  private func file(_ path: String, _ take: (InvoiceSource) throws -> Void) throws {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return try refuse(path, errno, take) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return try refuse(path, errno, take) }
    let isRegular = status.st_mode & S_IFMT == S_IFREG
    let size = Int(status.st_size)
    if isRegular, size > InvoiceReader.maxSize {
      // Too large for one invoice, but a pack may be.
      guard isZip(descriptor) else {
        return try take(InvoiceSource(name: path, content: .refused(.fileSize)))
      }
      return try pack(.file(descriptor), size: size, name: path, take)
    }
    guard fill(from: descriptor, expecting: isRegular ? size : nil) else {
      return try refuse(path, errno, take)
    }
    try contents(UnsafeRawBufferPointer(rebasing: buffer[..<filled]), name: path, take)
  }

  private func standardInput(_ take: (InvoiceSource) throws -> Void) throws {
    guard fill(from: STDIN_FILENO) else {
      return try refuse("<stdin>", errno, take)
    }
    try contents(UnsafeRawBufferPointer(rebasing: buffer[..<filled]), name: "<stdin>", take)
  }

  /// Hands over what these bytes are: a file, or the members of a pack.
  func contents(
    _ bytes: UnsafeRawBufferPointer, name: String, _ take: (InvoiceSource) throws -> Void
  ) throws {
    if bytes.count > InvoiceReader.maxSize {
      try take(InvoiceSource(name: name, content: .refused(.fileSize)))
    } else if FileKind.isZip(bytes), !OFDPackage.isOne(.bytes(bytes), size: bytes.count) {
      try pack(.bytes(bytes), size: bytes.count, name: name, take)
    } else {
      try take(InvoiceSource(name: name, content: .bytes(bytes)))
    }
  }

  /// Reads all that is there, at most one byte more than a file may have.
  /// - Parameter size: of a file, where it is known: its end need not be looked for.
  /// - Returns: false on an error, which is in `errno`.
  private func fill(from descriptor: Int32, expecting size: Int? = nil) -> Bool {
    let limit = InvoiceReader.maxSize + 1
    filled = 0
    while filled < limit {
      if filled == buffer.count { grow() }
      let room = min(buffer.count, limit) - filled
      let count = read(descriptor, buffer.baseAddress?.advanced(by: filled), room)
      if count < 0, errno == EINTR { continue }
      if count < 0 { return false }
      if count == 0 { break }
      filled += count
      if filled == size { break }
    }
    return true
  }

  private func grow() {
    let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: buffer.count * 2, alignment: 16)
    larger.copyMemory(from: UnsafeRawBufferPointer(buffer))
    buffer.deallocate()
    buffer = larger
  }

  private func isZip(_ descriptor: Int32) -> Bool {
    var head = [UInt8](repeating: 0, count: 4)
    let count = head.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, 4, 0) }
    return count == 4 && head.withUnsafeBytes { FileKind.isZip($0) }
  }

  private func refuse(
    _ name: String, _ code: Int32, _ take: (InvoiceSource) throws -> Void
  ) throws {
    try take(
      InvoiceSource(
        name: name, content: .refused(.unreadable(.cannot("read", "读取", name, code)))))
  }

  // MARK: Packs

  /// Hands over the members of a pack; a pack in it is opened too, one in that is not.
  private func pack(
    _ source: Archive.Source, size: Int, name: String, inside outer: String? = nil,
    _ take: (InvoiceSource) throws -> Void
  ) throws {
    func refused(_ finding: InvoiceFinding, _ member: String?) throws {
      let member = [outer, member].compactMap { $0 }.joined(separator: "/")
      try take(
        InvoiceSource(
          name: name, member: member.isEmpty ? nil : member, content: .refused(finding)))
    }
    let archive: Archive
    do throws(InvoiceFinding) {
      archive = try Archive(source, size: size, limits: limits)
    } catch {
      return try refused(error, nil)
    }
    while true {
      let member: Archive.Member?
      do throws(InvoiceFinding) {
        member = try archive.next()
      } catch {
        return try refused(error, nil)
      }
      guard let member else { return }
      if member.isFolder || Junk.isJunk(member.name) { continue }
      // What every workbook and document of Office begins with: one wrong file, not twenty.
      if member.name == "[Content_Types].xml" { return try refused(.unknownKind, nil) }
      if member.isOutside {
        try refused(.outsideName(member.name), member.name)
        continue
      }
      if member.isEncrypted {
        try refused(.encrypted, member.name)
        continue
      }
      let bytes: UnsafeRawBufferPointer
      do throws(InvoiceFinding) {
        bytes = try archive.read(member)
      } catch {
        try refused(error, archive.isOver ? nil : member.name)
        if archive.isOver { return }
        continue
      }
      guard FileKind.isZip(bytes), !OFDPackage.isOne(.bytes(bytes), size: bytes.count) else {
        let path = [outer, member.name].compactMap { $0 }.joined(separator: "/")
        try take(InvoiceSource(name: name, member: path, content: .bytes(bytes)))
        continue
      }
      if outer == nil {
        try pack(.bytes(bytes), size: bytes.count, name: name, inside: member.name, take)
      } else {
        try refused(.nestedArchive, member.name)
      }
    }
  }
}

/// What systems leave in folders and packs, and nobody means.
enum Junk {
  /// - Parameter path: a name, or a path in an archive.
  static func isJunk(_ path: String) -> Bool {
    path.utf8.contains(UInt8(ascii: "/"))
      ? path.split(separator: "/").contains(where: isJunkName) : isJunkName(path[...])
  }

  private static func isJunkName(_ name: Substring) -> Bool {
    if name.utf8.first == UInt8(ascii: ".") { return name != "." && name != ".." }
    switch name.utf8.count {
    case 8: return name == "__MACOSX"
    case 9: return name.lowercased() == "thumbs.db"
    case 11: return name.lowercased() == "desktop.ini"
    default: return false
    }
  }
}
