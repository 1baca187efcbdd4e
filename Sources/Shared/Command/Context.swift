/// What a command runs in. `run()` gathers it, `run(context)` works; a test makes its own.
package struct Context {
  package let environment: Environment
  package let console: Console

  package init(environment: Environment, console: Console) {
    self.environment = environment
    self.console = console
  }

  package var language: Language { console.language }
}
