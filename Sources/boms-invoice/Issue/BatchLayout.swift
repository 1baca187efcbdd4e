/// The tax bureau's workbook 批量开票-导入开票模板, version V260401: its sheets as they are. Columns are
/// found by their headings, so that a new version is a new table.
enum BatchLayout {
  /// What the hidden sheet says.
  static let version = "pt:20260401"
  /// Data begin in the fourth row; the lists reach to row 1001.
  static let firstRow = 3
  static let listRows = 3...1000
  /// Above, the bureau's import is not sure to work.
  static let rowLimit = 2000

  struct Sheet: Sendable {
    var name: String
    var columns: [Column]
    /// Cells of the second and third row that are one, as a spreadsheet writes them.
    var merged: [String]

    /// The place of a column by its heading, from the column of another heading on: the sheet of
    /// special businesses has the same headings in several blocks.
    func column(_ heading: String, from start: Int = 0) -> Int? {
      columns[start...].firstIndex { $0.heading == heading }
    }
  }

  struct Column: Sendable {
    var heading: String?
    /// Whether it must be filled in, and how long it may be.
    var limit: String?
    var choices: [String]

    init(_ heading: String?, _ limit: String?, _ choices: String = "") {
      self.heading = heading
      self.limit = limit
      self.choices = choices.split(separator: ",").map(String.init)
    }
  }

  static let sheets = [header, lines, business, additions]

  /// `L2:P2` as a row and columns from 0: one row, columns of one letter or two.
  static func range(_ text: String) -> (row: Int, columns: ClosedRange<Int>)? {
    let cells = text.split(separator: ":").map { cell -> (row: Int, column: Int)? in
      let letters = cell.prefix { $0.isLetter }.utf8
      guard let row = Int(cell.dropFirst(letters.count)) else { return nil }
      return (row - 1, letters.reduce(0) { $0 * 26 + Int($1) - 64 } - 1)
    }
    guard cells.count == 2, let first = cells[0], let last = cells[1], first.row == last.row,
      first.column <= last.column
    else { return nil }
    return (first.row, first.column...last.column)
  }

  static let header = Sheet(
    name: "1-发票基本信息",
    columns: [
      Column("发票流水号", "必填\n(限20字符)"),
      Column("发票类型", "必填\n(限10字符)", "增值税专用发票,普通发票"),
      Column(
        "特定业务类型", "非必填\n(限10字符)",
        """
        成品油,稀土,建筑服务,货物运输服务,不动产销售,不动产经营租赁服务,\
        代收车船税,旅客运输服务,自产农产品销售,拖拉机和联合收割机,机动车,\
        农产品收购,光伏收购,卷烟,专票农产品,电子烟,白酒,报废产品收购,\
        金银首饰批发,金银首饰零售,黄金交易结算（交易所购入）,\
        黄金交易结算（交易所销售）,会员单位投资性黄金,会员单位非投资性黄金,\
        客户标准黄金,金银首饰零售（个人）
        """),
      Column("是否含税", "必填(是/否)\n(限2字符)", "是,否"),
      Column("受票方自然人标识", "非必填(是/否)\n\t(限2字符)", "是,否"),
      Column("购买方名称", "必填\n(限100字符)"),
      Column("购买方纳税人识别号", "专票必填\n(限20字符)"),
      Column(
        "购买方证件类型", "非必填\n(限40字符)",
        """
        居民身份证,港澳居民来往内地通行证,台湾居民来往大陆通行证,中国护照,\
        外国人永久居留身份证（外国人永久居留证）,中华人民共和国港澳居民居住证,\
        中华人民共和国台湾居民居住证,外国护照
        """),
      Column("购买方证件号码", "非必填\n(限30字符)"),
      Column("购买方国籍（或地区）", " 非必填\n(限40字符)\t"),
      Column("购买方地址", " 有条件必填\n(限100字符)\t "),
      Column("购买方所在地区（报废产品收购必填）", " 有条件必填\n(限100字符)\t"),
      Column(nil, nil),
      Column(nil, nil),
      Column(nil, nil),
      Column("购买方详细地址（报废产品收购必填）", nil),
      Column("购买方电话", "\t有条件必填\n(限50字符)\t"),
      Column("购买方开户银行", "\t非必填\n(限100字符)"),
      Column("购买方银行账号", "非必填\n(限100字符)"),
      Column("是否展示购买方地址电话银行账号", "非必填\n（限20字符）", "展示地址、电话,展示开户银行、银行账号,展示地址、电话、开户银行及银行账号"),
      Column("是否开具涉税专业服务发票品目", "非必填(是/否)\n（限2字符）", "是,否"),
      Column("涉税专业服务协议编号", "有条件必填\n（限20字符）"),
      Column("备注", "非必填\n(限230字符)"),
      Column("报废产品销售类型", "有条件必填\n（限24字符）", "销售自己使用过的报废产品,销售收购的报废产品"),
      Column("每千克煤炭\n发热量", "非必填\n(限5字符)\n单位(千卡)"),
      Column("干基全硫", "非必填\n(限6字符)\n保留两位小数\n(%)"),
      Column("干燥无灰基挥发分", "非必填\n(限6字符)\n保留两位小数\n(%)   "),
      Column("销售方开户行", "非必填\n(限100字符)"),
      Column("销售方银行账号", "非必填\n(限60字符)"),
      Column("是否展示销售方地址电话银行账号", "非必填\n（限20字符）", "展示地址、电话,展示开户银行、银行账号,展示地址、电话、开户银行及银行账号"),
      Column("购买方邮箱", "非必填\n(限72字符)"),
      Column("购买方经办人姓名", "非必填\n(限150字符)"),
      Column("购买方经办人证件类型", " 非必填\n(限40字符)"),
      Column("购买方经办人证件号码", "非必填\n(限30字符)\t"),
      Column("经办人国籍(地区)", "非必填\n(限40字符)"),
      Column("经办人自然人纳税人识别号", "非必填\n(限20字符)\t"),
      Column(
        "放弃享受减按1%征收率\n原因", "非必填\n(限100字符)",
        """
        前期已开具3%征收率的发票，发生销售折让、中止或者退回等情形需要开具3%征收率的红字发票，\
        或者开票有误需要重新开具3%征收率的发票,\
        因为实际经营业务需要，放弃享受减按1%征收率征收增值税政策。
        """),
      Column("收款人", "非必填\n(限16字符)\t"),
      Column("复核人", "非必填\n(限16字符)"),
    ],
    merged: ["L2:P2", "L3:O3"])

