import Glibc
import Shared
import Testing

@Suite struct InputSourceTests {
  @Test func aMissingFileIsNoInput() {
    let failure = #expect(throws: Failure.self) { try InputSource("/no/such/file.csv").open() }
    #expect(failure?.status == .noInput)
    #expect(failure?.message.en == "cannot read '/no/such/file.csv': No such file or directory")
    #expect(failure?.hint != nil)
  }

  @Test func aDirectoryIsNoInput() {
    let failure = #expect(throws: Failure.self) { try InputSource("/tmp").open() }
    #expect(failure?.status == .noInput)
    #expect(failure?.message.zh == "无法读取“/tmp”：这是目录")
  }

  @Test func standardInputHasAName() {
    #expect(InputSource("-").name == "<stdin>")
  }

  @Test func aPipeIsReadTwiceOnlyIfThatWasPrepared() throws {
    for isPrepared in [true, false] {
      var ends: [Int32] = [0, 0]
      #expect(pipe(&ends) == 0)
      let content = Array("a,b\n1,2\n".utf8)
      #expect(write(ends[1], content, content.count) == content.count)
      close(ends[1])
      defer { close(ends[0]) }
      let source = InputSource("/dev/fd/\(ends[0])", chunkSize: 3)
      if isPrepared { try source.prepareRereading() }
      #expect(try rows(source) == ["1: a|b", "2: 1|2"])
      if isPrepared {
        #expect(try rows(source) == ["1: a|b", "2: 1|2"])
      } else {
        let failure = #expect(throws: Failure.self) { try rows(source) }
        #expect(failure?.status == .inputOutput)
      }
    }
  }

  @Test func aFileIsReadAsOftenAsWanted() throws {
    var template = Array("/tmp/boms-test-XXXXXX".utf8CString)
    let number = mkstemp(&template)
    defer { unlink(template) }
    let content = Array("x\ny\n".utf8)
    #expect(write(number, content, content.count) == content.count)
    close(number)
    let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let source = InputSource(path)
    for _ in 0..<3 { #expect(try rows(source) == ["1: x", "2: y"]) }
  }
}
