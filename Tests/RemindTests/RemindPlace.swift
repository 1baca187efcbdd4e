import TestSupport

/// A small place with bills, a contract that ends, and things to see to.
enum RemindPlace {
  /// T1 (mail and phone) owes 100 of rent, T2 (neither) 70, both due on 2026-01-10 on bills of their
  /// own as of 2026-01-20; T1's deposit of 500 is paid. C1 ends on 2026-03-31, C2 on 2026-12-31.
  static let billed = Result {
    let workspace = try Workspace()
    try workspace.succeed("boms-db", "init", "--db", "m.db")
    for (register, text) in [
      (
        "company",
        "company_no,name,credit_code,bank_name,bank_account\n"
          + "A,甲公司,91330106MACKX4QG41,工商银行,1202020009000012345\n"
      ),
      ("property", "property_no,name,company_no,billing_from\nP,广场,A,2026-01-01\n"),
      ("tenant", "tenant_no,name,email,phone\nT1,甲店,t1@example.com,13800000001\nT2,乙店,,\n"),
      (
        "fee_item", "item,name,kind\nrent,租金,rent\ndeposit,押金,deposit\n"
      ),
      (
        "contract",
        "contract_no,tenant_no,property_no,start_on,end_on\n"
          + "C1,T1,P,2026-01-01,2026-03-31\nC2,T2,P,2026-01-01,2026-12-31\n"
      ),
      (
        "charge_term",
        "contract_no,line,item,method,price,on\nC1,1,rent,once,100,2026-01-10\n"
          + "C2,1,rent,once,70,2026-01-10\nC1,2,deposit,once,500,2026-01-05\n"
      ),
      ("contact", "owner,property_no,email\n周,P,zhou@example.com\n"),
      (
        "obligation",
        "obligation_no,kind,subject,property_no,owner,due_on,remind_days\n"
          + "Z1,insurance,公众责任险,P,周,2026-02-10,30;7\n"
      ),
    ] {
      try workspace.importing(register, text)
    }
    try workspace.bill("2026-01-20")
    try workspace.pay("S0", "T1", "500", on: "2026-01-05")
    try workspace.collect("2026-01-20")
    return workspace
  }

  static func copy() throws -> Workspace {
    let workspace = try Workspace()
    try workspace.copy(billed.get().file("m.db"), to: "m.db")
    return workspace
  }
}

struct Unexpected: Error, CustomStringConvertible {
  var description: String
}

extension Workspace {
  @discardableResult
  func succeed(_ program: String, _ arguments: [String], stdin: String? = nil) throws -> Run {
    let run = try run(program, arguments, stdin: stdin)
    if run.status != 0 {
      throw Unexpected(description: "\(program) \(arguments.joined(separator: " ")): \(run)")
    }
    return run
  }

  @discardableResult
  func succeed(_ program: String, _ arguments: String...) throws -> Run {
    try succeed(program, arguments)
  }

  func importing(_ register: String, _ text: String) throws {
    try succeed("boms-import", ["--db", "m.db", "--quiet", register], stdin: text)
  }

  func bill(_ day: String) throws {
    try succeed("boms-bill", "run", "--db", "m.db", "--as-of", day, "--quiet")
  }

  func pay(_ number: String, _ tenant: String, _ amount: String, on day: String) throws {
    try importing(
      "payment",
      "payment_no,tenant_no,property_no,paid_on,amount,company_no\n"
        + "\(number),\(tenant),P,\(day),\(amount),A\n")
  }

  func collect(_ day: String) throws {
    try succeed("boms-collect", "run", "--db", "m.db", "--as-of", day, "--quiet")
  }

  /// A command of `boms-remind` as of a day.
  func remind(_ command: String, _ arguments: String..., on day: String) throws -> Run {
    try run(
      "boms-remind", [command] + arguments + ["--db", "m.db", "--as-of", day, "--lang", "en"])
  }

  /// The new reminders of a run: `kind subject level recipient`.
  func reminded(_ day: String, _ arguments: String...) throws -> [String] {
    let run = try succeed(
      "boms-remind", ["run", "--db", "m.db", "--as-of", day, "--lang", "en"] + arguments)
    return records(run.out).map {
      "\($0["kind"] ?? "") \($0["subject"] ?? "") \($0["level"] ?? "") \($0["recipient"] ?? "")"
    }
  }

  /// `kind subject level state` of all reminders.
  func states(_ day: String) throws -> [String] {
    records(try remind("list", "--quiet", on: day).out).map {
      "\($0["kind"] ?? "") \($0["subject"] ?? "") \($0["level"] ?? "") \($0["state"] ?? "")"
    }
  }

  func billNo(_ contract: String) throws -> String {
    try TestDatabase.texts(
      "SELECT bill_no FROM charge WHERE contract_no = '\(contract)' AND item = 'rent'",
      file("m.db"))[0]
  }

  /// Delivers mail with a line of shell.
  func deliver(_ via: String, _ arguments: String..., on day: String) throws -> Run {
    try run(
      "boms-remind",
      ["deliver", "--channel", "mail", "--via", via, "--db", "m.db", "--as-of", day]
        + ["--lang", "en"] + arguments, environment: ["BOMS_LANG": "zh"])
  }
}
