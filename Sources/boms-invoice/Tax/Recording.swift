import ArgumentParser
import Shared

/// What every command of the tax side that writes to the pool has in common.
struct Recording: ParsableArguments {
  @Flag(help: .boms("Do everything and roll it back.", "试运行：照常执行，最后撤销。"))
  var dryRun = false

  @OptionGroup var asOf: AsOfOption
  @OptionGroup var database: DatabaseOptions
  @OptionGroup var say: SayOptions

  /// The context, the day of what is recorded, and the books.
  func open() throws -> (context: Context, day: CivilDate, books: Books) {
    let context = say.context()
    return (context, asOf.day(context.environment), try context.books(database, .writing))
  }
}
