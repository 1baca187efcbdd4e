import Glibc

// Search by bytes: that of the standard library and of Foundation compares characters, folded or
// broken into clusters, which no label of a document needs and which takes a hundred times as long.

extension UnsafeRawBufferPointer {
  /// Where the text begins that comes first at or behind `start`.
  package func firstIndex(of text: StaticString, from start: Int = 0) -> Int? {
    guard let base = baseAddress else { return nil }
    let length = text.utf8CodeUnitCount
    var index = start
    while index + length <= count,
      let found = memchr(base + index, Int32(text.utf8Start.pointee), count - length - index + 1)
    {
      if memcmp(found, text.utf8Start, length) == 0 { return base.distance(to: found) }
      index = base.distance(to: found) + 1
    }
    return nil
  }
}

extension StringProtocol {
  /// Whether the text stands in it.
  package func holds(_ text: StaticString) -> Bool { end(of: text) != nil }

  /// Where the text ends that stands in it first.
  package func end(of text: StaticString) -> Index? {
    // Strings of Swift are UTF-8 side by side in memory.
    let found = utf8.withContiguousStorageIfAvailable { bytes in
      UnsafeRawBufferPointer(bytes).firstIndex(of: text)
    }
    guard let found, let start = found else { return nil }
    return utf8.index(utf8.startIndex, offsetBy: start + text.utf8CodeUnitCount)
  }
}
