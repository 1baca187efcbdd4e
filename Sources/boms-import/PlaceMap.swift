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
  /// Rows of one page mostly come one after the other: the page at hand is kept apart.
  private var pages: [Int64: [UInt64]] = [:]
  private var current: (number: Int64, page: [UInt64]) = (-1, [])

  subscript(id: Int64) -> Place? {
    get {
      let number = id / PlaceMap.pageSize
      let offset = Int(id % PlaceMap.pageSize)
      let packed =
        number == current.number ? current.page[offset] : pages[number]?[offset] ?? 0
      guard packed != 0 else { return nil }
      return Place(
        file: Int(packed >> 40), line: Int(packed >> 1 & 0x7F_FFFF_FFFF),
        isChanged: packed & 1 == 1)
    }
    set {
      let number = id / PlaceMap.pageSize
      if number != current.number { turn(to: number) }
      current.page[Int(id % PlaceMap.pageSize)] =
        newValue.map {
          UInt64($0.file) << 40 | UInt64($0.line) << 1 | ($0.isChanged ? 1 : 0)
        } ?? 0
    }
  }

  private mutating func turn(to number: Int64) {
    if current.number >= 0 { pages[current.number] = current.page }
    // Taken out, so that the page at hand is the only copy and is changed in place.
    let page = pages.removeValue(forKey: number)
    current = (number, page ?? Array(repeating: 0, count: Int(PlaceMap.pageSize)))
  }

  /// The place of the first changed row, in the order of row ids.
  var firstChanged: Place? {
    for number in (Array(pages.keys) + [current.number]).sorted() where number >= 0 {
      for offset in 0..<PlaceMap.pageSize {
        let id = number * PlaceMap.pageSize + offset
        if let place = self[id], place.isChanged { return place }
      }
    }
    return nil
  }
}
