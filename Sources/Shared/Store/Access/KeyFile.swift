import Crypto
import Glibc

/// The key of the books: 32 bytes of chance in a file that only its owner can read.
package struct KeyFile: Sendable {
  private static let length = 32

  private let key: SymmetricKey

  /// Reads a key.
  /// - Throws: `Failure` 78 if the file is not there, is readable by others, belongs to somebody
  ///   else, or is no key.
  package init(_ path: String) throws(Failure) {
    let descriptor = GroupPrivilege.takenUp {
      open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    }
    guard descriptor >= 0 else {
      let reason = String(cString: strerror(errno))
      throw KeyFile.refused(
        path, Phrase("cannot be read: \(reason)", "无法读取：\(reason)"),
        Phrase(
          "put the key file back from where a copy of it is kept; BOMS_KEY_FILE names it",
          "请从保管处取回密钥文件；BOMS_KEY_FILE 指定其路径"))
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw KeyFile.refused(path, Phrase("is not a file", "不是普通文件"))
    }
    // Where the programs have a group of their own, people reach the key through them alone.
    let isPrograms = GroupPrivilege.isOfProgram(status.st_gid)
    guard isPrograms || status.st_uid == geteuid() || status.st_uid == 0 else {
      throw KeyFile.refused(
        path, Phrase("belongs to another user", "属于其他用户"),
        Phrase("it has to be this program's user's, or root's", "应属于运行本程序的用户或 root"))
    }
    guard status.st_mode & (isPrograms ? 0o037 : 0o077) == 0 else {
      throw KeyFile.refused(
        path, Phrase("can be read by others", "可被其他用户读取"),
        Phrase("chmod 600 '\(path)'", "chmod 600 '\(path)'"))
    }
    var bytes = [UInt8](repeating: 0, count: KeyFile.length + 1)
    let count = read(descriptor, &bytes, bytes.count)
    guard count == KeyFile.length else {
      throw KeyFile.refused(
        path, Phrase("is not a key: it has not 32 bytes", "不是密钥：长度不是 32 字节"))
    }
    key = SymmetricKey(data: bytes.prefix(KeyFile.length))
  }

  /// Makes a new key in a file that is not there yet.
  /// - Throws: `Failure` 73 or 74 if it cannot be written.
  package static func create(_ path: String) throws(Failure) -> KeyFile {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw unwritten(path) }
    let key = SymmetricKey(size: .bits256)
    let isWritten = key.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) == $0.count }
    guard isWritten, fsync(descriptor) == 0, close(descriptor) == 0 else {
      defer { unlink(path) }
      throw unwritten(path)
    }
    return try KeyFile(path)
  }

  /// A key for one purpose, from which neither the key nor that of another purpose can be told.
  package func key(for purpose: String) -> SymmetricKey {
    HKDF<SHA256>.deriveKey(
      inputKeyMaterial: key, info: Array("boms \(purpose) v1".utf8), outputByteCount: 32)
  }

  /// Names the key without telling it: 16 hexadecimal digits.
  package var id: String {
    key(for: "id").withUnsafeBytes { bytes in
      bytes.prefix(8).map { byte in
        let digits = String(byte, radix: 16)
        return digits.count == 1 ? "0" + digits : digits
      }.joined()
    }
  }

  private static func refused(_ path: String, _ why: Phrase, _ hint: Phrase? = nil) -> Failure {
    Failure(
      .settings,
      Phrase("the key file '\(path)' \(why.en)", "密钥文件“\(path)”\(why.zh)"), hint: hint)
  }

  private static func unwritten(_ path: String) -> Failure {
    let reason = String(cString: strerror(errno))
    return Failure(
      errno == ENOSPC || errno == EIO ? .inputOutput : .cannotCreate,
      Phrase(
        "cannot write the key file '\(path)': \(reason)", "无法写入密钥文件“\(path)”：\(reason)"))
  }
}
