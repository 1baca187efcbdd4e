import ArgumentParser
import Shared

/// Brings registers and facts in, from CSV or JSON.
package struct ImportCommand: Tool {
  package static let configuration = CommandConfiguration.boms(
    "boms-import",
    Phrase(
      "Bring a register in from CSV, XLSX or JSON: everything, or nothing.",
      "从 CSV、XLSX 或 JSON 导入登记表：全部无误才写入。"),
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
    help: .boms(
      "The register, by its English or Chinese name.", "登记表的英文名或中文名。", valueName: "register"),
    completion: .registers)
  var register: String?

  @Argument(
    help: .boms("The files; none or '-' is standard input.", "文件；不给或“-”为标准输入。", valueName: "file"),
    completion: .file())
  var files: [String] = []

  @Option(
    help: .boms(
      "Import DIR/<register>.csv (.xlsx, .json, .jsonl) for every register, as one transaction.",
      "导入全部登记表的 DIR/<register>.csv（.xlsx、.json、.jsonl），作为一个事务。",
      valueName: "dir"),
    completion: .directory)
  var all: String?

  @Flag(help: .boms("List the registers.", "列出登记表。"))
  var list = false

  @Flag(
    help: .boms(
      "Describe the register: fields, types, units, headings, references, an example.",
      "说明登记表：字段、类型、单位、表头、引用和示例。"))
  var describe = false

  @Flag(
    help: .boms(
      "Write the register's headings, to be filled in: as CSV, or with --format xlsx.",
      "写出登记表的表头供填写：CSV，或加 --format xlsx。"))
  var template = false

  @Flag(
    help: .boms(
      "Write the data dictionary of all registers, as Markdown.", "写出全部登记表的数据字典，Markdown 格式。"))
  var dictionary = false

  @OptionGroup var input: InputOptions

  @Flag(help: .boms("Leave out columns that the register does not know.", "忽略登记表没有的列。"))
  var ignoreUnknown = false

  @Flag(
    help: .boms(
      "For each contract (tariff …) in the files, take them as the whole set of its rows.",
      "文件中出现的每份合同（费率等），以文件中的行为其全部的行。"))
  var replace = false

  @Flag(
    help: .boms(
      "Allow what is recorded to be altered; print what the next run will adjust.",
      "允许修改已出账的内容，并显示下次出账将作的调整。"))
  var restate = false

  @Option(
    help: .boms(
      "Write bad rows to FILE and import the others.", "有错的行写入 FILE，其余照常导入。", valueName: "file"),
    completion: .file())
  var rejects: String?

  @Flag(help: .boms("Do everything and roll it back.", "试运行：照常执行，最后撤销。"))
  var dryRun = false

  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var errors: ErrorOptions
  @OptionGroup var say: SayOptions

  package func validate() throws {
    let asks = [list, describe, template, dictionary].filter { $0 }.count
    if asks > 1 {
      throw ValidationError(
        "--list, --describe, --template and --dictionary exclude each other",
        "--list、--describe、--template 和 --dictionary 只能用一个")
    }
    if list || dictionary {
      if register != nil { throw ValidationError("this option takes no register", "此选项不能与登记表同用") }
      return
    }
    if all != nil {
      if register != nil || asks > 0 {
        throw ValidationError("--all takes no register", "--all 不能与登记表同用")
      }
      if rejects != nil {
        throw ValidationError(
          "--rejects is for one register, not for --all", "--rejects 用于单个登记表，不能与 --all 同用")
      }
      if !input.isPlain {
        throw ValidationError(
          "--map, --set and --sheet are for one register, not for --all",
          "--map、--set 和 --sheet 用于单个登记表，不能与 --all 同用")
      }
      return
    }
    guard register != nil else {
      throw ValidationError(
        "which register? 'boms-import --list' shows them", "请给出登记表，可用 'boms-import --list' 查看")
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
