"""Trains the dictionary that the books pack invoices against (schema 16), on invoices that are made up:
the names of elements are those of every invoice, the values are nobody's.

  python3 packing.py [FILE...]

Writes the dictionary as a literal of SQL; says of each FILE on stderr how small it becomes. The books that
are there keep theirs: another dictionary is another row of `file_packing`, by a new migration. Wants zstd.
"""

import random
import subprocess
import sys
import tempfile
from pathlib import Path

SIZE = 4096
"""Bytes of the dictionary: a larger one makes files no smaller."""

SAMPLES = 400

DIGITS = "0123456789"
CODE = DIGITS + "ABCDEFGHJKLMNPQRTUWXY"
WORD = "安北滨昌成城达东方飞丰福广国海航合恒华汇吉嘉建江金京凯科乐立联龙美明宁平千庆瑞山上盛泰天通同万文西祥新兴亚阳永元远长正中州"
PLACES = ["北京市", "上海市", "广东省", "深圳市", "浙江省", "江苏省", "四川省", "湖北省", "山东省", "福建省"]
COMPANIES = ["有限公司", "股份有限公司", "科技有限公司", "物业服务有限公司", "商业管理有限公司", "置业有限公司", "贸易有限公司"]
ITEMS = [
    ("*经营租赁*租金", "0.09", "3040502020200000000", "月"),
    ("*企业管理服务*物业管理费", "0.06", "3040801010000000000", "月"),
    ("*供电*电费", "0.13", "1100101010000000000", "千瓦时"),
    ("*水冰雪*水费", "0.03", "1100301010000000000", "吨"),
    ("*信息技术服务*技术服务费", "0.06", "3040203000000000000", "项"),
    ("*生产生活服务*通行费", "0.03", "3040502020301000000", None),
    ("*餐饮服务*餐费", "0.06", "3070401000000000000", "次"),
    ("*运输服务*运费", "0.09", "3010102010000000000", "次"),
    ("*建筑服务*工程款", "0.09", "3050100000000000000", "项"),
]

chance = random.Random(16)


def some(letters: str, count: int) -> str:
    return "".join(chance.choice(letters) for _ in range(count))


def yuan(fen: int) -> str:
    sign = "-" if fen < 0 else ""
    return f"{sign}{abs(fen) // 100}.{abs(fen) % 100:02d}"


def element(name: str, depth: int, *inside: "str | None") -> str:
    """A value, or elements on lines of their own; nothing for what is None."""
    if len(inside) == 1 and inside[0] is None:
        return ""
    indent = "  " * depth
    if len(inside) == 1 and not inside[0].startswith(" "):
        return f"{indent}<{name}>{inside[0]}</{name}>\n"
    return f"{indent}<{name}>\n{''.join(part or '' for part in inside)}{indent}</{name}>\n"


def label(name: str, flat: bool, **values: str) -> str:
    """Issuers write labels on one line, or on one for each value."""
    if flat:
        return f"      <{name}>{''.join(f'<{k}>{v}</{k}>' for k, v in values.items())}</{name}>\n"
    return element(name, 3, "".join(element(k, 4, v) for k, v in values.items()))


def party(side: str, place: str, is_whole: bool) -> str:
    values = {"IdNum": "91" + some(CODE, 16), "Name": some(WORD, 4) + chance.choice(COMPANIES)}
    if is_whole:
        values["Addr"] = f"{place}{some(WORD, 2)}区{some(WORD, 2)}路{some(DIGITS, 3)}号"
        values["TelNum"] = f"0{some(DIGITS, 3)}-{some(DIGITS, 8)}"
        values["BankName"] = f"中国{chance.choice(['工商', '建设', '农业'])}银行{some(WORD, 2)}支行"
        values["BankAccNum"] = some(DIGITS, 19)
    inside = "".join(element(side + name, 3, value) for name, value in values.items())
    return element(f"{side}Information", 2, inside)


def line(net: int, tax: int, item: "tuple[str, str, str, str | None]") -> str:
    name, rate, code, unit = item
    return element(
        "IssuItemInformation",
        2,
        element("ItemName", 3, name),
        element("SpecMod", 3, chance.choice(["", None, None])),
        element("MeaUnits", 3, unit),
        element("Quantity", 3, chance.choice(["1", "1.00000000", some(DIGITS, 3)])),
        element("UnPrice", 3, yuan(abs(net)) + some(DIGITS, chance.choice([0, 6, 11]))),
        element("Amount", 3, yuan(net)),
        element("TaxRate", 3, rate),
        element("ComTaxAm", 3, yuan(tax)),
        element("TotaltaxIncludedAmount", 3, yuan(net + tax)),
        element("TaxClassificationCode", 3, code),
    )


def specific(is_red: bool) -> str:
    if is_red:
        blue = element("OriginalInvoiceCode", 4, "25" + some(DIGITS, 18))
        confirmation = element("CreditNoteNumber", 4, some(DIGITS, 24))
        return element("SpecificInformation", 2, element("RedEInvoice", 3, blue, confirmation))
    if chance.random() < 0.15:
        passage = "".join(
            element(name, 4, value)
            for name, value in {
                "PlateNumber": "浙A" + some(DIGITS, 5),
                "VehicleType": "客车",
                "StartDatesOfPassage": "2026" + some(DIGITS, 13),
                "EndDatesOfPassage": "2026" + some(DIGITS, 13),
            }.items()
        )
        return element("SpecificInformation", 2, element("Toll", 3, passage))
    return "    <SpecificInformation/>\n"


