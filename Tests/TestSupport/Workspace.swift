import Foundation

/// A folder of its own for one test, in which programs run. It goes when the test ends.
package final class Workspace: @unchecked Sendable {
  package let path: String
  private let lock = NSLock()
  private var runs = 0

  /// All folders of this process; what tests keep to the end goes with it.
  private static let root: String = {
    atexit {
      try? FileManager.default.removeItem(
        atPath: NSTemporaryDirectory() + "boms-test-\(getpid())")
    }
    return NSTemporaryDirectory() + "boms-test-\(getpid())"
  }()

  package init() throws {
    path = "\(Workspace.root)/\(UUID().uuidString)"
    try FileManager.default.createDirectory(
      atPath: path + "/.run", withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  /// How a program ended, and what it said.
  package struct Run: Sendable, CustomStringConvertible {
    /// The exit code; for a signal, 128 and its number.
    package var status: Int32
    package var out: String
    package var err: String

    package var lines: [String] {
      out.split(separator: "\n", omittingEmptySubsequences: true).map(String.init)
    }
    package var errorLines: [String] {
      err.split(separator: "\n", omittingEmptySubsequences: true).map(String.init)
    }
    package var description: String { "status \(status)\n\(out)\n\(err)" }
  }

  // MARK: Files

  package func file(_ name: String) -> String { "\(path)/\(name)" }

  @discardableResult
  package func write(_ name: String, _ text: String) throws -> String {
    try write(name, bytes: Array(text.utf8))
  }

  @discardableResult
  package func write(_ name: String, bytes: [UInt8]) throws -> String {
    let file = file(name)
    try FileManager.default.createDirectory(
      atPath: (file as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try Data(bytes).write(to: URL(fileURLWithPath: file))
    return file
  }

  package func read(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(fileURLWithPath: file(name))), as: UTF8.self)
  }

  package func exists(_ name: String) -> Bool {
    FileManager.default.fileExists(atPath: file(name))
  }

  package func copy(_ from: String, to name: String) throws {
    try FileManager.default.copyItem(atPath: from, toPath: file(name))
  }

  // MARK: Programs

  /// Runs a program to its end.
  @discardableResult
  package func run(
    _ program: String, _ arguments: [String], stdin: String? = nil,
    environment: [String: String] = [:]
  ) throws -> Run {
    try start(program, arguments, stdin: stdin, environment: environment).wait()
  }

  @discardableResult
  package func run(_ program: String, _ arguments: String..., stdin: String? = nil) throws -> Run {
    try run(program, arguments, stdin: stdin)
  }

  /// A line of shell.
  package func shell(
    _ line: String, stdin: String? = nil, environment: [String: String] = [:]
  ) throws -> Run {
    try run("sh", ["-c", line], stdin: stdin, environment: environment)
  }

  /// Starts a program and does not wait for it.
  package func start(
    _ program: String, _ arguments: [String], stdin: String? = nil,
    environment: [String: String] = [:]
  ) throws -> Child {
    let number = lock.withLock {
      runs += 1
      return runs
    }
    let (out, err) = (".run/\(number).out", ".run/\(number).err")
    var input = "/dev/null"
    if let stdin { input = try write(".run/\(number).in", stdin) }
    return try Child(
      program, arguments, folder: path, input: input, output: file(out), error: file(err),
      environment: Workspace.environment.merging(environment) { $1 })
  }

  /// That of this process without what would change what programs say.
  private static let environment: [String: String] = {
    var variables = ProcessInfo.processInfo.environment.filter { name, _ in
      !name.hasPrefix("BOMS_") && !name.hasPrefix("LC_") && name != "LANG" && name != "LANGUAGE"
    }
    variables["LANG"] = "C.UTF-8"
    variables["PATH"] = "\(Repository.programs):\(variables["PATH"] ?? "/usr/bin:/bin")"
    variables["PYTHONDONTWRITEBYTECODE"] = "1"
    return variables
  }()
}
