import Glibc

extension UnsafeRawBufferPointer {
  /// Where the text begins that comes first at or behind `start`.
  func firstIndex(of text: StaticString, from start: Int = 0) -> Int? {
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
