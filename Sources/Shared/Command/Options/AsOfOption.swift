import ArgumentParser

/// The day on which a result depends: the one place where today enters.
package struct AsOfOption: ParsableArguments {
  @Option(
    help: .boms("The day to work for (default: today).", "按哪一天计算（默认：今天）。", valueName: "YYYY-MM-DD"),
    transform: CivilDate.parse)
  package var asOf: CivilDate?

  package init() {}

  package func day(_ environment: Environment) -> CivilDate {
    asOf ?? environment.today
  }
}
