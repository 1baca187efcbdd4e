import ArgumentParser
import Shared

/// What every command of the tax side that writes to the pool has in common.
struct Recording: ParsableArguments {
  @Flag(help: "Do everything and roll it back.")
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
