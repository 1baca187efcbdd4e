import ArgumentParser

/// The day on which a result depends: the one place where today enters.
package struct AsOfOption: ParsableArguments {
  @Option(
    help: ArgumentHelp("The day to work for (default: today).", valueName: "YYYY-MM-DD"),
    transform: CivilDate.parse)
  package var asOf: CivilDate?

  package init() {}

  package func day(_ environment: Environment) -> CivilDate {
    asOf ?? environment.today
  }
}
