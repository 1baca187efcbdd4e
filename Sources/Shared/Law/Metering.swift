/// A register of a meter counts for a line of a contract, from the day that it is put in to the day
/// that it is taken out or the contract ends. A swap is two.
package struct MeterInstall: Sendable {
  package var meterNo: String
  package var register: MeterRegister
  package var line: Int
  package var multiplier: Fixed
  /// Digits before the point; needed to know a rollover.
  package var digits: Int?
  package var tariffNo: String
  package var fromOn: CivilDate
  package var openReading: Fixed
  package var toOn: CivilDate?
  package var closeReading: Fixed?

  package init(
    meterNo: String, register: MeterRegister = .total, line: Int, multiplier: Fixed, digits: Int?,
    tariffNo: String, fromOn: CivilDate, openReading: Fixed, toOn: CivilDate? = nil,
    closeReading: Fixed? = nil
  ) {
    self.meterNo = meterNo
    self.register = register
    self.line = line
    self.multiplier = multiplier
    self.digits = digits
    self.tariffNo = tariffNo
    self.fromOn = fromOn
    self.openReading = openReading
    self.toOn = toOn
    self.closeReading = closeReading
  }
}

/// What a register showed on a day, as last corrected.
package struct MeterReading: Sendable {
  package var meterNo: String
  package var register: MeterRegister
  package var readOn: CivilDate
  package var value: Fixed
  /// Whether somebody looked at it and found it right, however implausible.
  package var isAccepted: Bool
  /// The row in the books.
  package var id: Int64?

  package init(
    meterNo: String, register: MeterRegister = .total, readOn: CivilDate, value: Fixed,
    isAccepted: Bool = false, id: Int64? = nil
  ) {
    self.id = id
    self.meterNo = meterNo
    self.register = register
    self.readOn = readOn
    self.value = value
    self.isAccepted = isAccepted
  }
}

