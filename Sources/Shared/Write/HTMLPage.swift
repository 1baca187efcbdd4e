/// A printable page: letters, statements, lists. One file with its stylesheet in it, which loads
/// nothing from anywhere: it can be mailed, kept and printed as it is.
package enum HTMLPage {
  /// The page from its doctype to its end.
  package static func write(
    title: String, _ language: Language, to output: ByteOutput,
    body: (HTMLWriter) throws -> Void
  ) throws {
    let html = HTMLWriter(output)
    output.append("<!DOCTYPE html>\n")
    try html.element("html", .head("lang", language == .zh ? "zh-CN" : "en")) {
      html.element("head") {
        html.void("meta", .head("charset", "utf-8"))
        html.void(
          "meta", .head("name", "viewport"), .head("content", "width=device-width, initial-scale=1")
        )
        // Whatever got into the page in spite of the escaping, it would not run.
        html.void(
          "meta", .head("http-equiv", "Content-Security-Policy"),
          .head("content", "default-src 'none'; style-src 'unsafe-inline'"))
        // Account numbers are not telephone numbers.
        html.void(
          "meta", .head("name", "format-detection"), .head("content", "telephone=no"))
        html.element("title", text: title)
        output.append("\n<style>\n")
        PackageResources.page_css.withUnsafeBufferPointer { output.append($0) }
        output.append("</style>\n")
      }
      try html.element("body") { try body(html) }
    }
    try output.check()
  }
}
