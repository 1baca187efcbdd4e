import ArgumentParser
import Shared

/// `boms-db key`: the key with which sensitive values are sealed.
struct KeyCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "key",
    Phrase(
      "Seal phones, ids, bank accounts and mail addresses in the file with a key.",
      "用密钥加密数据库中的电话、证件号、银行账号和邮箱地址。"),
    examples: [
      "boms-db key create --file /etc/boms/key --understood --db mall.db",
      "BOMS_KEY_FILE=/etc/boms/key boms-db key check --db mall.db",
    ],
    subcommands: [KeyCreateCommand.self, KeyCheckCommand.self])
}

/// Where the key is.
struct KeyFileOption: ParsableArguments {
  @Option(
    help: .boms(
      "The key file (default: BOMS_KEY_FILE).", "密钥文件（默认：BOMS_KEY_FILE）。", valueName: "path"),
    completion: .file())
  var file: String?

  func path(_ environment: Environment) throws(Failure) -> String {
    if let path = file ?? environment["BOMS_KEY_FILE"], !path.isEmpty { return path }
    throw Failure(
      .usage, Phrase("no key file is given", "未指定密钥文件"),
      hint: Phrase("pass --file PATH or set BOMS_KEY_FILE", "使用 --file PATH 或设置 BOMS_KEY_FILE"))
  }
}
