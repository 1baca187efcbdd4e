import ArgumentParser

/// What every command has in common by which somebody decides something: why, for which day, and
/// whether it is only tried.
package struct Decision: ParsableArguments {
  @Option(help: .boms("Why; it is kept with what is decided.", "原因，与决定一并保存。"))
  package var reason: String

  @Flag(help: .boms("Do everything and roll it back.", "试运行：照常执行，最后撤销。"))
  package var dryRun = false

  @OptionGroup package var asOf: AsOfOption
  @OptionGroup package var database: DatabaseOptions
  @OptionGroup package var say: SayOptions

  package init() {}

  package func validate() throws {
    if reason.allSatisfy(\.isWhitespace) {
      throw ValidationError("--reason must say why", "--reason 须写明原因")
    }
  }

  /// The context, the day, and the books.
  /// - Parameter changing: the registers that the command changes.
  package func open(changing: [String] = []) throws -> (
    context: Context, day: CivilDate, books: Books
  ) {
    let context = say.context()
    let books = try context.books(database, .writing, changing: changing)
    return (context, asOf.day(context.environment), books)
  }
}
