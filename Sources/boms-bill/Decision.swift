import ArgumentParser
import Shared

/// What every command has in common by which somebody decides something: why, for which day, and
/// whether it is only tried.
struct Decision: ParsableArguments {
  @Option(help: "Why; it is kept with what is decided.")
  var reason: String

  @Flag(help: "Do everything and roll it back.")
  var dryRun = false

  @OptionGroup var asOf: AsOfOption
  @OptionGroup var database: DatabaseOptions
  @OptionGroup var say: SayOptions

  func validate() throws {
    if reason.allSatisfy(\.isWhitespace) { throw ValidationError("--reason must say why") }
  }

  /// The context, the day, and the books.
  func open() throws -> (context: Context, day: CivilDate, books: Books) {
    let context = say.context()
    return (
      context, asOf.day(context.environment),
      try Books.open(try database.path(context.environment), wait: database.wait)
    )
  }
}
