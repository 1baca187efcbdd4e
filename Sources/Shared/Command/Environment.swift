import Glibc

/// What surrounds a run: variables, terminals, the day. It is asked in this one file; a test gives
/// its own. The order is everywhere: option, `BOMS_*` variable, default.
package struct Environment: Sendable {
  private let lookup: @Sendable (String) -> String?
  private let clock: @Sendable () -> CivilDate
  private let watch: @Sendable () -> Instant
  private let who: @Sendable () -> SystemAccount
  /// The name of this machine.
  package let host: String
  package let isInputTerminal: Bool
  package let isOutputTerminal: Bool
  package let isErrorTerminal: Bool
  /// The columns of the terminal that stdout is; nil if it is none.
  package let terminalWidth: Int?
  /// The columns of the terminal that stderr is; nil if it is none.
  package let errorWidth: Int?
  /// What the options of a command say.
  private var asked: (language: Language, isQuiet: Bool)?

  package init(
    variables: [String: String] = [:], today: CivilDate = CivilDate(number: 0),
    now: Instant = Instant(seconds: 0), account: SystemAccount = .root,
    isInputTerminal: Bool = false, isErrorTerminal: Bool = false, terminalWidth: Int? = nil,
    errorWidth: Int? = nil
  ) {
    self.init(
      lookup: { variables[$0] }, clock: { today }, watch: { now }, who: { account },
      host: "localhost", isInputTerminal: isInputTerminal,
      isErrorTerminal: isErrorTerminal, terminalWidth: terminalWidth, errorWidth: errorWidth)
  }

  private init(
    lookup: @escaping @Sendable (String) -> String?, clock: @escaping @Sendable () -> CivilDate,
    watch: @escaping @Sendable () -> Instant, who: @escaping @Sendable () -> SystemAccount,
    host: String,
    isInputTerminal: Bool, isErrorTerminal: Bool, terminalWidth: Int?, errorWidth: Int?
  ) {
    self.lookup = lookup
    self.clock = clock
    self.watch = watch
    self.who = who
    self.host = host
    self.isInputTerminal = isInputTerminal
    self.isErrorTerminal = isErrorTerminal
    self.terminalWidth = terminalWidth
    self.errorWidth = errorWidth
    isOutputTerminal = terminalWidth != nil
  }

  /// That of this process.
  package static var current: Environment {
    Environment(
      lookup: { name in getenv(name).map { String(cString: $0) } },
      clock: { localDay() }, watch: { Instant(seconds: Int64(time(nil))) },
      who: { processAccount() }, host: hostName(),
      isInputTerminal: isatty(STDIN_FILENO) == 1, isErrorTerminal: isatty(STDERR_FILENO) == 1,
      terminalWidth: isatty(STDOUT_FILENO) == 1 ? columns(STDOUT_FILENO) : nil,
      errorWidth: isatty(STDERR_FILENO) == 1 ? columns(STDERR_FILENO) : nil)
  }

  /// The value of a variable; one that is set to nothing counts as not set.
  package subscript(_ name: String) -> String? {
    guard let value = lookup(name), !value.isEmpty else { return nil }
    return value
  }

  /// The civil day here and now.
  package var today: CivilDate { clock() }

  /// The moment. Only what waits for programs outside, and the audit, need it.
  package var now: Instant { watch() }

  /// As whom this runs. The system says so; nothing that a user can set does, apart from sudo's word
  /// (see `SystemAccount.user`).
  package var account: SystemAccount { who() }

  /// As it is once the options are known.
  package func speaking(_ language: Language, isQuiet: Bool) -> Environment {
    var environment = self
    environment.asked = (language, isQuiet)
    return environment
  }

  package var isQuiet: Bool { asked?.isQuiet ?? false }

  /// The language of sentences: what is asked for, else `BOMS_LANG`, else the locale.
  package var language: Language {
    if let asked { return asked.language }
    let name = self["BOMS_LANG"] ?? self["LC_ALL"] ?? self["LC_MESSAGES"] ?? self["LANG"] ?? ""
    return name.lowercased().hasPrefix("zh") ? .zh : .en
  }

  /// Whether a line of progress can be written over: only for someone who looks on.
  package var isErrorErasable: Bool {
    isErrorTerminal && self["TERM"] != "dumb"
  }

  /// Colour: only for someone who looks on, and who has not said no (https://no-color.org).
  package var isErrorColoured: Bool {
    isErrorErasable && self["NO_COLOR"] == nil
  }

  /// Says that there are no rows, to somebody who would take headings alone for a mistake.
  package var noRows: (() -> Void)? {
    guard isOutputTerminal, !isQuiet else { return nil }
    let language = language
    return { Console(tool: Program.name, language: language).say(Phrase("no rows", "没有记录")) }
  }

  private static func localDay() -> CivilDate {
    var seconds = time(nil)
    var parts = tm()
    localtime_r(&seconds, &parts)
    return CivilDate(
      unchecked: Int(parts.tm_year) + 1900, Int(parts.tm_mon) + 1, Int(parts.tm_mday))
  }

  private static func processAccount() -> SystemAccount {
    // Who needs the group to reach the books is not their owner, to whom alone sudo speaks.
    let sudoer =
      GroupPrivilege.isThere ? nil : getenv("SUDO_UID").flatMap { UInt32(String(cString: $0)) }
    return SystemAccount(
      uid: getuid(), name: userName(getuid()),
      sudoer: sudoer.map { SystemAccount.Sudoer(uid: $0, name: userName($0)) })
  }

  /// Whether the system knows a user of this name.
  package func hasUser(_ name: String) -> Bool {
    getpwnam(name) != nil
  }

  /// The user's name; `#1001` for one that the system has no name for.
  private static func userName(_ uid: UInt32) -> String {
    guard let entry = getpwuid(uid), let name = entry.pointee.pw_name else { return "#\(uid)" }
    return String(cString: name)
  }

  private static func hostName() -> String {
    var name = [CChar](repeating: 0, count: 256)
    guard gethostname(&name, name.count - 1) == 0 else { return "" }
    return String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  private static func columns(_ descriptor: Int32) -> Int {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }
}
