import Foundation

/// A program that runs. Its output goes to files, so that nothing has to be drained.
package final class Child: @unchecked Sendable {
  package let process: pid_t
  private let output: String
  private let error: String

  /// No test waits longer for one program.
  private static let limit: TimeInterval = 300

  init(
    _ program: String, _ arguments: [String], folder: String, input: String, output: String,
    error: String, environment: [String: String]
  ) throws {
    self.output = output
    self.error = error
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, input, O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    posix_spawn_file_actions_addopen(&actions, 2, error, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // A test runner may ignore SIGPIPE; the programs are to die of it under `| head`.
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGPIPE)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))

    // The shell goes to the folder and becomes the program.
    let words = ["sh", "-c", "cd \"$0\" && exec \"$@\"", folder, program] + arguments
    var pointers: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    var variables: [UnsafeMutablePointer<CChar>?] =
      environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { (pointers + variables).forEach { free($0) } }
    var process: pid_t = 0
    let code = posix_spawn(
      &process, "/bin/sh", &actions, &attributes, &pointers, &variables)
    guard code == 0 else {
      throw NSError(
        domain: NSPOSIXErrorDomain, code: Int(code), userInfo: ["program": program])
    }
    self.process = process
  }

  package func kill() {
    Glibc.kill(process, SIGKILL)
  }

  package func wait() throws -> Workspace.Run {
    let deadline = Date().addingTimeInterval(Child.limit)
    var status: Int32 = 0
    var pause: UInt32 = 500
    while waitpid(process, &status, WNOHANG) == 0 {
      if Date() > deadline { kill() }
      usleep(pause)
      pause = min(pause * 2, 8_000)
    }
    func text(_ file: String) throws -> String {
      String(decoding: try Data(contentsOf: URL(fileURLWithPath: file)), as: UTF8.self)
    }
    let signal = status & 0x7F
    return Workspace.Run(
      status: signal == 0 ? (status >> 8) & 0xFF : 128 + signal, out: try text(output),
      err: try text(error))
  }
}
