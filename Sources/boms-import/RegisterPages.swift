import Shared

/// What can be asked of the registers without a database.
enum RegisterPages {
  static func list(_ output: OutputOptions, _ context: Context) throws {
    let writer = output.writer(
      [
        Column(.text("register", "登记表")), Column(.text("name", "名称")),
        Column(.text("keys", "主键")), Column(.text("summary", "说明")),
      ], context.environment)
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
      FieldDescription.columns.map { Column(.text($0, $0)) }, context.environment)
    for row in register.description(in: context.language) {
      for cell in row.cells {
        if cell.isEmpty { writer.null() } else { writer.text(cell) }
      }
      try writer.endRow()
    }
    try writer.finish()
  }

  /// A CSV with headings and no rows, whatever `--format` says.
  static func template(_ register: Register, _ output: OutputOptions) throws {
    try RecordWriter(
      .csv, register.fields.map { Column($0) }, headings: output.headings, bom: output.bom
    ).finish()
  }
}
