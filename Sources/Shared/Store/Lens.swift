import GRDB

/// What a user of some properties sees of the books.
package struct Lens {
  private let properties: Set<String>?

  package init(properties: Set<String>?, reveals: Bool) {
    self.properties = properties
  }

  /// Lets unqualified names in all SQL of this connection mean what the user may see.
  package func put(on db: Database) throws {
    if properties != nil {
      throw Failure(
        .noPermission,
        Phrase("roles for single properties do not work yet", "尚不支持按项目限定的角色"))
    }
  }
}
