#!/usr/bin/env python3
"""The tax bureau, as far as a test needs one: takes the requests that `boms-invoice request export` writes
as JSON, and issues the invoices as EInvoice XML, one file each.

    tax_bureau.py --out FOLDER --on DAY [--first N] [--refuse NUMBER]... < requests.json

Amounts come with tax, as in the bureau's workbook: it reckons net and tax of a line from them. A red
request takes back what it says. What it refuses, and what is against its own rules, is a list of failures
on stdout, in the bureau's headings; the exit code is 0 all the same.
"""

import argparse
import json
import os
import re
import sys
from decimal import ROUND_HALF_UP, Decimal
from xml.sax.saxutils import escape

CENT = Decimal("0.01")
DIGITS = "零壹贰叁肆伍陆柒捌玖"
UNITS = ["", "拾", "佰", "仟"]
GROUPS = ["", "万", "亿"]


def rounded(amount):
    return amount.quantize(CENT, ROUND_HALF_UP)


def capitals(amount):
    """叁万圆整; of a red one （负数）…"""
    sign, fen = ("（负数）" if amount < 0 else ""), int(abs(amount) * 100)
    yuan, text, zero = fen // 100, "", False
    for group in reversed(range(3)):
        part = yuan // 10 ** (4 * group) % 10000
        for place in reversed(range(4)):
            digit = part // 10**place % 10
            if digit == 0:
                zero = zero or text != ""
                continue
            text += ("零" if zero else "") + DIGITS[digit] + UNITS[place]
            zero = False
        if part:
            text += GROUPS[group]
    text = (text or "零") + "圆"
    jiao, fen = fen // 10 % 10, fen % 10
    if jiao:
        text += DIGITS[jiao] + "角"
    elif fen:
        text += "零"
    return sign + text + (DIGITS[fen] + "分" if fen else "整")


def element(name, text):
    return f"<{name}>{escape(text)}</{name}>" if text else ""


def problem(request):
    """Why the bureau does not take it; None if it does."""
    if request["colour"] == "red":
        return None if request["blue_no"] else "未找到对应的蓝字发票"
    if request["invoice_kind"] == "special" and not request["buyer_tax_no"]:
        return "购买方纳税人识别号不能为空"
    if not 0 < len(request["buyer_name"]) <= 100 or len(request["remark"] or "") > 230:
        return "购买方名称或备注长度有误"
    for line in request["lines"]:
        if not re.fullmatch(r"\d{19}", line["tax_code"]):
            return "商品和服务税收编码有误"
        if (line["tax_code"][:10] in ("3040502020", "3040502029")) != (request["business"] == "lease"):
            return "不动产经营租赁服务须单独开具"
    if request["business"] == "lease":
        if not request["leases"]:
            return "特定业务信息不能为空"
        for lease in request["leases"]:
            if not re.search("街|路|村|乡|镇|道|巷|号", lease["address"]):
                return "不动产详细地址有误"
            if not lease["deed_no"] or lease["to_on"] < lease["from_on"]:
                return "不动产租赁信息有误"
    return None


def price(net, quantity):
    """Without tax, 13 places at most."""
    if not quantity:
        return ""
    return f"{(net / Decimal(quantity)).quantize(Decimal('1e-13'), ROUND_HALF_UP).normalize():f}"


def amounts(request, line):
    """Net and tax of a line."""
    gross, rate = Decimal(line["gross"]), Decimal(line["tax_rate"])
    if request["colour"] == "red":
        net, tax = Decimal(line["net"]), Decimal(line["tax"])
        assert net + tax == gross < 0 and abs(net * rate - tax) <= Decimal("0.06"), line
        return net, tax
    tax = rounded(gross * rate / (1 + rate))
    return gross - tax, tax


