import Shared
import TestSupport
import Testing

@testable import boms_invoice

/// What an invoice says, from what a carrier writes.
@Suite struct InvoiceFromTextTests {
  private func invoice(_ change: (inout InvoiceText) -> Void) throws -> Invoice {
    var text = InvoiceText.sample
    change(&text)
    return try #require(Invoice(text))
  }

  private func line(
    _ name: String?, _ net: String?, quantity: String? = nil, price: String? = nil
  ) -> InvoiceText.LineText {
    var line = InvoiceText.LineText()
    (line.itemName, line.net, line.quantity, line.price) = (name, net, quantity, price)
    return line
  }

  // MARK: Kinds

  @Test(
    arguments: [
      ("01", nil, .special), ("02", nil, .ordinary), ("01", "（增值税专用发票）", .special),
      ("02", "普通发票", .ordinary), (nil, "数电发票（普通发票）", .ordinary),
      (nil, "增值税电子专用发票", .special), (nil, "电子发票（铁路电子客票）", .rail),
      (nil, "电子发票（航空运输电子客票行程单）", .air), ("83", nil, .vehicle), (nil, "二手车销售统一发票", .usedVehicle),
      (nil, "机动车销售统一发票", .vehicle), ("51", nil, .rail), ("81", nil, .special),
      ("82", nil, .ordinary),
      ("61", nil, .air), (nil, nil, nil), ("", nil, nil), ("77", nil, nil),
      ("普通发票", nil, .ordinary),
    ] as [(String?, String?, InvoiceKind?)])
  func aKindIsReadByNameOrCode(code: String?, name: String?, kind: InvoiceKind?) throws {
    #expect(
      try invoice {
        $0.kindCode = code
        $0.kindName = name
      }.kind == kind)
  }

  @Test(
    arguments: [
      (["Toll"], .toll), (["通行费"], .toll), (["PassengerTransportation1"], .passenger),
      (["旅客运输服务"], .passenger), (["不动产经营租赁服务"], .lease), (["06"], .lease),
      (["RealEstateLeasing"], .lease), (["建筑服务"], .construction), (["货物运输服务"], .freight),
      (["不动产销售"], .propertySale), (["机动车"], .vehicle), (["成品油"], .other), (["RedEInvoice"], nil),
      (["RedEInvoice", "Toll"], .toll), ([], nil),
    ] as [([String], BusinessType?)])
  func whatBusinessItIsIsReadFromItsBlock(names: [String], business: BusinessType?) throws {
    #expect(try invoice { $0.specific = names }.business == business)
  }

  // MARK: Red

  @Test func redIsWhatTheTicketSaysOfItself() throws {
    #expect(try invoice { $0.issueType = "N" }.isRed)
    #expect(try !invoice { $0.issueType = "Y" }.isRed)
    #expect(try !invoice { $0.issueType = nil }.isRed)
    #expect(
      try invoice {
        $0.issueType = nil
        ($0.net, $0.tax, $0.gross) = ("-100.00", "-6.00", "-106.00")
      }.isRed)
    #expect(
      try invoice {
        $0.issueType = nil
        $0.specific = ["RedEInvoice"]
      }.isRed)
  }

  @Test func aRedInvoiceNamesItsBlueOneAndItsConfirmation() throws {
    let red = try invoice {
      $0.issueType = "N"
      $0.blueNumber = "26332000000000000101"
      $0.confirmationNumber = "33010826051002615708"
    }
    #expect(red.blueNumber?.text == "26332000000000000101")
    #expect(red.confirmationNumber == "33010826051002615708")
    let old = try invoice {
      $0.issueType = "N"
      $0.blueNumber = "033002000211-83089647"
    }
    #expect(old.blueNumber?.text == "033002000211-83089647")
  }

  @Test func aBlueInvoiceHasNoBlueNumber() throws {
    let blue = try invoice {
      $0.issueType = nil
      // From a remark that speaks of another invoice.
      $0.blueNumber = "26332000000000000100"
    }
    #expect(!blue.isRed)
    #expect(blue.blueNumber == nil)
  }

  // MARK: Discounts

  @Test func aDiscountTakesOffTheLineBeforeAndMakesNothingRed() throws {
    let taxi = try invoice {
      $0.issueType = nil
      ($0.net, $0.tax, $0.gross) = ("38.39", "1.15", "39.54")
      $0.lines = [
        line("*交通运输服务*客运服务费", "39.35", quantity: "1", price: "39.35"),
        line("*交通运输服务*客运服务费", "-0.96"),
      ]
    }
    #expect(!taxi.isRed)
    #expect(taxi.lines.map(\.isDiscount) == [false, true])
  }

  @Test func aLineBelowZeroIsNoDiscountIfItIsCountedOrOfAnotherItem() throws {
    let returned = try invoice {
      $0.lines = [
        line("A", "100.00"), line("A", "-10.00", quantity: "-1", price: "10"), line("B", "-5.00"),
        line("C", "-5.00"),
      ]
    }
    #expect(returned.lines.allSatisfy { !$0.isDiscount })
  }

  @Test func onARedInvoiceADiscountIsGivenBack() throws {
    let red = try invoice {
      $0.issueType = "N"
      ($0.net, $0.tax, $0.gross) = ("-90.00", "0.00", "-90.00")
      $0.lines = [line("A", "-100.00"), line("A", "10.00"), line("A", "-3.00")]
    }
    #expect(red.lines.map(\.isDiscount) == [false, true, false])
  }

  // MARK: Days

  @Test(arguments: [
    "2026-03-18", "2026-03-18 16:05:42", "2026-03-18T18:38:04", "20260318", "20260318160542",
    "20260318160542000", "2026/03/18", "2026/3/18 9:05", "2026年03月18日", "2026年3月18日 16:05",
    "2026 年 03 月 18 日", "２０２６年３月１８日", "2026.03.18",
  ])
  func aDayIsReadInEveryFormThatWasSeen(text: String) {
    #expect(InvoiceValue.day(text) == "2026-03-18")
  }

  @Test(arguments: [
    "", "2026", "2026-13-01", "2026031", "202603181", "18.03.2026", "明天", "20260231",
  ])
  func whatIsNoDayIsNone(text: String) {
    #expect(InvoiceValue.day(text) == nil)
  }

  @Test func theDayOfIssueIsThatOfTheRequestElseThatOfTheBureau() throws {
    #expect(
      try invoice {
        $0.requestedAt = "2025-12-31 23:59:59"
        $0.issuedAt = "2026-01-01"
      }.issuedOn == "2025-12-31")
    #expect(try invoice { $0.requestedAt = nil }.issuedOn == "2026-05-06")
  }

  // MARK: Sums and rates

  @Test func theTaxThatIsNotSaidIsNoneWhereNetIsGross() throws {
    for tax in [nil, "***", "", "——"] {
      #expect(
        try invoice {
          ($0.net, $0.tax, $0.gross) = ("5000.00", tax, "5000.00")
        }.sums?.tax == .zero)
      #expect(try invoice { $0.tax = tax }.sums == nil)
    }
  }

  @Test func whereTheFiguresOfTheGrossAreLostItsCapitalsSayIt() throws {
    #expect(try invoice { $0.gross = "¥" }.sums?.gross == "106.00")
    #expect(try invoice { $0.gross = "1O6.00" }.sums == nil)
  }

  @Test(
    arguments: [
      ("0.06", .taxed("0.06")), ("0.060000", .taxed("0.06")), ("6%", .taxed("0.06")),
      ("６％", .taxed("0.06")), ("6 %", .taxed("0.06")), ("13", .taxed("0.13")),
      ("1", .taxed("0.01")),
      ("1.5%", .taxed("0.015")), ("-0.13", .taxed("0.13")), ("-13%", .taxed("0.13")),
      ("0", .zero), ("0.00", .zero), ("0%", .zero), ("免税", .exempt), ("不征税", .nontaxable),
      ("***", .masked), ("***%", .masked), ("*", .masked), ("免税额", nil), ("six", nil), ("1e1", nil),
    ] as [(String, LineRate?)])
  func aRateIsReadInEveryFormThatWasSeen(text: String, rate: LineRate?) {
    #expect(LineRate(text) == rate)
  }

  @Test func theTaxOfAnExemptLineIsNothingAndNotZero() throws {
    let exempt = try invoice {
      $0.lines[0].rate = "免税"
      $0.lines[0].tax = "***"
    }
    #expect(exempt.lines[0].rate == .exempt)
    #expect(exempt.lines[0].tax == nil)
  }

  @Test func quantityAndPriceStayAsTheyArePrinted() throws {
    let printed = try invoice {
      $0.lines[0].quantity = "2.00000000"
      $0.lines[0].price = "50.0000000000001"
    }
    #expect(printed.lines[0].written.quantity == "2.00000000")
    #expect(printed.lines[0].written.price == "50.0000000000001")
  }

  @Test func withoutANumberThereIsNoInvoice() {
    var text = InvoiceText.sample
    (text.number, text.headerNumber) = (nil, nil)
    #expect(Invoice(text) == nil)
    text.headerNumber = "26332000000000000101"
    #expect(Invoice(text)?.number.text == "26332000000000000101")
  }
}
