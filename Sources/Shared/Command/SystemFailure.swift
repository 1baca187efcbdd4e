import Glibc

extension Phrase {
  /// `cannot read 'x': No such file or directory`.
  package static func cannot(
    _ en: String, _ zh: String, _ name: String, _ code: Int32
  ) -> Phrase {
    let reason = String(cString: strerror(code))
    let reasonZh =
      switch code {
      case ENOENT: "文件不存在"
      case EACCES, EPERM: "没有权限"
      case EISDIR: "这是目录"
      case ENOSPC: "磁盘已满"
      default: reason
      }
    return Phrase("cannot \(en) '\(name)': \(reason)", "无法\(zh)“\(name)”：\(reasonZh)")
  }
}

extension Failure {
  /// A file or a folder that the system does not make: 73, or 74 where the disk is at fault.
  package static func cannotCreate(_ path: String, _ code: Int32 = errno) -> Failure {
    cannot("create", "创建", path, code)
  }

  /// The same of what cannot be written to its end.
  static func cannotWrite(_ path: String, _ code: Int32 = errno) -> Failure {
    cannot("write", "写入", path, code)
  }

  private static func cannot(
    _ en: String, _ zh: String, _ path: String, _ code: Int32
  ) -> Failure {
    let isOfDisk = code == ENOSPC || code == EDQUOT || code == EIO
    return Failure(isOfDisk ? .inputOutput : .cannotCreate, .cannot(en, zh, path, code))
  }
}
