import Shared

/// Bytes that should be UTF-8 and are Chinese text in GB18030 (GBK, GB2312) instead.
enum GB18030Text {
  static func isUTF8(_ bytes: UnsafeRawBufferPointer) -> Bool {
    do throws(UTF8.ValidationError) {
      _ = try UTF8Span(validating: bytes.bindMemory(to: UInt8.self).span)
      return true
    } catch {
      return false
    }
  }

  /// The text as UTF-8; nil if the bytes are UTF-8, or no GB18030 either, or UTF-8 that was damaged.
  ///
  /// Damaged UTF-8 can be read as GB18030 too, as other characters: names would come out wrong without
  /// anybody noticing. So most of what is not ASCII must not look like UTF-8; of real GB18030 about a
  /// fifth does by chance.
  static func decode(_ bytes: UnsafeRawBufferPointer) -> [UInt8]? {
    let (likeUTF8, others) = count(bytes.bindMemory(to: UInt8.self))
    return others > likeUTF8 ? convert(bytes) : nil
  }

  /// The text as UTF-8; nil if the bytes are no GB18030.
  static func convert(_ bytes: UnsafeRawBufferPointer) -> [UInt8]? {
    guard let converter = try? Converter(from: .gb18030, capacity: bytes.count * 2 + 16) else {
      return nil
    }
    let (text, used, isBad) = converter.convert(
      bytes.bindMemory(to: UInt8.self), isLast: true)
    return isBad || used < bytes.count ? nil : Array(text)
  }

  /// Of the bytes that are not ASCII: how many belong to characters of UTF-8, and how many do not.
  private static func count(_ bytes: UnsafeBufferPointer<UInt8>) -> (likeUTF8: Int, others: Int) {
    var likeUTF8 = 0
    var others = 0
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      guard byte >= 0x80 else {
        index += 1
        continue
      }
      let length =
        switch byte {
        case 0xC2...0xDF: 2
        case 0xE0...0xEF: 3
        case 0xF0...0xF4: 4
        default: 1
        }
      let isWhole =
        length > 1 && index + length <= bytes.count
        && bytes[(index + 1)..<(index + length)].allSatisfy { (0x80...0xBF).contains($0) }
      if isWhole {
        likeUTF8 += length
        index += length
      } else {
        others += 1
        index += 1
      }
    }
    return (likeUTF8, others)
  }
}
