// The sentences about values that cannot be read. Each says what to write instead.

extension FieldParser {
  func numberError(
    _ problem: NumberText.Problem, _ bytes: UnsafeBufferPointer<UInt8>, _ index: Int,
    _ rule: String, _ places: Int
  ) -> ValueError {
    let value = shown(bytes, index)
    switch problem {
    case .notANumber:
      let (wanted, example) =
        switch rule {
        case "value.money": (Phrase("an amount", "金额"), "1234.50")
        case "value.percent": (Phrase("a percent", "百分数"), "5%")
        case "value.rate": (Phrase("a rate", "比率"), "5%' / '0.05")
        case "value.permille": (Phrase("a rate in ‰", "千分率"), "0.5' / '0.05%' / '万分之五")
        case "value.integer": (Phrase("a whole number", "整数"), "12")
        default: (Phrase("a number", "数字"), "1234.5")
        }
      return ValueError(
        rule, Phrase("'\(value)' is not \(wanted.en)", "'\(value)' 不是\(wanted.zh)"),
        hint: Phrase("write it like '\(example)'", "请写成如 '\(example)'"))
    case .grouping:
      return ValueError(
        rule,
        Phrase(
          "the commas in '\(value)' do not stand between groups of three digits",
          "'\(value)' 中的逗号不是千分位"),
        hint: Phrase(
          "leave the commas out; the decimal point is '.'", "请去掉逗号；小数点为 '.'"))
    case .scientific:
      return ValueError(
        rule,
        Phrase("'\(value)' is in scientific notation", "'\(value)' 是科学计数法"),
        hint: Phrase(
          "format the column as a number in Excel and export again",
          "请在 Excel 中将该列设为数值格式后重新导出"))
    case .places:
      let limit =
        switch places {
        case 0: Phrase("is not a whole number", "不是整数")
        default: Phrase("has more than \(places) decimal places", "小数超过 \(places) 位")
        }
      return ValueError(
        rule, Phrase("'\(value)' \(limit.en)", "'\(value)' \(limit.zh)"),
        hint: Phrase("round it first: nothing is rounded here", "请先四舍五入，系统不代为取舍"))
    case .overflow:
      return ValueError(
        "value.overflow",
        Phrase("'\(value)' is too large", "'\(value)' 过大"),
        hint: Phrase("is this the right column?", "请检查列是否对应"))
    }
  }

  func dateError(
    _ problem: DateText.Problem, _ bytes: UnsafeBufferPointer<UInt8>, _ index: Int
  ) -> ValueError {
    let value = shown(bytes, index)
    let rule = "value.date"
    switch problem {
    case .impossible:
      return ValueError(
        rule, Phrase("there is no day '\(value)'", "没有 '\(value)' 这一天"),
        hint: Phrase("check year, month and day (1900 … 9999)", "请检查年、月、日（1900 至 9999 年）"))
    case .time:
      return ValueError(
        rule, Phrase("'\(value)' has a time of day", "'\(value)' 带有时刻"),
        hint: Phrase("give the day only: '2026-01-05'", "请只填日期，如 '2026-01-05'"))
    case .serial(let date):
      return ValueError(
        rule, Phrase("'\(value)' is a number, not a date", "'\(value)' 是数字，不是日期"),
        hint: Phrase(
          "if it is Excel's number of a day, write '\(date)'; format the column as a date",
          "若为 Excel 日期序号，应为 '\(date)'；请将该列设为日期格式"))
    case .notADate, .day:
      return ValueError(
        rule, Phrase("'\(value)' is not a date", "'\(value)' 不是日期"),
        hint: Phrase("write it like '2026-01-05'", "请写成如 '2026-01-05'"))
    }
  }

  func monthError(
    _ problem: DateText.Problem, _ bytes: UnsafeBufferPointer<UInt8>, _ index: Int
  ) -> ValueError {
    let value = shown(bytes, index)
    let rule = "value.month"
    switch problem {
    case .day(let month):
      return ValueError(
        rule, Phrase("'\(value)' is a day, not a month", "'\(value)' 是日期，不是月份"),
        hint: Phrase("write '\(month)'", "请写作 '\(month)'"))
    case .impossible:
      return ValueError(
        rule, Phrase("there is no month '\(value)'", "没有 '\(value)' 这个月"),
        hint: Phrase("check year and month (1900 … 9999)", "请检查年和月（1900 至 9999 年）"))
    case .serial(let date):
      return ValueError(
        rule, Phrase("'\(value)' is a number, not a month", "'\(value)' 是数字，不是月份"),
        hint: Phrase(
          "if it is Excel's number of a day, write '\(date.month)'",
          "若为 Excel 日期序号，应为 '\(date.month)'"))
    case .notADate, .time:
      return ValueError(
        rule, Phrase("'\(value)' is not a month", "'\(value)' 不是月份"),
        hint: Phrase("write it like '2026-01'", "请写成如 '2026-01'"))
    }
  }
}
