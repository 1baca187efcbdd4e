import Testing

@testable import Shared

@Suite struct EnvironmentTests {
  @Test(arguments: [
    ([:], Language.en), (["LANG": "zh_CN.UTF-8"], .zh), (["LANG": "en_US.UTF-8"], .en),
    (["LANG": "zh_CN.UTF-8", "LC_ALL": "C"], .en),
    (["LANG": "C", "LC_MESSAGES": "zh_CN"], .zh),
    (["LANG": "zh_CN.UTF-8", "LC_ALL": ""], .zh),
    (["LANG": "zh_CN.UTF-8", "BOMS_LANG": "en"], .en), (["BOMS_LANG": "zh", "LC_ALL": "C"], .zh),
  ])
  func theLanguageIsBOMS_LANGElseTheLocale(_ variables: [String: String], _ language: Language) {
    #expect(Environment(variables: variables).language == language)
  }

  @Test func colourNeedsATerminalAndNoRefusal() {
    #expect(!Environment().isErrorColoured)
    #expect(Environment(isErrorTerminal: true).isErrorColoured)
    #expect(!Environment(variables: ["NO_COLOR": "1"], isErrorTerminal: true).isErrorColoured)
    #expect(Environment(variables: ["NO_COLOR": ""], isErrorTerminal: true).isErrorColoured)
    #expect(!Environment(variables: ["TERM": "dumb"], isErrorTerminal: true).isErrorColoured)
    // Without colour a line can still be written over.
    #expect(Environment(variables: ["NO_COLOR": "1"], isErrorTerminal: true).isErrorErasable)
    #expect(!Environment(variables: ["TERM": "dumb"], isErrorTerminal: true).isErrorErasable)
  }

  @Test func todayIsACivilDayOfOurTime() {
    #expect(Environment.current.today > CivilDate(iso: "2024-01-01")!)
  }
}
