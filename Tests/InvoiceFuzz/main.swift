// A plain release build is not made for testing: there this program is empty. scripts/fuzz builds it
// with -enable-testing.
#if DEBUG || FUZZ
  import Foundation
  import InvoiceSamples
  import Shared

  @testable import boms_invoice

  /// `invoice-fuzz COUNT [SEED]`: so many broken files through readers and rules, on all cores. It
  /// fails on a crash, an input that takes long, a rejection without a reason, and memory that grows.
  /// The input that did it is written to a file.
  ///
  /// `invoice-fuzz COUNT SEED FIRST STEP` is one worker: inputs FIRST, FIRST + STEP … by itself, for a
  /// debugger or valgrind.
  enum Fuzz {
    /// In seconds, of one input. The alarm ends the process.
    static let patience: UInt32 = 10
    /// In KiB, from the first tenth of the inputs to the last of them.
    static let growth = 16 << 10

    static func main() -> Int32 {
      let numbers = CommandLine.arguments.dropFirst().map { Int($0) ?? 0 }
      guard let count = numbers.first, count > 0 else {
        print("usage: invoice-fuzz COUNT [SEED]")
        return 64
      }
      let seed = numbers.count > 1 ? numbers[1] : 1
      if numbers.count == 4 {
        return work(count, seed, stride(from: numbers[2], to: count, by: max(1, numbers[3])))
      }
      return run(count, seed)
    }

    // MARK: One worker

    /// What a worker has done so far, in a file: it is there even if the worker is not any more.
    struct State {
      var input = 0
      var taken = 0
      var rejected = 0
      /// In microseconds.
      var slowest = 0
      /// Resident memory in KiB.
      var settled = 0
      var last = 0
      var isWhole = false
    }

    private static func work(_ count: Int, _ seed: Int, _ inputs: StrideTo<Int>) -> Int32 {
      let reader = InvoiceReader()
      let sources = InvoiceSources()
      guard let day = CivilDate(iso: "2026-11-29") else { return 70 }
      let setting = InvoiceSetting(
        companies: ["91320200MA1MABCD5P": "无锡山茶咖啡有限公司"], asOf: day)
      var mutation = Mutation(seed: UInt64(max(0, seed)))
      var state = State()
      for input in inputs {
        let bytes = mutation.input(input)
        state.input = input
        write(state)
        alarm(patience)
        let start = ContinuousClock.now
        bytes.withUnsafeBytes { bytes in
          try? sources.contents(bytes, name: "fuzz") { source in
            guard case .bytes(let bytes) = source.content else { return state.rejected += 1 }
            let name = source.member ?? source.name
            let file = CheckedFile(bytes, name: name, reader, setting)
            precondition(
              file.invoice != nil || file.findings.isRejecting, "rejected without a reason")
            if file.findings.isRejecting { state.rejected += 1 } else { state.taken += 1 }
          }
        }
        let took = start.duration(to: .now).components
        let microseconds = took.seconds * 1_000_000 + took.attoseconds / 1_000_000_000_000
        state.slowest = max(state.slowest, Int(microseconds))
        if input <= count / 10 { state.settled = residentMemory() }
      }
      alarm(0)
      state.last = residentMemory()
      state.isWhole = true
      write(state)
      return 0
    }

    private static func write(_ state: State) {
      withUnsafeBytes(of: state) { _ = pwrite(STDOUT_FILENO, $0.baseAddress, $0.count, 0) }
    }

    private static func residentMemory() -> Int {
      let text = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8)) ?? ""
      return text.split(separator: " ").dropFirst().first.flatMap { Int($0) }.map { $0 * 4 } ?? 0
    }

    // MARK: All of them

    private static func run(_ count: Int, _ seed: Int) -> Int32 {
      let step = ProcessInfo.processInfo.activeProcessorCount
      let workers = (0..<step).compactMap { try? Worker(count, seed, first: $0, step: step) }
      let states = workers.map { ($0.end(), $0.state()) }
      var isGood = workers.count == step
      for (failure, state) in states {
        if let failure {
          isGood = false
          print("input \(state.input) of seed \(seed): \(failure); see \(kept(state.input, seed))")
        } else if state.last - state.settled > growth {
          isGood = false
          print("memory grew from \(state.settled) to \(state.last) KiB")
        }
      }
      let all = states.map(\.1)
      func sum(_ value: (State) -> Int) -> Int { all.reduce(0) { $0 + value($1) } }
      print(
        "inputs \(count) · files taken in \(sum(\.taken)) · rejected \(sum(\.rejected))"
          + " · slowest \(all.map(\.slowest).max() ?? 0) µs"
          + " · memory \(all.map(\.settled)) → \(all.map(\.last)) KiB")
      return isGood ? 0 : 1
    }

    /// Writes an input to a file that is there to look at.
    private static func kept(_ input: Int, _ seed: Int) -> String {
      let folder = ProcessInfo.processInfo.environment["TMPDIR"] ?? "/tmp"
      let path = "\(folder)/invoice-fuzz-\(seed)-\(input)"
      var mutation = Mutation(seed: UInt64(max(0, seed)))
      try? Data(mutation.input(input)).write(to: URL(fileURLWithPath: path))
      return path
    }

    private struct Worker {
      private let process = Process()
      private let file: FileHandle

      init(_ count: Int, _ seed: Int, first: Int, step: Int) throws {
        let path = NSTemporaryDirectory() + "invoice-fuzz-\(getpid())-\(first)"
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw CocoaError(.fileWriteUnknown) }
        // Gone with the last process that has it open.
        unlink(path)
        file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        process.arguments = [count, seed, first, step].map(String.init)
        process.standardOutput = file
        try process.run()
      }

      /// - Returns: why it came to a bad end.
      func end() -> String? {
        process.waitUntilExit()
        let status = process.terminationStatus
        guard process.terminationReason == .uncaughtSignal else {
          return status == 0 && state().isWhole ? nil : "exit code \(status)"
        }
        return status == SIGALRM ? "longer than \(patience) s" : "signal \(status)"
      }

      func state() -> State {
        var state = State()
        withUnsafeMutableBytes(of: &state) {
          _ = pread(file.fileDescriptor, $0.baseAddress, $0.count, 0)
        }
        return state
      }
    }
  }

  exit(Fuzz.main())
#endif
