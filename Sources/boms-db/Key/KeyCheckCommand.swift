import ArgumentParser
import Shared

/// `boms-db key check`: whether the key opens everything, and everything is sealed.
struct KeyCheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "check",
    Phrase("Open every sealed value; exit 1 if some stand in the clear.", "试解全部加密的值；有明文时退出码为 1。"),
    examples: ["BOMS_KEY_FILE=/etc/boms/key boms-db key check --db mall.db"],
    discussion: Phrase(
      """
      Lists how many values of each column are sealed and how many stand in the clear; of the values \
      themselves nothing is shown. A value that was changed, or was moved from another row, ends \
      with 74.
      """,
      """
      列出各列已加密和仍为明文的值各多少个，不显示值本身。值被改动或从其他行移来时，退出码为 \
      74。
      """))

  @OptionGroup var key: KeyFileOption
  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var say: SayOptions

  func run() throws {
    let context = say.context()
    let file = try key.path(context.environment)
    let books = try Books.open(
      try database.path(context.environment), wait: database.wait, keyFile: file
    ).admitting(context.visit(.inspecting))
    let (id, found) = try books.read { (try SealStore.keyID($0), try SealStore.check($0)) }
    guard let id else {
      throw Failure(
        .some, Phrase("the database is not sealed", "数据库未加密"),
        hint: Phrase("'boms-db key create' seals it", "可用 'boms-db key create' 加密"))
    }
    let writer = output.writer(
      [
        Column(.text("table", "表")), Column(.text("column", "列")),
        Column(.integer("sealed", "已加密", 0...Int.max)),
        Column(.integer("clear", "明文", 0...Int.max)),
      ], context.environment, titled: Phrase("sealed", "加密"))
    for row in found {
      writer.text(row.column.table)
      writer.text(row.column.column)
      writer.integer(Int64(row.sealed))
      writer.integer(Int64(row.clear))
      try writer.endRow()
    }
    try writer.finish()
    let clear = found.reduce(0) { $0 + $1.clear }
    var summary = Summary(
      (Phrase("sealed", "已加密"), found.reduce(0) { $0 + $1.sealed }),
      (Phrase("in the clear", "明文"), clear))
    summary.note(Phrase("key \(id)", "密钥 \(id)"))
    context.console.say(summary)
    if clear > 0 { throw ExitStatus.some }
  }
}
