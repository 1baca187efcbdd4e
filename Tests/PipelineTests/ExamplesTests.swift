import Foundation
import TestSupport
import Testing

/// Pages are tried: what stands after `$` in their console blocks is run, in one shell from the top to
/// the bottom, and what stands below is what comes out. A line `…` stands for any lines.
@Suite struct ExamplesTests {
  private struct Example {
    var command: String
    var shown: [String] = []
  }

  @Test(arguments: [["README.md", "docs/scripting.md"], ["README.zh-CN.md"]])
  func whatAPageShowsIsWhatComesOut(pages: [String]) throws {
    let workspace = try Workspace()
    defer { withExtendedLifetime(workspace) {} }
    var examples: [Example] = []
    var script = "cd '\(workspace.path)'\n"
    for page in pages {
      for block in try ExamplesTests.blocks(of: page) {
        if block.isConsole {
          let found = ExamplesTests.examples(in: block.lines)
          for example in found {
            script += "eval \(ExamplesTests.quoted(example.command)) 2>&1\nprintf '\\036'\n"
          }
          examples += found
        } else {
          for file in try DocsTests.files(shownIn: page) {
            script += "printf %s \(ExamplesTests.quoted(file.text)) > \(file.name)\n"
          }
        }
      }
    }
    let ran = try ScriptRunner(variables: ["LC_ALL": "C.UTF-8"]).run("bash", "-c", script)
    let outputs = ran.output.split(separator: "\u{1E}", omittingEmptySubsequences: false)
    try #require(outputs.count == examples.count + 1)
    #expect(ran.errors == "")
    for (example, output) in zip(examples, outputs) {
      var lines = output.split(separator: "\n", omittingEmptySubsequences: false).map {
        String($0.reversed().drop { $0 == " " }.reversed())
      }
      if lines.last == "" { lines.removeLast() }
      #expect(
        ExamplesTests.isShown(lines[...], by: example.shown[...]),
        "\(example.command)\n\(lines.joined(separator: "\n"))")
    }
  }

  private static func isShown(_ lines: ArraySlice<String>, by shown: ArraySlice<String>) -> Bool {
    guard let first = shown.first else { return lines.isEmpty }
    if first == "…" {
      return (lines.startIndex...lines.endIndex).contains {
        isShown(lines[$0...], by: shown.dropFirst())
      }
    }
    return lines.first == first && isShown(lines.dropFirst(), by: shown.dropFirst())
  }

  private static func quoted(_ text: String) -> String {
    "'" + text.replacing("'", with: "'\\''") + "'"
  }

  /// The blocks to be run, and those that show the files of a small property.
  private static func blocks(of page: String) throws -> [(isConsole: Bool, lines: [String])] {
    let text = try String(contentsOfFile: ScriptRunner.root + "/" + page, encoding: .utf8)
    let parts = text.components(separatedBy: "\n```")
    // Every second part is in a block; it begins with what the block is.
    return stride(from: 1, to: parts.count, by: 2).compactMap { at in
      let lines = parts[at].components(separatedBy: "\n")
      let isConsole = lines[0] == "console"
      let hasFiles = lines.dropFirst().first?.hasPrefix("company.csv ") == true
      return isConsole || hasFiles ? (isConsole, Array(lines.dropFirst())) : nil
    }
  }

  private static func examples(in lines: [String]) -> [Example] {
    var found: [Example] = []
    for line in lines {
      if line.hasPrefix("$ ") {
        found.append(Example(command: String(line.dropFirst(2))))
      } else if line.hasPrefix("> "), found.last?.shown == [] {
        found[found.count - 1].command += "\n" + line.dropFirst(2)
      } else if !found.isEmpty {
        found[found.count - 1].shown.append(line)
      }
    }
    return found
  }
}
