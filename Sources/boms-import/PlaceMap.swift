/// Where in the input each row of a table came from, by row id: what a rule over many rows needs
/// to name a line. Eight bytes a row that the import touched.
struct PlaceMap {
  struct Place: Equatable {
    var file: Int
    var line: Int
    /// Whether the row is new or different.
    var isChanged: Bool
  }

  private static let pageSize: Int64 = 4096
  private var pages: [Int64: [UInt64]] = [:]

  subscript(id: Int64) -> Place? {
    get {
      guard let page = pages[id / PlaceMap.pageSize] else { return nil }
      let packed = page[Int(id % PlaceMap.pageSize)]
      guard packed != 0 else { return nil }
      return Place(
        file: Int(packed >> 40), line: Int(packed >> 1 & 0x7F_FFFF_FFFF),
        isChanged: packed & 1 == 1)
    }
    set {
      let packed = newValue.map {
        UInt64($0.file) << 40 | UInt64($0.line) << 1 | ($0.isChanged ? 1 : 0)
      }
      pages[
        id / PlaceMap.pageSize,
        default: Array(repeating: 0, count: Int(PlaceMap.pageSize))][Int(id % PlaceMap.pageSize)] =
        packed ?? 0
    }
  }

  /// The first changed place that `isWanted` accepts, in the order of row ids.
  func firstChanged(where isWanted: (Int64) throws -> Bool) rethrows -> Place? {
    for number in pages.keys.sorted() {
      for offset in 0..<PlaceMap.pageSize {
        let id = number * PlaceMap.pageSize + offset
        if let place = self[id], place.isChanged, try isWanted(id) { return place }
      }
    }
    return nil
  }
}
