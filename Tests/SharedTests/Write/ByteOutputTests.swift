import Glibc
import Testing

@testable import Shared

@Suite struct ByteOutputTests {
  @Test func bytesReachTheDescriptorInOrderWhateverTheSizeOfTheBuffer() throws {
    let path = "/tmp/boms-byte-output-\(getpid())-\(UInt32.random(in: 0...UInt32.max))"
    let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL, 0o600)
    defer {
      close(descriptor)
      unlink(path)
    }
    let output = ByteOutput(descriptor: descriptor, capacity: 64)
    var expected = ""
    for number in 0..<200 {
      let text = String(repeating: "字", count: number % 50) + "\(number)\n"
      output.append(text)
      expected += text
    }
    output.append(0x21)
    try output.flush()
    expected += "!"
    var bytes = [UInt8](repeating: 0, count: expected.utf8.count + 1)
    let count = pread(descriptor, &bytes, bytes.count, 0)
    #expect(String(decoding: bytes.prefix(count), as: UTF8.self) == expected)
  }

  @Test func memoryGrowsToHoldEverything() {
    let output = ByteOutput.memory(capacity: 64)
    output.append(String(repeating: "abc", count: 1000))
    output.append("d")
    output.append(0x65, times: 70)
    #expect(
      output.text == String(repeating: "abc", count: 1000) + "d" + String(repeating: "e", count: 70)
    )
  }

  @Test func aFullDiskIsAnInputOutputFailureInBothLanguages() throws {
    let descriptor = open("/dev/full", O_WRONLY)
    defer { close(descriptor) }
    let output = ByteOutput(descriptor: descriptor)
    output.append("x")
    let failure = #expect(throws: Failure.self) { try output.flush() }
    #expect(failure?.status == .inputOutput)
    #expect(failure?.message.en == "cannot write to standard output: no space left on the disk")
    #expect(failure?.message.zh == "无法写入标准输出：磁盘空间不足")
  }

  @Test func aFailedWriteIsToldAtTheEndOfTheRowAndAgainAtTheEnd() throws {
    let descriptor = open("/dev/full", O_WRONLY)
    defer { close(descriptor) }
    let writer = RecordWriter(
      .csv, [Column("note", "备注", .text)],
      to: ByteOutput(descriptor: descriptor, capacity: 64))
    writer.text(String(repeating: "x", count: 100))
    #expect(throws: Failure.self) { try writer.endRow() }
    #expect(throws: Failure.self) { try writer.finish() }
  }
}
