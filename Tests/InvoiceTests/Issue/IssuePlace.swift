import Foundation
import Shared
import TestSupport
import Testing

/// A place whose rents and fees are invoiced, in a database of its own.
///
/// T1, a company, has C1: rent of U1 and U2 by A and a fee by B. T2, a person, has C2: rent of U3. T3, a
/// company without a tax number, has C3. Deposits, and money that is passed on, are charged as well.
struct IssuePlace {
  let workspace: Workspace

  private static let made = Result {
    let workspace = try Workspace()
    let place = IssuePlace(workspace: workspace)
    _ = try place.succeed("boms-db", "init")
    for (register, text) in registers { try place.importing(register, text) }
    return workspace
  }

  init() throws {
    workspace = try Workspace()
    try workspace.copy(IssuePlace.made.get().file("m.db"), to: "m.db")
  }

  private init(workspace: Workspace) {
    self.workspace = workspace
  }

  private static let address = "浙江省杭州市西湖区文三路100号"

  private static let registers: [(String, String)] = [
    (
      "company",
      """
      company_no,name,credit_code,taxpayer_kind,address
      A,甲公司,91330106MACKX4QG41,general,\(address)
      B,乙公司,91330000142942095H,general,\(address)

      """
    ),
    (
      "property",
      "property_no,name,company_no,address,billing_from\nP,广场,A,\(address),2026-01-01\n"
    ),
    (
      "unit",
      """
      unit_no,property_no,area_m2,deed_no
      U1,P,50,浙(2020)第1号
      U2,P,30,
      U3,P,20,浙(2020)第3号

      """
    ),
    (
      "tenant",
      """
      tenant_no,name,kind,credit_code,id_no,invoice_kind
      T1,甲店,company,91110108690017781B,,special
      T2,王某,person,,330106199003071236,
      T3,丙店,company,,,ordinary

      """
    ),
    (
      "fee_item",
      """
      item,name,kind,tax_rate,tax_code
      rent,租金,rent,9%,3040502020400000000
      mgmt,物业管理费,service,6%,3040801010000000000
      deposit,押金,deposit,,
      gas,代收燃气费,pass_through,,

      """
    ),
    (
      "contract",
      """
      contract_no,tenant_no,property_no,start_on,end_on
      C1,T1,P,2026-01-01,2026-12-31
      C2,T2,P,2026-01-01,2026-12-31
      C3,T3,P,2026-01-01,2026-12-31

      """
    ),
    (
      "contract_unit",
      """
      contract_no,unit_no,from_on,area_m2
      C1,U1,2026-01-01,50
      C1,U2,2026-01-01,30
      C2,U3,2026-01-01,20

      """
    ),
    (
      "charge_term",
      """
      contract_no,line,item,company_no,method,price,per,due_day,on
      C1,1,rent,,fixed,1090,month,5,
      C1,2,mgmt,B,fixed,106,month,5,
      C1,3,deposit,,once,3000,,,2026-01-01
      C1,4,gas,,once,40,,,2026-01-01
      C2,1,rent,,area,10,month,5,
      C3,1,mgmt,B,fixed,53,month,5,

      """
    ),
  ]

  // MARK: Programs

  @discardableResult
  func run(_ program: String, _ arguments: [String], stdin: String? = nil) throws -> Workspace.Run {
    try workspace.run(program, arguments + ["--db", "m.db"], stdin: stdin)
  }

  @discardableResult
  func succeed(_ program: String, _ arguments: String...) throws -> Workspace.Run {
    let run = try run(program, arguments)
    try #require(run.status == 0, "\(program) \(arguments): \(run)")
    return run
  }

  func importing(_ register: String, _ text: String, _ options: String...) throws {
    let run = try run("boms-import", [register] + options, stdin: text)
    try #require(run.status == 0, "\(register): \(run)")
  }

  func bill(_ day: String) throws {
    try succeed("boms-bill", "run", "--as-of", day)
  }

  /// The records that `request run` writes.
  @discardableResult
  func request(_ day: String, _ options: String...) throws -> [[String: String]] {
    let run = try run("boms-invoice", ["request", "run", "--as-of", day] + options)
    // T3 has no tax number: left out is one.
    try #require(run.status == 0 || run.status == 1, "\(run)")
    return records(run.out)
  }

  func list(_ options: String...) throws -> [[String: String]] {
    let run = try run("boms-invoice", ["request", "list"] + options)
    try #require(run.status == 0, "\(run)")
    return records(run.out)
  }

  /// Writes the requests that wait, and marks them.
  func export(_ day: String) throws {
    try succeed("boms-invoice", "request", "export", "--as-of", day)
  }

  /// Without what it finds of the pool: the invoices of `issue` are events of requests and no files.
  func check() throws -> [String] {
    let run = try run("boms-db", ["check", "--quiet"])
    let pool = ["invoice.files,", "invoice.content,", "invoice.events,", "invoice.requests,"]
    return run.lines.dropFirst().filter { line in !pool.contains { line.hasPrefix($0) } }
  }

  /// The invoice of an exported request arrives.
  func issue(_ requestNo: String, _ invoiceNo: String, on day: String) throws {
    try TestDatabase.run(
      """
      INSERT INTO invoice (invoice_no, carrier) VALUES ('\(invoiceNo)', 'pdf');
      INSERT INTO invoice_request_event (request_id, event, happened_on, invoice_no)
      SELECT id, 'issued', '\(day)', '\(invoiceNo)' FROM invoice_request
      WHERE request_no = '\(requestNo)'
      """, workspace.file("m.db"))
  }

  /// What is asked for of each charge beside what it is worth, where these differ: `bill gross worth`.
  func differences() throws -> [String] {
    try TestDatabase.texts(
      """
      SELECT c.bill_no || ' ' || coalesce(a.asked_fen, 0) || ' ' || w.amount_fen
      FROM (SELECT coalesce(adjusts, id) AS id, sum(amount_fen) AS amount_fen,
        sum(net_fen) AS net_fen FROM charge GROUP BY 1) w
      JOIN charge c ON c.id = w.id JOIN fee_item i ON i.item = c.item
        AND i.kind NOT IN ('deposit', 'pass_through')
      LEFT JOIN charge_invoiced a ON a.charge_id = c.id
      WHERE (coalesce(a.asked_fen, 0) <> w.amount_fen OR coalesce(a.asked_net_fen, 0) <> w.net_fen)
        AND c.contract_no <> 'C3'
      ORDER BY c.id
      """, workspace.file("m.db"))
  }
}
