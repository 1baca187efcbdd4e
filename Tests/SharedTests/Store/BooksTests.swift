import Foundation
import TestSupport
import Testing

@testable import Shared

struct BooksTests {
  /// A thread that reads ahead may come to its end behind the command's, or be ended with the program.
  @Test func theLogGoesWithTheBooksThoughAThreadStillHasThem() throws {
    let workspace = try Workspace()
    let path = workspace.file("m.db")
    _ = try Migration.apply(to: path, creating: true, wait: 1)
    let beside = try written(path)
    #expect(try files(workspace) == ["m.db"])
    // Whoever reads on is told so.
    #expect(throws: BooksError.self) { try count(beside) }
  }

  /// Writes, and lets go of the books while a connection beside them is there.
  private func written(_ path: String) throws -> BooksBeside {
    let books = try Books.open(path, wait: 1)
    let beside = try books.beside()
    try books.write { try $0.run("INSERT INTO tenant (tenant_no, name) VALUES ('T1', 'a')") }
    #expect(try count(beside) == 1)
    return beside
  }

  private func count(_ books: BooksBeside) throws -> Int {
    try books.read { try TestDatabase.texts($0, "SELECT tenant_no FROM tenant").count }
  }

  private func files(_ workspace: Workspace) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: workspace.path)
      .filter { $0.hasPrefix("m.db") }.sorted()
  }
}
