import Shared
import Testing

@testable import boms_invoice

struct BureauWordsTests {
  @Test(arguments: [
    ("0", "normal"), ("正常", "normal"), ("2", "void"), ("已作废", "void"), ("作废", "void"),
    ("3", "reversed_full"), ("8", "reversed_full"), ("已红冲-全额", "reversed_full"),
    ("全额红冲", "reversed_full"), ("红冲", "reversed_full"), ("7", "reversed_part"),
    ("已红冲-部分", "reversed_part"), ("已红冲（部分）", "reversed_part"), ("部分红冲", "reversed_part"),
    ("失控", nil), ("异常", nil), ("非正常", nil), ("新词", nil), ("1", nil),
  ])
  func aStatusIsReadInWordsAndCodes(_ text: String, _ status: String?) {
    #expect(BureauStatus(written: text)?.rawValue == status)
  }

  @Test(arguments: [
    ("正常", "normal"), ("无风险", "normal"), ("01", "normal"), ("疑点发票", "doubtful"),
    ("03", "doubtful"), ("高风险", "doubtful"), ("异常凭证", "abnormal"), ("02", "abnormal"),
    ("非正常", "abnormal"), ("失控", "abnormal"), ("甲", nil),
  ])
  func aRiskIsReadInWordsAndCodes(_ text: String, _ risk: String?) {
    #expect(InvoiceRisk(written: text)?.rawValue == risk)
  }

  @Test(arguments: [
    ("未锁定", "unlocked"), ("已锁定", "locked"), ("锁定", "locked"), ("已解锁", "unlocked"),
    ("Y", "locked"), ("n", "unlocked"), ("?", nil),
  ])
  func aLockIsReadInWordsAndCodes(_ text: String, _ lock: String?) {
    #expect(RedLock(written: text)?.rawValue == lock)
  }

  @Test(arguments: [
    ("00", "00"), ("0", "00"), ("00-查验一致", "00"), ("查验一致", "00"), ("相符", "00"),
    ("查验成功", "00"), ("1", "01"), ("查验失败", "01"), ("请求超时", "01"),
    ("超过该张发票当日查验次数", "01"), ("查无此票", "02"), ("02：查无此票", "02"), ("发票不存在", "02"),
    ("不一致", "03"), ("查验信息不相符", "03"), ("4", "04"), ("非本单位发票", "04"), ("05", nil),
    ("好", nil), ("", nil),
  ])
  func anAnswerIsReadInWordsAndCodes(_ text: String, _ answer: String?) {
    #expect(Verification(written: text)?.rawValue == answer)
  }

  @Test(
    arguments: [
      ("*餐饮服务*餐费", nil, "catering"), ("餐费", "3070401000000000000", "catering"),
      ("*餐饮服务*餐费", "3070402000000000000", nil), ("*住宿服务*住宿费", nil, nil),
      ("*居民日常服务*洗衣", nil, "residents"), ("x", "3070502000000000000", "residents"),
      ("*娱乐服务*KTV", nil, "entertainment"), ("x", "3070302000000000000", "entertainment"),
      ("*贷款服务*利息", nil, "loan"), ("x", "3060101000000000000", "loan"),
      ("餐饮服务", nil, nil), (nil, nil, nil), ("办公*餐饮服务*用品", nil, nil),
    ] as [(String?, String?, String?)])
  func whatTheLawExcludesIsFoundByCodeElseByShortName(
    _ name: String?, _ code: String?, _ service: String?
  ) {
    #expect(ExcludedService(itemName: name, taxCode: code)?.rawValue == service)
  }
}