  static let lines = Sheet(
    name: "2-发票明细信息",
    columns: [
      Column("发票流水号", "必填\n（限20字符)"),
      Column("项目名称", "必填\n（限100字符)"),
      Column("商品和服务税收编码", "必填\n（限20字符)"),
      Column("规格型号", "非必填\n（限40字符)"),
      Column("单位", "有条件必填\n（限22字符)"),
      Column("数量", "有条件必填\n（限16字符)\n最大保留13位小数"),
      Column("单价", " 有条件必填\n（限16字符)\n最大保留13位小数"),
      Column("金额", "必填\n（限16字符)\n保留两位小数"),
      Column("税率", "必填\n（限8字符)\n以小数形式填写，如“0.13”代表税率13%"),
      Column("折扣金额", "非必填\n（限16字符)\n保留两位小数，系统据此添加折扣行"),
      Column("是否使用优惠政策", "非必填（是/否）\n（限2字符)", "是,否"),
      Column(
        "优惠政策类型", "非必填\n（限15字符)",
        """
        简易征收,稀土产品,免税,不征税,先征后退,100%先征后退,50%先征后退,\
        按3%简易征收,按5%简易征收,按5%简易征收减按1.5%计证,即征即退30%,\
        即征即退50%,即征即退70%,即征即退100%,超税负3%即征即退,\
        超税负8%即征即退,超税负12%即征即退,超税负6%即征即退,按2%简易征收,\
        按3%简易征收减按1.5%计征
        """),
      Column(
        "即征即退类型", "非必填\n(限46字符)",
        """
        增值税即征即退-软件产品,增值税即征即退-资源综合利用产品,\
        增值税即征即退-管道运输服务,增值税即征即退-有形动产融资租赁服务,\
        增值税即征即退-有形动产融资性售后回租服务,增值税即征即退-新型墙体材料,\
        增值税即征即退-风力发电产品,增值税即征即退-光伏发电产品,\
        增值税即征即退-动漫软件产品,增值税即征即退-飞机维修劳务,\
        增值税即征即退-黄金,增值税即征即退-铂金
        """),
      Column(
        "煤炭种类", "非必填\n（限15字符)",
        """
        政府保供煤,长协煤-协议期不足半年,长协煤-协议期在半年至一年之间,\
        长协煤-协议期在一年至两年之间,长协煤-协议期在两年以上,市场煤
        """),
    ],
    merged: [])

