import Shared
import TestSupport
import Testing

/// Reports, disposal, counting and closing on the built programs.
struct ReportTests {
  @Test func theMonthSaysWhatEachAssetLostAndWhy() throws {
    let workspace = try Workspace(assets: Assets.place)
    try workspace.book("2026-03")
    let rows = records(try workspace.depreciate("report", "--month", "2026-03").out)
    #expect(
      rows.map { "\($0["asset_no"] ?? "") \($0["amount"] ?? "") \($0["reason"] ?? "")" } == [
        "D1 100.00 normal", "D2 0.00 no_usage", "D3 300.00 normal",
      ])
    #expect(rows[0]["accumulated_before"] == "100.00" && rows[0]["net_value"] == "1000.00")
  }

  /// Lives made by chance, month after month: the roll-forward of every month adds up, begins where the
  /// one before ended, and ends with what the books have, however it is sorted.
  @Test(arguments: Repository.testsAll ? [1, 2, 3, 4, 5, 6] : [1])
  func theRollForwardTiesOut(_ seed: UInt64) throws {
    var chance = Seeded(seed)
    let workspace = try Workspace(assets: Assets.place)
    var text = Assets.heading
    for number in 1...12 {
      let month = Int.random(in: 1...6, using: &chance)
      let method = ["straight_line", "sum_of_years"].randomElement(using: &chance) ?? ""
      text +=
        "R\(number),x,\(["甲类", "乙类", ""][number % 3]),\(["P", "Q"][number % 2]),2026-0\(month)-15,"
        + "\(Int.random(in: 1000...90_000, using: &chance)),0,\(12 * Int.random(in: 1...4, using: &chance)),"
        + "\(method),,\(["工程部", ""][number % 2])\n"
    }
    try workspace.importing("asset", text).expectStored()
    var closing: [String: [String: String]] = [:]
    for month in 1...10 {
      var events = "asset_no,on,kind,amount,property_no,department,way,proceeds\n"
      for number in 1...12 where Int.random(in: 0..<4, using: &chance) == 0 {
        // Of this month, or late.
        let day = "2026-\(month < 10 ? "0" : "")\(month)-\(Int.random(in: 10...28, using: &chance))"
        let kinds = ["improve,50,,,,", "impair,3,,,,", "transfer,,Q,,,", "transfer,,P,工程部,,"]
        let kind = kinds.randomElement(using: &chance) ?? ""
        events += "R\(number),\(day),\(kind)\n"
      }
      if month == 8 { events += "R\(1 + Int(seed % 12)),2026-10-30,dispose,,,,sale,77\n" }
      _ = try workspace.run("boms-import", "--db", "m.db", "asset_event", stdin: events)
      let name = "2026-\(month < 10 ? "0" : "")\(month)"
      try workspace.book(name)
      #expect(try workspace.check() == [])
      if month == 5 {
        _ = try workspace.depreciate("close", "--month", name, "--as-of", "2027-01-01")
      }
      for group in ["category", "department", "property", "company", "kind"] {
        let run = try workspace.depreciate(
          "report", "--month", name, "--roll-forward", "--by", group)
        var sums: [String: Int64] = [:]
        var ends: [String: String] = [:]
        for row in records(run.out) {
          let key =
            "\(row[["property": "property_no", "company": "company_no"][group] ?? group] ?? "")"
            + " \(row["measure"] ?? "")"
          let parts = ["opening", "additions", "depreciation", "impairment", "transfers"]
          let end = parts.reduce(-fen(row["disposals"] ?? "")) { $0 + fen(row[$1] ?? "") }
          #expect(end == fen(row["closing"] ?? ""), "\(name) \(group) \(row)")
          // What was there before the first month is opening balance.
          if month > 1 {
            #expect(row["opening"] == closing[group]?[key] ?? "0.00", "\(name) \(group) \(row)")
          }
          ends[key] = row["closing"]
          sums[row["measure"] ?? "", default: 0] += end
        }
        closing[group] = ends
        let book = try TestDatabase.rows(
          """
          SELECT sum(cost_fen), sum(accumulated_fen), sum(impairment_fen) FROM asset_change
          WHERE booked_on <= '\(name)-31'
          """, workspace.file("m.db"))[0]
        #expect(
          [sums["cost"] ?? 0, sums["accumulated"] ?? 0, sums["impairment"] ?? 0]
            == book.map { Int64($0) ?? 0 })
        #expect(
          sums["net"] == (sums["cost"] ?? 0) - (sums["accumulated"] ?? 0)
            - (sums["impairment"] ?? 0))
      }
    }
  }

  @Test func aDisposalSaysItsGainAndCanBeTakenOut() throws {
    let workspace = try Workspace(assets: Assets.place)
    try workspace.book("2026-02")
    let options = ["--way", "scrap", "--proceeds", "100", "--on", "2026-03-15", "--reason", "坏"]
    func dispose(_ more: [String]) throws -> Workspace.Run {
      try workspace.run(
        "boms-depreciate", ["dispose", "D3", "--db", "m.db", "--lang", "en"] + more)
    }
    let dry = try dispose(options + ["--dry-run"])
    let run = try dispose(options)
    #expect(dry.out == run.out)
    let row = try #require(records(run.out).first)
    #expect(row["net_value"] == "11100.00" && row["gain"] == "-11000.00")
    #expect(
      run.errorLines == [
        "D3: loss 11,000.00 · booked by 'boms-depreciate run --month 2026-03'"
      ])
    #expect(try dispose(options).status == 65)
    let before = try workspace.balances()
    try workspace.book("2026-03")
    #expect(try workspace.book().contains { $0.hasPrefix("D3") } == false)
    #expect(try workspace.balances().contains("B asset_disposal_loss 1100000"))
    #expect(try dispose(["--undo", "--reason", "录错"]).status == 0)
    try workspace.book("2026-03")
    #expect(try workspace.check() == [])
    #expect(try workspace.book().contains("D3 Q  1200000 90000 0"))
    #expect(try workspace.balances() != before)
    #expect(try workspace.balances().contains { $0.contains("disposal") } == false)
    #expect(try dispose(["--undo", "--reason", "x"]).status == 65)
  }

  @Test func whatWasDisposedOfAndIsThereAllTheSameIsUnexpected() throws {
    let workspace = try Workspace(assets: Assets.place)
    try workspace.importing(
      "asset_event", "asset_no,on,kind,way\nD1,2026-02-01,dispose,scrap\n"
    ).expectStored()
    try workspace.write("back.csv", "asset_no,found,counted_on\nD1,yes,2026-11-18\n")
    let taken = try workspace.depreciate("count", "--import", "back.csv", "--as-of", "2026-11-20")
    #expect(taken.errorLines == ["read 1 · counted 0 · unexpected 1 · not counted 0"])
    let report = try workspace.depreciate("count", "--report", "--as-of", "2026-11-30")
    #expect(records(report.out).contains { $0["state"] == "unexpected" && $0["asset_no"] == "D1" })
  }

  @Test func whatACountFindsIsSaid() throws {
    let workspace = try Workspace(assets: Assets.place)
    try workspace.importing(
      "asset_event",
      "asset_no,on,kind,location\nD1,2026-02-01,transfer,A座\nD2,2026-02-01,transfer,A座\n"
        + "D3,2026-02-01,transfer,A座\n"
    ).expectStored()
    let sheet = try workspace.run(
      "boms-depreciate",
      ["count", "--db", "m.db", "--list", "--as-of", "2026-11-20", "--headings", "zh"])
    #expect(sheet.lines[0] == "资产编号,资产名称,类别,项目编号,账面存放地点,保管人,是否盘到,实际存放地点,盘点日期,备注")
    #expect(sheet.lines.count == 4)
    // As it comes back from the way.
    var lines = sheet.lines
    lines[1] = lines[1].replacing(",,,,", with: ",是,,,")
    lines[1] = "D1,电梯,电梯,P,A座,,是,B座,2026/11/18,"
    lines[2] = "D2,车,车,P,A座,,否,,,找不到"
    lines.append(",旧空调,,P,,,,C座,,无标签")
    try workspace.write("back.csv", lines.joined(separator: "\n") + "\n")
    let taken = try workspace.depreciate("count", "--import", "back.csv", "--as-of", "2026-11-20")
    #expect(taken.errorLines == ["read 4 · counted 2 · unexpected 1 · not counted 1"])
    let before = try workspace.dump()
    _ = try workspace.depreciate("count", "--import", "back.csv", "--as-of", "2026-11-20")
    #expect(try workspace.dump() == before)
    let report = try workspace.depreciate("count", "--report", "--as-of", "2026-11-30")
    #expect(report.status == 1)
    #expect(
      Set(
        records(report.out).map {
          "\($0["state"] ?? "") \($0["asset_no"] ?? "") \($0["location"] ?? "")"
        })
        == ["misplaced D1 B座", "missing D2 ", "not_counted D3 ", "unexpected  C座"])
    // The books take the place over; what was counted by import counts too.
    try workspace.importing(
      "asset_event",
      "asset_no,on,kind,found,location\nD1,2026-11-19,transfer,,B座\nD2,2026-11-25,count,yes,\n"
        + "D3,2026-11-25,count,yes,A座\n"
    ).expectStored()
    let again = try workspace.depreciate("count", "--report", "--as-of", "2026-11-30")
    #expect(
      again.errorLines == ["found 3 · misplaced 0 · missing 0 · not_counted 0 · unexpected 1"])
    let bad = try workspace.write("bad.csv", "asset_no,name,found\nD1,x,也许\nD2,x,是\nD2,x,是\n")
    let refused = try workspace.depreciate("count", "--import", bad)
    #expect(refused.status == 65)
    #expect(refused.err.contains("[count.duplicate-key]"))
  }

  @Test func aMonthIsClosedWhenItIsBookedAndOpenedFromTheLast() throws {
    let workspace = try Workspace(assets: Assets.place)
    func close(_ month: String, _ more: String...) throws -> Workspace.Run {
      try workspace.run(
        "boms-depreciate",
        ["close", "--db", "m.db", "--lang", "en", "--month", month, "--as-of", "2026-04-05"] + more)
    }
    let missing = try close("2026-02")
    #expect(missing.status == 1)
    #expect(missing.err.contains("2026-02 stays open: 3 assets are not booked"))
    try workspace.book("2026-03")
    #expect(try close("2026-04").status == 65)
    #expect(try close("2026-02").errorLines == ["closed 2 · through 2026-02"])
    #expect(try close("2026-03", "--company", "A").errorLines == ["closed 1 · through 2026-03"])
    #expect(try close("2026-02").errorLines == ["closed 0 · through 2026-02 · closed before"])
    #expect(try close("2026-02", "--reopen").status == 64)
    #expect(try close("2026-02", "--reopen", "--reason", "x").status == 65)
    #expect(
      try close("2026-03", "--reopen", "--reason", "x").errorLines == ["opened 1 · from 2026-03"])
    #expect(
      try close("2026-02", "--reopen", "--reason", "x").errorLines == ["opened 2 · from 2026-02"])
  }

  @Test func aCardIsASheetOfPaper() throws {
    let workspace = try Workspace(assets: Assets.place)
    try workspace.book("2026-03")
    try workspace.succeed("boms-depreciate", "card", "D1", "--db", "m.db", "--out", "d1.html")
    let page = try workspace.read("d1.html")
    #expect(page.contains("固定资产卡片") && page.contains("¥1,200.00") && page.contains("甲公司"))
    try workspace.succeed("boms-depreciate", "card", "--db", "m.db", "--out", "cards/")
    #expect(workspace.exists("cards/D3.html") && workspace.exists("cards/index.html"))
    #expect(try workspace.run("boms-depreciate", "card", "D7", "--db", "m.db").status == 66)
  }

  @Test func theScheduleIsTheWholeLifeWithWhatIsBooked() throws {
    let workspace = try Workspace(assets: Assets.place)
    try workspace.book("2026-03")
    let run = try workspace.run("boms-depreciate", "schedule", "D1", "--db", "m.db")
    let rows = records(run.out)
    #expect(rows.count == 12)
    #expect(rows[1]["recorded"] == "100.00" && rows[2]["recorded"] == "")
    #expect(rows[11]["net_value"] == "0.00" && rows[11]["reason"] == "final")
  }

  @Test func theFilterNamesABadLineAndGoesOn() throws {
    let lines = """
      {"asset_no":"A","name":"a","acquired_on":"2026-01-05","cost":"100","life_months":2,"method":"年限平均法"}
      {"asset_no":"B","name":"b","acquired_on":"2026-01-05","cost":"100","life_months":13,"method":"sum_of_years"}
      not json
      {"asset_no":"C","name":"c","acquired_on":"2026-01-05","cost":"10","life_months":1,"method":"straight_line","colour":1,"events":[{"on":"2026-01-20","kind":"improve","amount":"5"}]}

      """
    let run = try Workspace().run("boms-depreciate", ["compute", "--lang", "en"], stdin: lines)
    #expect(run.status == 1)
    #expect(
      run.lines == [
        "asset_no,month,amount,accumulated,net_value,reason,explain",
        "A,2026-02,50.00,50.00,50.00,normal,depreciable 100.00 ÷ 2 months = 50.00; month 1 of 2",
        "A,2026-03,50.00,100.00,0.00,final,\"net value 50.00 − salvage 0.00 = 50.00, all that is left; month 2 of 2\"",
        "C,2026-02,15.00,15.00,0.00,final,\"net value 15.00 − salvage 0.00 = 15.00, all that is left; month 1 of 1\"",
      ])
    #expect(run.err.contains("<stdin>:2:life_months: error:"))
    #expect(run.err.contains("[asset.whole-years]"))
    #expect(run.err.contains("<stdin>:3: error:"))
    #expect(run.err.contains("the key 'colour' is not known"))
    #expect(run.errorLines.last == "read 4 · months 3 · rejected 2")
  }
}
