import ArgumentParser
import Shared

/// Brings registers and facts in, from CSV or JSON.
package struct ImportCommand: Tool {
  package static let configuration = CommandConfiguration.boms(
    "boms-import", "Bring a register in from CSV, XLSX or JSON: everything, or nothing.",
    examples: [
      "boms-import tenant tenants.csv",
      "boms-import unit 铺位台账.xlsx --sheet 一期",
      "boms-import --encoding auto --all exports/",
      "boms-import --dry-run charge_term terms.csv",
      "boms-import --template unit --format xlsx > 铺位.xlsx",
      "boms-import --describe charge_term",
      "boms-import --rejects bad.csv reading meters-2026-10.csv",
      "boms-import payment --map mappings/payment-icbc.csv --set property_no=XH01 \\",
      "  --encoding gb18030 工行202609.csv",
      "mlr --icsv --ojsonl cat terms.csv | boms-import charge_term",
    ])

  package static let exits: [ExitStatus] = [
    .some, .badData, .noInput, .cannotCreate, .inputOutput, .busy, .noPermission, .settings,
  ]

  package init() {}

  @Argument(
    help: ArgumentHelp("The register, by its English or Chinese name.", valueName: "register"),
    completion: .registers)
  var register: String?

  @Argument(
    help: ArgumentHelp("The files; none or '-' is standard input.", valueName: "file"),
    completion: .file())
  var files: [String] = []

  @Option(
    help: ArgumentHelp(
      "Import DIR/<register>.csv (.xlsx, .json, .jsonl) for every register, as one transaction.",
      valueName: "dir"),
    completion: .directory)
  var all: String?

  @Flag(help: "List the registers.")
  var list = false

  @Flag(help: "Describe the register: fields, types, units, headings, references, an example.")
  var describe = false

  @Flag(help: "Write the register's headings, to be filled in: as CSV, or with --format xlsx.")
  var template = false

  @Flag(help: "Write the data dictionary of all registers, as Markdown.")
  var dictionary = false

  @OptionGroup var input: InputOptions

  @Flag(help: "Leave out columns that the register does not know.")
  var ignoreUnknown = false

  @Flag(
    help: ArgumentHelp(
      "For each contract (tariff …) in the files, take them as the whole set of its rows."))
  var replace = false

  @Flag(help: "Allow what is recorded to be altered; print what the next run will adjust.")
  var restate = false

  @Option(
    help: ArgumentHelp("Write bad rows to FILE and import the others.", valueName: "file"),
    completion: .file())
  var rejects: String?

  @Flag(help: "Do everything and roll it back.")
  var dryRun = false

  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var errors: ErrorOptions
  @OptionGroup var say: SayOptions

  package func validate() throws {
    let asks = [list, describe, template, dictionary].filter { $0 }.count
    if asks > 1 {
      throw ValidationError("--list, --describe, --template and --dictionary exclude each other")
    }
    if list || dictionary {
      if register != nil { throw ValidationError("this option takes no register") }
      return
    }
    if all != nil {
      if register != nil || asks > 0 { throw ValidationError("--all takes no register") }
      if rejects != nil { throw ValidationError("--rejects is for one register, not for --all") }
      if !input.isPlain {
        throw ValidationError("--map, --set and --sheet are for one register, not for --all")
      }
      return
    }
    guard register != nil else {
      throw ValidationError("which register? 'boms-import --list' shows them")
    }
    if asks == 0 { try Environment.current.requireInput(files) }
  }

  package func run() throws {
    let context = say.context()
    if dictionary {
      let text = ByteOutput()
      text.append(dictionaryMarkdown(Catalogue.registers, context.language))
      return try text.flush()
    }
    if list { return try RegisterPages.list(output, context) }
    // The door comes first: who may not import is told so whatever he names.
    if let all {
      let door = try context.door(database, .importing)
      let found = try ImportFiles.found(in: all, context.console)
      let books = try door.books(of: found.map(\.register.name))
      let findings = errors.writer(context.console)
      let jobs = try found.map { register, files in
        Importer.Job(register: register, sources: try files.map { try input.source($0, findings) })
      }
      return try run(jobs, options, books, context)
    }
    let register = try ImportFiles.register(named: register ?? "")
    if describe { return try RegisterPages.describe(register, output, context) }
    if template { return try RegisterPages.template(register, output, context.environment) }
    let books = try context.books(database, .importing, of: [register.name])
    let findings = errors.writer(context.console)
    var options = options
    options.map = try input.columnMap(for: register, findings)
    options.constants = try input.constants(for: register)
    let sources = try (files.isEmpty ? ["-"] : files).map { try input.source($0, findings) }
    try run([Importer.Job(register: register, sources: sources)], options, books, context)
  }

  private var options: Importer.Options {
    var options = Importer.Options()
    options.encoding = input.encoding
    options.ignoresUnknown = ignoreUnknown
    options.replaces = replace
    options.restates = restate
    return options
  }

  func run(
    _ jobs: [Importer.Job], _ options: Importer.Options, _ books: Books, _ context: Context
  ) throws {
    let run = ImportRun(
      books: books, jobs: jobs, options: options, rejectsPath: rejects, dryRun: dryRun)
    let outcome = try run.run(context.console)
    try ImportReport(output: output, errors: errors, isDryRun: dryRun, keepsGood: rejects != nil)
      .tell(outcome, context)
  }
}
