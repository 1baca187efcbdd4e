import Shared

/// One invoice with all that is known of it: a page to read, or one JSON object.
enum ShowPage {
  static func page(
    _ detail: InvoiceDetail, headings: Language, width: Int?, to output: ByteOutput = ByteOutput()
  ) throws {
    let facts = RecordWriter(
      .table, [Column(.text("field", "项目")), Column(.text("value", "内容"))], headings: headings,
      width: width, to: output)
    for (field, cell) in detail.facts where cell != .null {
      facts.text(Column(field).heading(headings))
      facts.text(cell.text(as: field.kind, headings))
      try facts.endRow()
    }
    try facts.finish()
    for section in detail.sections where !section.rows.isEmpty {
      output.append("\n\(headings == .zh ? section.zh : section.name)\n")
      // A column without a value in any row tells nothing.
      let shown = section.fields.indices.filter { index in
        section.rows.contains { $0[index] != .null }
      }
      let writer = RecordWriter(
        .table, shown.map { Column(section.fields[$0]) }, headings: headings, width: width,
        to: output)
      for row in section.rows { try writer.row(shown.map { row[$0] }) }
      try writer.finish()
    }
    try output.flush()
  }

  static func json(_ detail: InvoiceDetail, to output: ByteOutput = ByteOutput()) throws {
    let object = ByteOutput.memory()
    let facts = RecordWriter(.jsonl, detail.facts.map { Column($0.field) }, to: object)
    try facts.row(detail.facts.map(\.cell))
    // Without the end of the object: the sections are members of it.
    output.append(UnsafeBufferPointer(rebasing: object.bytes.dropLast(2)))
    for section in detail.sections {
      output.append(",\n\"\(section.name)\":")
      let rows = ByteOutput.memory()
      let writer = RecordWriter(.json, section.fields.map { Column($0) }, to: rows)
      for row in section.rows { try writer.row(row) }
      try writer.finish()
      output.append(UnsafeBufferPointer(rebasing: rows.bytes.dropLast(1)))
    }
    output.append("}\n")
    try output.flush()
  }
}