/// 抄表计费: what the meters of a line of a contract count, and what that comes to.
package struct Metering {
  /// What a register counted up to a reading.
  package struct Usage: Sendable {
    /// A part of the usage and its price.
    package struct Part: Sendable {
      /// In 10⁻¹² of the meter's unit.
      package var quantity: Int128
      package var price: Fixed
    }

    package var install: MeterInstall
    package var readOn: CivilDate
    package var previous: Fixed
    package var value: Fixed
    package var isRollover: Bool
    /// In 10⁻¹² of the meter's unit, the multiplier in it.
    package var quantity: Int128
    /// By tier; none where the tariff does not price the register.
    package var parts: [Part] = []
    /// The median of the last six usages before, where this one is more than ten times it.
    package var median: Int128?
    package var isAccepted: Bool
    /// The reading's row in the books; nil for a close reading.
    package var readingID: Int64?

    package var quantityText: String { Metering.text(quantity) }

    package var medianText: String { median.map(Metering.text) ?? "" }

    /// The amount in yuan, never rounded.
    package func amount() throws(ValueError) -> Exact {
      var sum = Exact.zero
      for part in parts {
        let (product, overflow) = part.quantity.multipliedReportingOverflow(
          by: Int128(part.price.millionths))
        if overflow { throw .overflow(Phrase("the usage", "用量")) }
        try sum.add(Exact(wide: product, over: Metering.scale * Int128(Fixed.one)))
      }
      return sum
    }
  }

  /// What one meter counted up to a day, over its registers: one charge.
  package struct Bill: Sendable {
    package var meterNo: String
    /// From the day after the previous reading day to the reading day.
    package var days: Period
    package var usages: [Usage]

    /// Whether a usage waits to be accepted.
    package var isHeld: Bool { usages.contains { $0.median != nil && !$0.isAccepted } }

    package func amount() throws(ValueError) -> Exact {
      var sum = Exact.zero
      for usage in usages { try sum.add(try usage.amount()) }
      return sum
    }
  }

  /// Quantities are in so many parts of the meter's unit.
  static let scale = Int128(Fixed.one) * Int128(Fixed.one)

  /// The installs of a contract, each with its days and its readings.
  private struct Line {
    var install: MeterInstall
    var lastDay: CivilDate
    var readings: [MeterReading] = []
  }

  private let installs: [Line]
  private let tariffs: Tariffs
  /// Readings after the last day of an install that has no close reading, with that day.
  package private(set) var late: [(reading: MeterReading, lastDay: CivilDate)] = []

  /// - Throws: `reading.after-install` if a reading lies after the last day of an install that has
  ///   no close reading (in the books it is passed over).
  package init(_ lease: Lease) throws(ValueError) {
    tariffs = lease.tariffs
    let metered = Set(lease.terms.lazy.filter { $0.method == .metered }.map(\.line))
    // An install ends at the latest with its contract. What no metered line uses is passed over.
    var lines = lease.installs.filter { metered.contains($0.line) }.map {
      Line(install: $0, lastDay: min($0.toOn ?? lease.lastDay, lease.lastDay))
    }
    lines.sort {
      ($0.install.meterNo, $0.install.register, $0.install.fromOn)
        < ($1.install.meterNo, $1.install.register, $1.install.fromOn)
    }
    var begins: [String: Range<Int>] = [:]
    for (index, line) in lines.enumerated() {
      let key = Metering.key(line.install.meterNo, line.install.register)
      begins[key] = (begins[key]?.lowerBound ?? index)..<index + 1
    }
    for reading in lease.readings.sorted(by: { $0.readOn < $1.readOn }) {
      let its = begins[Metering.key(reading.meterNo, reading.register)] ?? 0..<0
      let begun = its.filter { lines[$0].install.fromOn <= reading.readOn }
      // On the day of a swap the reading is that of the meter that is taken out.
      if let index = begun.first(where: { reading.readOn <= lines[$0].lastDay }) {
        lines[index].readings.append(reading)
      } else if let last = begun.last, lines[last].install.closeReading == nil {
        // Before its first install a meter was another's, after a closed one it may be again.
        late.append((reading, lines[last].lastDay))
        if !lease.isFromBooks {
          throw Metering.afterInstall(reading, lastDay: lines[last].lastDay)
        }
      }
    }
    for index in lines.indices {
      let line = lines[index]
      guard let close = line.install.closeReading, line.install.fromOn <= line.lastDay,
        line.readings.last?.readOn != line.lastDay
      else { continue }
      lines[index].readings.append(
        MeterReading(
          meterNo: line.install.meterNo, register: line.install.register, readOn: line.lastDay,
          value: close, isAccepted: true))
    }
    installs = lines
  }

  package static func afterInstall(_ reading: MeterReading, lastDay: CivilDate) -> ValueError {
    ValueError(
      "reading.after-install",
      Phrase(
        "meter '\(reading.meterNo)' is read on \(reading.readOn), after its last day "
          + "\(lastDay) with the contract, and has no close reading",
        "表“\(reading.meterNo)”于 \(reading.readOn) 抄表，晚于其在本合同的最后一天 "
          + "\(lastDay)，且没有止码"),
      hint: Phrase(
        "give the install its to_on and close_reading", "请在装表中填写止日期和止码"))
  }

  private static func key(_ meterNo: String, _ register: MeterRegister) -> String {
    "\(register.rawValue) \(meterNo)"
  }

  /// What the meters of a line counted, in the order of reading days and meters.
  /// - Throws: `reading.below-previous`, and what `Tariffs` throws.
  package func bills(line: Int) throws(ValueError) -> [Bill] {
    var usages: [Usage] = []
    var readDays: [String: Set<CivilDate>] = [:]
    for install in installs where install.install.line == line {
      let counted = try Metering.usages(install.install, install.readings)
      if let problem = counted.problem { throw problem.error }
      usages += counted.usages
    }
    for install in installs {
      readDays[install.install.meterNo, default: []].formUnion(install.readings.map(\.readOn))
    }
    usages.sort {
      ($0.readOn, $0.install.meterNo, $0.install.register)
        < ($1.readOn, $1.install.meterNo, $1.install.register)
    }
    try price(&usages)
    var bills: [Bill] = []
    for usage in usages {
      let meterNo = usage.install.meterNo
      let previous = readDays[meterNo]?.lazy.filter { $0 < usage.readOn }.max()
      let first = max(usage.install.fromOn, previous?.next ?? usage.install.fromOn)
      if let last = bills.last, last.meterNo == meterNo, last.days.to == usage.readOn {
        bills[bills.count - 1].days = Period(min(last.days.from, first), usage.readOn)
        bills[bills.count - 1].usages.append(usage)
      } else {
        bills.append(
          Bill(meterNo: meterNo, days: Period(first, usage.readOn), usages: [usage]))
      }
    }
    return bills
  }

  /// What there is to say of a reading.
  package struct Remark: Sendable {
    package enum Kind: Sendable {
      /// Below the reading before, and no rollover: nothing can be computed with it.
      case belowPrevious(ValueError)
      /// After the meter's last day, so that it is not charged.
      case late(ValueError)
      /// Over ten times the median of the last six usages.
      case implausible(Usage)
    }

    package var readingID: Int64?
    package var kind: Kind
    /// The reading before, of one that is below it.
    package var previousID: Int64?
  }

  /// What there is to say of the readings, in no order.
  package func remarks() throws(ValueError) -> [Remark] {
    var remarks = late.map {
      Remark(
        readingID: $0.reading.id,
        kind: .late(Metering.afterInstall($0.reading, lastDay: $0.lastDay)))
    }
    for install in installs {
      let counted = try Metering.usages(install.install, install.readings)
      for usage in counted.usages where usage.median != nil && !usage.isAccepted {
        remarks.append(Remark(readingID: usage.readingID, kind: .implausible(usage)))
      }
      if let problem = counted.problem {
        remarks.append(
          Remark(
            readingID: problem.reading.id, kind: .belowPrevious(problem.error),
            previousID: problem.previousID))
      }
    }
    return remarks
  }

  /// A quantity for people.
  static func text(_ quantity: Int128) -> String {
    guard let millionths = Int64(exactly: quantity / Int128(Fixed.one)) else {
      return "\(quantity / scale)"
    }
    return Fixed(millionths: millionths).grouped(atLeast: 0)
  }

  /// What a register counted between its readings, in order, up to the first reading that makes no
  /// sense.
  private static func usages(
    _ install: MeterInstall, _ readings: [MeterReading]
  ) throws(ValueError) -> (
    usages: [Usage], problem: (reading: MeterReading, error: ValueError, previousID: Int64?)?
  ) {
    var usages: [Usage] = []
    var previous = install.openReading
    for reading in readings {
      var counted = Int128(reading.value.millionths) - Int128(previous.millionths)
      let isRollover = counted < 0
      if isRollover {
        var range = Int128(Fixed.one)
        for _ in 0..<(install.digits ?? 0) { range *= 10 }
        if install.digits == nil || (counted + range) * 2 >= range {
          return (
            usages,
            (reading, belowPrevious(install, reading, previous), usages.last?.readingID)
          )
        }
        counted += range
      }
      let (quantity, overflow) = counted.multipliedReportingOverflow(
        by: Int128(install.multiplier.millionths))
      if overflow { throw .overflow(Phrase("the usage", "用量")) }
      usages.append(
        Usage(
          install: install, readOn: reading.readOn, previous: previous, value: reading.value,
          isRollover: isRollover, quantity: quantity,
          median: implausible(quantity, after: usages.suffix(6).map(\.quantity)),
          isAccepted: reading.isAccepted, readingID: reading.id))
      previous = reading.value
    }
    return (usages, nil)
  }

  private static func belowPrevious(
    _ install: MeterInstall, _ reading: MeterReading, _ previous: Fixed
  ) -> ValueError {
    let known = install.digits != nil
    return ValueError(
      "reading.below-previous",
      Phrase(
        "meter '\(install.meterNo)' reads \(reading.value) on \(reading.readOn), below \(previous)"
          + (known ? ", and a rollover would be half its range or more" : ""),
        "表“\(install.meterNo)”\(reading.readOn) 读数 \(reading.value) 低于上次读数 \(previous)"
          + (known ? "，若为翻转则用量达量程一半以上" : "")),
      hint: known
        ? Phrase(
          "correct the reading, or record a swap as two installs", "请更正读数；换表请录入两条装表记录")
        : Phrase(
          "correct the reading; a meter that rolls over needs its digits",
          "请更正读数；表计翻转需填写位数"))
  }

  /// The median of the usages before, if there are three or more and this one is over ten times it.
  /// A meter that stood still is not judged.
  private static func implausible(_ quantity: Int128, after before: [Int128]) -> Int128? {
    guard before.count >= 3 else { return nil }
    let sorted = before.sorted()
    let middle = sorted.count / 2
    // Twice the median, so that nothing is halved.
    let twice =
      sorted.count % 2 == 0 ? sorted[middle - 1] + sorted[middle] : 2 * sorted[middle]
    return twice > 0 && 2 * quantity > 10 * twice ? twice / 2 : nil
  }

  /// Tiers are marginal, and count the usage of a register over all meters of the line and tariff
  /// in the month or year of the day before the reading day.
  private func price(_ usages: inout [Usage]) throws(ValueError) {
    struct Counted: Hashable {
      var tariffNo: String
      var register: MeterRegister
      var month: CivilMonth
    }
    var counted: [Counted: Int128] = [:]
    for index in usages.indices {
      let usage = usages[index]
      let install = usage.install
      let prices = try tariffs.prices(install.tariffNo, install.register, on: usage.readOn)
      if prices.bands.isEmpty { continue }
      let month = usage.readOn.previous.month
      let key = Counted(tariffNo: install.tariffNo, register: install.register, month: month)
      var before = counted[key] ?? 0
      if prices.isByYear {
        before = 0
        let january = month.adding(1 - month.month)
        for offset in 0..<12 {
          before +=
            counted[
              Counted(
                tariffNo: install.tariffNo, register: install.register,
                month: january.adding(offset))] ?? 0
        }
      }
      counted[key, default: 0] += usage.quantity
      usages[index].parts = marginalParts(
        from: before, to: before + usage.quantity,
        starts: prices.bands.map { Int128($0.tierFrom.millionths) * Int128(Fixed.one) }
      ).map { Usage.Part(quantity: $0.part, price: prices.bands[$0.band].price) }
    }
  }
}
