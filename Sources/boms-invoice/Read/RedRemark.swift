import Shared

/// What the remark of a red invoice says of the one that it takes back:
/// `被红冲蓝字数电发票号码：<20 digits> 红字发票信息确认单编号：<20 digits>`.
struct RedRemark {
  var blueNumber: String?
  var confirmationNumber: String?

  init(_ remark: String) {
    for label: StaticString in ["被红冲蓝字数电发票号码", "被红冲蓝字数电票号码"]
    where blueNumber == nil {
      blueNumber = RedRemark.number(after: label, in: remark[...], digits: 20...20).map(String.init)
    }
    confirmationNumber =
      RedRemark.number(after: "红字发票信息确认单编号", in: remark[...], digits: 16...24).map(String.init)
    // An invoice from before 数电票: 对应正数发票代码:144031809110号码:12345678.
    if blueNumber == nil,
      let code = RedRemark.number(after: "对应正数发票代码", in: remark[...], digits: 10...12),
      let number = RedRemark.number(after: "号码", in: remark[code.endIndex...], digits: 8...8)
    {
      blueNumber = "\(code)-\(number)"
    }
  }

  /// The digits that follow the label and a colon.
  private static func number(
    after label: StaticString, in text: Substring, digits: ClosedRange<Int>
  ) -> Substring? {
    guard let end = text.end(of: label) else { return nil }
    let rest = text[end...].drop { $0 == "：" || $0 == ":" || $0.isWhitespace }
    let number = rest.prefix { $0.isASCII && $0.isNumber }
    return digits.contains(number.count) ? number : nil
  }
}
