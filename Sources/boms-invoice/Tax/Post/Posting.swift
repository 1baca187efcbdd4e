import Shared

/// How one invoice is to be posted, and where that was said.
struct Posting {
  var number = ""
  var voucher: String?
  var period: CivilMonth?
  /// The day of the voucher.
  var on: CivilDate?
  var summary: String?
  var file = ""
  var line = 0

  func of(_ number: String) -> Posting {
    var posting = self
    posting.number = number
    return posting
  }
}
