/// A zip made byte by byte, so that it can be wrong in any way that a test asks for.
struct ComposedZip {
  struct Member {
    /// As bytes: a zip does not say how its names are written, unless by `isUTF8`.
    var name: [UInt8]
    var content: [UInt8]
    var isUTF8 = false
    var isEncrypted = false
    /// Already deflated: how large it is unpacked.
    var unpackedSize: Int?
    /// The size that the headers claim instead.
    var claimedSize: Int?
  }

  var members: [Member] = []

  init(_ members: [(String, [UInt8])] = []) {
    self.members = members.map { Member(name: Array($0.0.utf8), content: $0.1, isUTF8: true) }
  }

  var bytes: [UInt8] {
    var file: [UInt8] = []
    var directory: [UInt8] = []
    for member in members {
      let offset = file.count
      let flags = (member.isUTF8 ? 0x800 : 0) | (member.isEncrypted ? 1 : 0)
      let size = member.claimedSize ?? member.unpackedSize ?? member.content.count
      var common: [UInt8] = []
      common += ComposedZip.little(20, 2) + ComposedZip.little(flags, 2)
      common += ComposedZip.little(member.unpackedSize == nil ? 0 : 8, 2)
      common += ComposedZip.little(0, 4)
      // Nobody reads so many zeros to their end, where their sum is looked at.
      let crc = member.unpackedSize == nil ? crc32(member.content) : 0
      common += ComposedZip.little(Int(crc), 4)
      common += ComposedZip.little(member.content.count, 4) + ComposedZip.little(size, 4)
      common += ComposedZip.little(member.name.count, 2) + ComposedZip.little(0, 2)
      file += [0x50, 0x4B, 3, 4] + common + member.name + member.content
      directory += [0x50, 0x4B, 1, 2] + ComposedZip.little(20, 2) + common
      directory += ComposedZip.little(0, 2) + ComposedZip.little(0, 2) + ComposedZip.little(0, 2)
      directory += ComposedZip.little(0, 4) + ComposedZip.little(offset, 4) + member.name
    }
    let start = file.count
    file += directory
    file += [0x50, 0x4B, 5, 6] + ComposedZip.little(0, 4)
    file += ComposedZip.little(members.count, 2) + ComposedZip.little(members.count, 2)
    file += ComposedZip.little(directory.count, 4) + ComposedZip.little(start, 4)
    file += ComposedZip.little(0, 2)
    return file
  }

  /// Zeros, deflated about 630 to 1: a literal zero and then copies of 258.
  static func zeros(named name: String, runs: Int, claimedSize: Int? = nil) -> Member {
    var bits = Bits()
    bits.add(1, 1)
    bits.add(1, 2)
    bits.addCode(0x30, 8)
    for _ in 0..<runs {
      bits.addCode(0xC5, 8)
      bits.addCode(0, 5)
    }
    bits.addCode(0, 7)
    return Member(
      name: Array(name.utf8), content: bits.bytes, unpackedSize: 1 + runs * 258,
      claimedSize: claimedSize)
  }

  private struct Bits {
    var bytes: [UInt8] = []
    private var used = 8

    mutating func add(_ value: Int, _ count: Int) {
      for bit in 0..<count {
        if used == 8 {
          bytes.append(0)
          used = 0
        }
        if value >> bit & 1 == 1 { bytes[bytes.count - 1] |= 1 << UInt8(used) }
        used += 1
      }
    }

    /// A code of Huffman has its first bit first.
    mutating func addCode(_ code: Int, _ count: Int) {
      for bit in (0..<count).reversed() { add(code >> bit & 1, 1) }
    }
  }

  private static func little(_ value: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
  }
}

private let table: [UInt32] = (0..<256).map { byte in
  (0..<8).reduce(UInt32(byte)) { value, _ in value & 1 == 1 ? 0xEDB8_8320 ^ value >> 1 : value >> 1
  }
}

private func crc32(_ bytes: some Sequence<UInt8>) -> UInt32 {
  ~bytes.reduce(~UInt32(0)) { crc, byte in table[Int((crc ^ UInt32(byte)) & 0xFF)] ^ crc >> 8 }
}