def invoice() -> str:
    flat, is_red, is_special = (chance.random() < share for share in (0.5, 0.1, 0.6))
    place, number = chance.choice(PLACES), "2" + some("3456", 1) + some(DIGITS, 18)
    day = f"202{some('456', 1)}-{chance.randrange(1, 13):02d}-{chance.randrange(1, 29):02d}"
    lines, net, tax = "", 0, 0
    for _ in range(chance.choice([1, 1, 1, 2, 3])):
        item = chance.choice(ITEMS)
        amount = chance.randrange(1_000, 9_000_000) * (-1 if is_red else 1)
        of_it = round(amount * float(item[1]))
        lines += line(amount, of_it, item)
        net, tax = net + amount, tax + of_it
    kind = ("01", "增值税专用发票") if is_special else ("02", "普通发票")
    capitals = "".join(some("壹贰叁肆伍陆柒捌玖", 1) + unit for unit in "仟佰拾") + "圆整"
    own = (
        label("Label", flat, LabelType="发票开具方式标签", LabelCode="1", LabelName="网页开票")
        if chance.random() < 0.5
        else label("Label", flat, LabelType="企业行业性质类标签", LabelCode="01", LabelName=some(WORD, 4))
    )
    header = element(
        "Header",
        1,
        element("EIid", 2, number),
        element("EInvoiceTag", 2, f"SWEI{some('12345', 2)}00"),
        element("Version", 2, "0." + chance.choice(["2", "32", "33", "37"])),
        element(
            "InherentLabel",
            2,
            label("InIssuType", flat, LabelCode="N" if is_red else "Y", LabelName="是否蓝字发票标志"),
            label("EInvoiceType", flat, LabelCode="01", LabelName="电子发票"),
            label("GeneralOrSpecialVAT", flat, LabelCode=kind[0], LabelName=kind[1]),
            label("TaxpayerType", flat, LabelCode="1", LabelName="一般纳税人"),
        ),
        element("UndefinedLabel", 2, own),
    )
    basic = element(
        "BasicInformation",
        2,
        element("TotalAmWithoutTax", 3, yuan(net)),
        element("TotalTaxAm", 3, yuan(tax)),
        element("TotalTax-includedAmount", 3, yuan(net + tax)),
        element("TotalTax-includedAmountInChinese", 3, chance.choice([capitals, capitals, None])),
        element("Drawer", 3, some(WORD, 3)),
        element("RequestTime", 3, f"{day} 1{some(DIGITS, 1)}:{some('012345', 1)}1:{some('012345', 1)}2"),
    )
    remark = element("Remark", 3, chance.choice(["", some(WORD, 8)]))
    data = element(
        "EInvoiceData",
        1,
        party("Seller", place, True),
        party("Buyer", place, chance.random() < 0.3),
        basic,
        lines,
        specific(is_red),
        element("AdditionalInformation", 2, remark),
    )
    bureau = element(
        "TaxSupervisionInfo",
        1,
        element("InvoiceNumber", 2, number),
        element("IssueTime", 2, day),
        element("TaxBureauCode", 2, f"1{some('12345', 2)}00000000"),
        element("TaxBureauName", 2, f"国家税务总局{place}税务局"),
    )
    signature = element(
        "TaxBureauSignature",
        1,
        element("SignatureAlgorithm", 2, "SM3withSM2"),
        element("SignatureFormat", 2, "DETACH"),
        element("SignatureTime", 2, f"{day} 10:11:12"),
        element("SignatureValue", 2, some(CODE + "abcdefghijk+/", 96)),
    )
    coding = chance.choice(["utf-8", "UTF-8"])
    return (
        f'<?xml version="1.0" encoding="{coding}" standalone="yes"?>\n<EInvoice>\n{header}{data}'
        + element("SellerAuthentication", 1, element("AuthenticationMethods", 2, "01"))
        + bureau
        + (signature if chance.random() < 0.4 else "")
        + "</EInvoice>\n"
    )


def main(files: "list[str]") -> None:
    with tempfile.TemporaryDirectory() as folder:
        samples = [Path(folder) / f"{index:03d}.xml" for index in range(SAMPLES)]
        for sample in samples:
            sample.write_text(invoice(), encoding="utf-8")
        dictionary = Path(folder) / "dictionary"
        train = ["zstd", "-q", "--train", f"--maxdict={SIZE}", "-o", str(dictionary)]
        subprocess.run([*train, *map(str, samples)], check=True)
        print(f"x'{dictionary.read_bytes().hex().upper()}'")
        for name in files:
            pack = ["zstd", "-q", "-c", "-D", str(dictionary), name]
            packed = subprocess.run(pack, check=True, stdout=subprocess.PIPE).stdout
            print(f"{name}: {Path(name).stat().st_size} -> {len(packed)}", file=sys.stderr)


if __name__ == "__main__":
    main(sys.argv[1:])
