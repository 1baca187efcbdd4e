import Shared

/// What can be asked of the registers without a database.
enum RegisterPages {
  static func list(_ output: OutputOptions, _ context: Context) throws {
    let writer = output.writer(
      [
        Column(.code("register", "登记表")), Column(.text("name", "名称")),
        Column(.text("keys", "主键")), Column(.text("summary", "说明")),
      ], context.environment, titled: Phrase("registers", "登记表"))
    for register in Catalogue.registers {
      writer.text(register.name)
      writer.text(register.zh)
      writer.text(register.keys.map(\.name).joined(separator: ";"))
      writer.text(register.summary.text(context.language))
      try writer.endRow()
    }
    try writer.finish()
  }

  static func describe(_ register: Register, _ output: OutputOptions, _ context: Context) throws {
    let writer = output.writer(
      FieldDescription.columns.map { Column($0) }, context.environment,
      titled: Phrase(register.name, register.zh))
    for row in register.description(in: context.language) {
      for cell in row.cells {
        if cell.isEmpty { writer.null() } else { writer.text(cell) }
      }
      try writer.endRow()
    }
    try writer.finish()
  }

  /// Headings and no rows, as CSV or as a workbook.
  static func template(
    _ register: Register, _ output: OutputOptions, _ environment: Environment
  ) throws {
    var output = output
    if output.format != .xlsx { output.format = .csv }
    try output.writer(
      register.fields.map { Column($0) }, environment, titled: Phrase(register.name, register.zh)
    ).finish()
  }
}