  static let business = Sheet(
    name: "3-特定业务信息",
    columns: [
      Column("发票流水号", "必填\n（限20字符)"),
      Column("建筑服务发生地", "必填\n合计（限120字符)"),
      Column("发生地详细地址", nil),
      Column("建筑项目名称", "必填\n（限80字符)"),
      Column("土地增值税项目编号", "非必填\n（限20字符)"),
      Column("跨地市标志", "必填(是/否)\n（限2字符)", "是,否"),
      Column("跨区域涉税事项报验管理编号", "非必填\n（限50字符）)"),
      Column("起运地", "必填\n（限80字符)"),
      Column("到达地", "必填\n（限80字符)\t"),
      Column("运输工具种类", "必填\n（限40字符)", "铁路运输,公路运输,水路运输,航空运输,管道运输,其他运输工具"),
      Column("运输工具牌号", "\t必填\n（限40字符)"),
      Column("运输货物名称", "必填\n（限80字符)"),
      Column("产权证书/不动产权证号码", "非必填\n（限40字符)"),
      Column("不动产地址", "必填\n合计（限120字符)"),
      Column("不动产详细地址", nil),
      Column("不动产单元代码/网签合同备案编码", "非必填\n（限28字符)"),
      Column("土地增值税项目编号", "非必填\n（限20字符)"),
      Column("核定计税价格", "非必填\n（限20字符)\t"),
      Column("实际成交含税金额", " 必填\n\t（限20字符)"),
      Column("跨地市标志", "必填(是/否)\n\t（限2字符)", "是,否"),
      Column("面积单位", "必填\n\t（限12字符)", "平方米,亩,㎡,平方千米,公顷,h㎡,k㎡,孔公里,米(铁路线与管道等使用)"),
      Column("产权证书/不动产权证号码", "必填\n（限40字符)\t"),
      Column("不动产地址", "必填\n合计（限120字符)"),
      Column("不动产详细地址", "必填\n合计（限120字符)\t"),
      Column("租赁期起", "必填\n（限12字符)"),
      Column("租赁期止", "\t必填\n（限12字符)"),
      Column("跨地市标志", "必填(是/否)\n（限2字符)", "是,否"),
      Column("面积单位", "必填\n（限20字符）", "平方米,亩,㎡,平方千米,公顷,h㎡,k㎡,米(铁路线与管道等使用)"),
      Column("车牌号", "非必填\n （限20字符)"),
      Column("保险单号", "必填\n （限40字符)"),
      Column("车牌号/船舶登记号", "必填\n（限40字符)\t"),
      Column("税款所属期起", "必填\n\t（限40字符)"),
      Column("税款所属期止", nil),
      Column("代收车船税金额", "必填\n（限10字符)\t"),
      Column("滞纳金金额", "必填\n\t（限10字符)"),
      Column("金额合计", "必填\n（限10字符)\t"),
      Column("车辆识别代码/车架号码", "必填\n（限17字符)"),
      Column("出行人", "必填\n\t（限20字符)"),
      Column("出行人证件类型", "必填\n（限20字符)\t"),
      Column("出行人证件号码", "必填\n\t（限20字符)"),
      Column("出行日期", "必填\n（限40字符)"),
      Column("出发地", "必填\n（限80字符)"),
      Column("到达地", "必填\n（限80字符)\t"),
      Column("交通工具类型", "必填\n（限20字符)"),
      Column("等级", "必填\n（限8字符)"),
      Column("是否用于办理拖拉机和联合收割机登记", "必填(是/否)\n（限2字符)", "是,否"),
      Column("发动机号码", "非必填\n\t（限40字符)"),
      Column("底盘号/机架号", "非必填\n\t（限30字符)"),
    ],
    merged: ["AF2:AG2", "B2:C2", "N2:O2"])

  static let additions = Sheet(
    name: "4-附加要素信息",
    columns: [
      Column("发票流水号", "必填项\n（限20字符)"),
      Column("附加要素名称", "必填项\n（限50字符)"),
      Column("附加要素内容", "必填项\n（限300字符)"),
    ],
    merged: [])

}
