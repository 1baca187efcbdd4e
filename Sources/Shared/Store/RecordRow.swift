// A record as a row of its register's table, its columns in the order of the fields.

extension Record {
  /// The statement reads the record's texts where they are: it is run before the next row.
  package func bind(_ index: Int, to statement: SQLStatement, _ position: Int32) {
    switch slots[index] {
    case .absent, .empty: statement.bind(position, null: ())
    case .number: statement.bind(position, numbers[index])
    case .text: statement.bind(position, held: bytes(index))
    }
  }

  package func read(_ index: Int, from statement: SQLStatement, column: Int) {
    if statement.isNull(column) {
      setEmpty(index)
    } else if case .date = register.fields[index].kind,
      let date = CivilDate(iso: statement.bytes(column))
    {
      set(index, date: date)
    } else if statement.isText(column) {
      set(index, text: statement.bytes(column))
    } else {
      set(index, number: statement.integer(column))
    }
  }

  /// The value for a sentence.
  package func display(_ index: Int) -> String {
    slots[index] == .number
      ? String(numbers[index]) : String(decoding: bytes(index), as: UTF8.self)
  }
}
