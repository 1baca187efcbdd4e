/// How records are written.
package enum OutputFormat: String, CaseIterable, Sendable {
  case csv, json, jsonl, table, xlsx
}
