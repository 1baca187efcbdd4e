import Glibc

/// A line of shell that is handed something on standard input. What it prints is dropped or kept,
/// what it says on standard error is its reason if it fails.
///
/// Input, output and reasons go through files without a name: no pipe can fill up, and one that dies with
/// its input unread does no harm.
package struct OutsideProgram: Sendable {
  package enum Ending: Sendable, Equatable {
    case exited(Int32)
    case signalled(Int32)
    case timedOut
  }

  /// How much of what it said is kept, from the end.
  private static let kept = 2000

  package let command: String
  /// `$1`, `$2` … in the line.
  private let arguments: [String]
  /// In seconds; after them it is ended.
  package let timeout: Int

  package init(_ command: String, arguments: [String] = [], timeout: Int) {
    self.command = command
    self.arguments = arguments
    self.timeout = timeout
  }

  /// Runs it to its end.
  /// - Throws: `Failure` 69 if there is no shell to be had, 73 or 74 if there is no room for its input.
  package func run(_ input: String) throws(Failure) -> (ending: Ending, said: String) {
    let input = try spool(ByteReader(bytes: Array(input.utf8)), chunkSize: 65_536)
    return try run(input, to: nil)
  }

  /// Runs it to its end and keeps what it prints.
  /// - Parameter watch: is told now and then how many bytes it has printed.
  func convert(
    _ input: Descriptor, watch: (Int) -> Void = { _ in }
  ) throws(Failure) -> (ending: Ending, output: Descriptor, said: String) {
    let output = try spool(ByteReader(bytes: []), chunkSize: 64)
    let (ending, said) = try run(input, to: output) {
      var status = stat()
      if fstat(output.number, &status) == 0 { watch(Int(status.st_size)) }
    }
    return (ending, output, said)
  }

  private func run(
    _ input: Descriptor, to output: Descriptor?, watch: () -> Void = {}
  ) throws(Failure) -> (ending: Ending, said: String) {
    let error = try spool(ByteReader(bytes: []), chunkSize: 64)
    lseek(input.number, 0, SEEK_SET)
    let process = try start(input.number, output?.number, error.number)
    let ending = wait(process, watch)
    return (ending, said(error.number))
  }

  private func start(
    _ input: Int32, _ output: Int32?, _ error: Int32
  ) throws(Failure) -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, input, 0)
    if let output {
      posix_spawn_file_actions_adddup2(&actions, output, 1)
    } else {
      posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
    }
    posix_spawn_file_actions_adddup2(&actions, error, 2)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // A group of its own, so that all that it starts can be ended with it.
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
    let line = ["sh", "-c", command, "sh"] + arguments
    var words: [UnsafeMutablePointer<CChar>?] = line.map { strdup($0) } + [nil]
    defer { words.forEach { free($0) } }
    var process: pid_t = 0
    let code = posix_spawn(&process, "/bin/sh", &actions, &attributes, &words, environ)
    guard code == 0 else {
      throw Failure(
        .unavailable,
        Phrase(
          "cannot start /bin/sh: \(String(cString: strerror(code)))",
          "无法启动 /bin/sh：\(String(cString: strerror(code)))"))
    }
    return process
  }

  private func wait(_ process: pid_t, _ watch: () -> Void) -> Ending {
    if let status = wait(process, seconds: timeout, watch) {
      let signal = status & 0x7F
      return signal == 0 ? .exited((status >> 8) & 0xFF) : .signalled(signal)
    }
    kill(-process, SIGTERM)
    if wait(process, seconds: 2) == nil {
      kill(-process, SIGKILL)
      var status: Int32 = 0
      waitpid(process, &status, 0)
    }
    // What it has started and left behind.
    kill(-process, SIGKILL)
    return .timedOut
  }

  /// - Returns: nil if it still runs.
  private func wait(_ process: pid_t, seconds: Int, _ watch: () -> Void = {}) -> Int32? {
    var status: Int32 = 0
    var waited = 0
    var pause = 1000
    while waited < seconds * 1_000_000 {
      if waitpid(process, &status, WNOHANG) == process { return status }
      watch()
      usleep(UInt32(pause))
      waited += pause
      pause = min(pause * 2, 50_000)
    }
    return waitpid(process, &status, WNOHANG) == process ? status : nil
  }

  private func said(_ descriptor: Int32) -> String {
    let end = Int(lseek(descriptor, 0, SEEK_END))
    var bytes = [UInt8](repeating: 0, count: min(end, OutsideProgram.kept))
    let count = pread(descriptor, &bytes, bytes.count, off_t(end - bytes.count))
    return String(decoding: bytes.prefix(max(count, 0)), as: UTF8.self)
  }
}
