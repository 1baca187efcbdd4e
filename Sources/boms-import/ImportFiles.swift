import Glibc
import Shared

/// Which files go into which registers.
enum ImportFiles {
  static func register(named name: String) throws(Failure) -> Register {
    if let register = Catalogue.register(named: name) { return register }
    let nearest = HeadingText.nearest(name, in: Catalogue.registers.map(\.name))
    throw Failure(
      .usage, Phrase("there is no register '\(name)'", "没有名为“\(name)”的登记表"),
      hint: nearest.map { Phrase("did you mean '\($0)'?", "是否为“\($0)”？") }
        ?? Phrase("'boms-import --list' shows them", "可用 'boms-import --list' 查看"))
  }

  /// The files of a directory that have a register's name, in the order of the catalogue. Other
  /// data files are named on stderr and left alone.
  /// - Throws: `Failure` 66 if the directory cannot be read or has none.
  static func found(
    in directory: String, _ console: Console
  ) throws(Failure) -> [(register: Register, files: [String])] {
    guard let stream = opendir(directory) else {
      throw Failure(
        .noInput,
        Phrase(
          "cannot read the directory '\(directory)': \(String(cString: strerror(errno)))",
          "无法读取目录“\(directory)”：\(String(cString: strerror(errno)))"))
    }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    let endings: Set = ["csv", "xlsx", "json", "jsonl"]
    var files: [String: [String]] = [:]
    for name in names.sorted() {
      let parts = name.split(separator: ".", omittingEmptySubsequences: false)
      guard parts.count == 2, endings.contains(parts[1].lowercased()) else { continue }
      guard let register = Catalogue.register(named: String(parts[0])) else {
        console.warn(
          Phrase(
            "'\(name)' names no register of this version and is skipped",
            "“\(name)”不是本版本的登记表，已跳过"))
        continue
      }
      files[register.name, default: []].append("\(directory)/\(name)")
    }
    let found = Catalogue.registers.compactMap { register in
      files[register.name].map { (register: register, files: $0) }
    }
    if found.isEmpty {
      throw Failure(
        .noInput,
        Phrase("no register's file is in '\(directory)'", "目录“\(directory)”中没有登记表文件"),
        hint: Phrase(
          "name the files as the registers: tenant.csv, unit.csv … ('boms-import --list')",
          "请以登记表命名文件：tenant.csv、unit.csv …（'boms-import --list'）"))
    }
    return found
  }
}
