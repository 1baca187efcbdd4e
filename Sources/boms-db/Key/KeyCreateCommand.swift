import ArgumentParser
import Glibc
import Shared

/// `boms-db key create`: makes a key and seals what is there.
struct KeyCreateCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "create",
    Phrase(
      "Make a key file and seal every sensitive value that is in the database.",
      "生成密钥文件，加密数据库中全部敏感信息。"),
    examples: [
      "boms-db key create --file /etc/boms/key --dry-run --db mall.db",
      "boms-db key create --file /etc/boms/key --understood --db mall.db",
    ],
    discussion: Phrase(
      """
      A key file that is there is used: several databases may have the same. From then on every program needs \
      BOMS_KEY_FILE. The database is written anew, so that nothing of what was sealed is left in \
      the file or its log; copies made before are as they were. A second run seals nothing more.
      """,
      """
      已有的密钥文件直接使用：多个数据库可共用一个密钥。此后所有程序都需要 BOMS_KEY_FILE。数据\
      库会整个重写，文件和日志中不留下加密前的内容；此前的备份保持原样。再次执行不会再加密什\
      么。
      """))

  @Flag(help: .boms("Say that the warning about losing the key was read.", "表示已阅读关于丢失密钥的警告。"))
  var understood = false

  @Flag(
    help: .boms(
      "Say how many values would be sealed; makes no key and seals nothing.",
      "显示将加密多少个值；不生成密钥，也不加密。"))
  var dryRun = false

  @OptionGroup var key: KeyFileOption
  @OptionGroup var asOf: AsOfOption
  @OptionGroup var database: DatabaseOptions
  @OptionGroup var say: SayOptions

  func run() throws {
    let context = say.context()
    let file = try key.path(context.environment)
    let path = try database.path(context.environment)
    let isThere = access(file, F_OK) == 0
    let books = try Books.open(path, wait: database.wait, keyFile: file)
      .admitting(context.visit(.writing))
    let known = try books.read { try SealStore.keyID($0) }
    if known == nil {
      for line in KeyCreateCommand.warning(file) { context.console.say(line) }
      if !understood && !dryRun {
        throw Failure(
          .usage, Phrase("nothing was done", "未执行任何操作"),
          hint: Phrase(
            "if you know where two copies of the key will be kept, add --understood",
            "若已确定两份密钥副本的保管地点，请加 --understood"))
      }
    }
    if dryRun {
      let clear = try books.read { try SealStore.clear($0) }
      var summary = Summary((Phrase("to be sealed", "待加密"), clear))
      summary.note(.dryRun)
      return context.console.say(summary)
    }
    let used = isThere ? try KeyFile(file) : try KeyFile.create(file)
    let day = asOf.day(context.environment)
    let sealed = try books.write { try SealStore.sealAll($0, with: used, on: day) }
    try books.rewrite(wait: database.wait)
    var summary = Summary((Phrase("values sealed", "加密"), sealed))
    summary.note(
      Phrase(
        "key \(used.id) in '\(file)'\(isThere ? "" : ", new")",
        "密钥 \(used.id)，文件“\(file)”\(isThere ? "" : "（新建）")"))
    context.console.say(summary)
  }

  /// What losing the key means, before there is one.
  private static func warning(_ file: String) -> [Phrase] {
    [
      Phrase(
        "whoever has the database and the key can read every phone, id, account and address in it; "
          + "without the key nobody can, you included",
        "同时拥有数据库和密钥的人可读取其中所有电话、证件号、账号和邮箱；没有密钥，任何人都无法读取，包括您自己"),
      Phrase(
        "if '\(file)' is lost, these values and the files of invoices are lost for good, and every "
          + "program refuses to work on the database; amounts, contracts and bills are not sealed",
        "“\(file)”丢失后，上述内容及发票原始文件将永久丢失，且所有程序都无法打开该数据库；金额、合同、账单本身不加密"),
      Phrase(
        "a backup of the database is of no use for them without the key: keep two copies of the "
          + "key in two places, apart from the backups (a safe, a sealed envelope)",
        "没有密钥，数据库备份中的上述内容也无法恢复：请将密钥另存两份，分别保管于两处，且不与备份放在一起（如保险柜、密封信封）"),
      Phrase(
        "backups made before now still have them in the clear: delete these when you no longer need them",
        "此前的备份仍为明文：不再需要时请删除"),
    ]
  }
}