def invoice(request, number, day):
    """The text of the XML."""
    is_red = request["colour"] == "red"
    lines, net, tax = [], Decimal(0), Decimal(0)
    for line in request["lines"]:
        line_net, line_tax = amounts(request, line)
        net, tax = net + line_net, tax + line_tax
        name = "*经营租赁*" if request["business"] == "lease" else "*服务*"
        lines.append(
            "<IssuItemInformation>"
            + element("ItemName", name + line["item_name"])
            + element("MeaUnits", line["unit"])
            + element("Quantity", line["quantity"])
            + element("UnPrice", price(line_net, line["quantity"]))
            + f"<Amount>{line_net}</Amount><TaxRate>{Decimal(line['tax_rate']).normalize()}</TaxRate>"
            + f"<ComTaxAm>{line_tax}</ComTaxAm><TotaltaxIncludedAmount>{line_net + line_tax}"
            + "</TotaltaxIncludedAmount>"
            + element("TaxClassificationCode", line["tax_code"])
            + "</IssuItemInformation>"
        )
    gross = net + tax
    assert gross == Decimal(request["gross"]), request["request_no"]
    remark = [request["remark"] or ""]
    specific = ""
    if is_red:
        confirmation = "33" + number[-18:]
        specific = (
            f"<RedEInvoice><OriginalInvoiceCode>{request['blue_no']}</OriginalInvoiceCode>"
            f"<CreditNoteNumber>{confirmation}</CreditNoteNumber></RedEInvoice>"
        )
        remark = [f"被红冲蓝字数电发票号码：{request['blue_no']} 红字发票信息确认单编号：{confirmation}"]
    else:
        # What the bureau calls these elements is not public: the reader keeps them as they are.
        for lease in request["leases"]:
            specific += (
                "<RealEstateLease>"
                + element("CertificateNumber", lease["deed_no"])
                + element("Address", lease["region"] + lease["address"])
                + element("LeaseTerm", lease["from_on"] + " " + lease["to_on"])
                + element("CrossCity", "是" if lease["cross_city"] else "否")
                + element("AreaUnit", lease["area_unit"])
                + "</RealEstateLease>"
            )
    special = request["invoice_kind"] == "special"
    return f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<EInvoice><Header><EIid>{number}</EIid><EInvoiceTag>SWEI3300</EInvoiceTag><Version>0.37</Version>
<InherentLabel><InIssuType><LabelCode>{"N" if is_red else "Y"}</LabelCode><LabelName>是否蓝字发票标志</LabelName></InIssuType>
<EInvoiceType><LabelCode>01</LabelCode><LabelName>电子发票</LabelName></EInvoiceType>
<GeneralOrSpecialVAT><LabelCode>{"01" if special else "02"}</LabelCode><LabelName>{"增值税专用发票" if special else "普通发票"}</LabelName></GeneralOrSpecialVAT>
<TaxpayerType><LabelCode>1</LabelCode><LabelName>一般纳税人</LabelName></TaxpayerType></InherentLabel></Header>
<EInvoiceData><SellerInformation>{element("SellerIdNum", request["seller_tax_no"])}{element("SellerName", request["seller_name"])}</SellerInformation>
<BuyerInformation>{element("BuyerIdNum", request["buyer_tax_no"])}{element("BuyerName", request["buyer_name"])}{element("BuyerAddr", request["buyer_address"])}{element("BuyerTelNum", request["buyer_phone"])}{element("BuyerBankName", request["buyer_bank"])}{element("BuyerBankAccNum", request["buyer_account"])}</BuyerInformation>
<BasicInformation><TotalAmWithoutTax>{net}</TotalAmWithoutTax><TotalTaxAm>{tax}</TotalTaxAm>
<TotalTax-includedAmount>{gross}</TotalTax-includedAmount><TotalTax-includedAmountInChinese>{capitals(gross)}</TotalTax-includedAmountInChinese>
<Drawer>示例</Drawer><RequestTime>{day} 10:11:12</RequestTime></BasicInformation>
{"".join(lines)}
<SpecificInformation>{specific}</SpecificInformation>
<AdditionalInformation>{element("Remark", remark[0])}</AdditionalInformation></EInvoiceData>
<TaxSupervisionInfo><InvoiceNumber>{number}</InvoiceNumber><IssueTime>{day} 10:11:13</IssueTime>
<TaxBureauCode>13300000000</TaxBureauCode><TaxBureauName>国家税务总局浙江省税务局</TaxBureauName></TaxSupervisionInfo>
<TaxBureauSignature><SignatureAlgorithm>1.2.156.10197.1.501</SignatureAlgorithm><SignatureFormat>DETACH</SignatureFormat>
<SignatureTime>{day} 10:11:13</SignatureTime><SignatureValue>c2lnbmF0dXJl</SignatureValue><KeyInfo/></TaxBureauSignature></EInvoice>
"""


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", required=True)
    parser.add_argument("--on", required=True)
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--refuse", action="append", default=[])
    options = parser.parse_args()
    os.makedirs(options.out, exist_ok=True)
    serial = options.first
    failures = []
    for request in json.load(sys.stdin):
        refused = request["request_no"] in options.refuse
        why = "税务机关系统繁忙，请稍后重试" if refused else problem(request)
        if why:
            failures.append((request, why))
            continue
        number = f"{options.on[2:4]}332{serial:015d}"
        serial += 1
        path = os.path.join(options.out, f"dzfp_{number}_{options.on.replace('-', '')}101113.xml")
        with open(path, "w", encoding="utf-8") as file:
            file.write(invoice(request, number, options.on))
    print("发票流水号,发票类型,特定业务类型,购买方名称,购买方税号,导入失败原因")
    for request, why in failures:
        kind = "增值税专用发票" if request["invoice_kind"] == "special" else "普通发票"
        business = "不动产经营租赁服务" if request["business"] == "lease" else ""
        cells = [request["request_no"], kind, business, request["buyer_name"], request["buyer_tax_no"] or "", why]
        print(",".join(cells))


main()
