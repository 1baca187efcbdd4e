"""Mails as suppliers, platforms and colleagues send them, and the invoices in them."""

import base64
import binascii
import io
import quopri
import zipfile
from email import policy
from email.message import EmailMessage
from urllib.parse import quote

SELLER = ("91110108690017781B", "杭州净城保洁服务有限公司")
BUYER = ("91330000142942095H", "杭州湖畔商业管理有限公司")


def number(index: int) -> str:
    return f"2633200000{index:010}"


def invoice(index: int) -> bytes:
    """An EInvoice of 100 to 900 yuan net at 6 %."""
    hundreds = index % 9 + 1
    net, tax, gross = hundreds * 100, hundreds * 6, hundreds * 106
    text = f"""<?xml version="1.0" encoding="UTF-8"?>
<EInvoice><Header><EIid>{number(index)}</EIid><EInvoiceTag>SWEI3200</EInvoiceTag><Version>0.31</Version>
<InherentLabel><InIssuType><LabelCode>Y</LabelCode><LabelName>是否蓝字发票标志</LabelName></InIssuType>
<EInvoiceType><LabelCode>01</LabelCode><LabelName>电子发票</LabelName></EInvoiceType>
<GeneralOrSpecialVAT><LabelCode>02</LabelCode><LabelName>普通发票</LabelName></GeneralOrSpecialVAT></InherentLabel>
</Header><EInvoiceData>
<SellerInformation><SellerIdNum>{SELLER[0]}</SellerIdNum><SellerName>{SELLER[1]}</SellerName></SellerInformation>
<BuyerInformation><BuyerIdNum>{BUYER[0]}</BuyerIdNum><BuyerName>{BUYER[1]}</BuyerName></BuyerInformation>
<BasicInformation><TotalAmWithoutTax>{net}.00</TotalAmWithoutTax><TotalTaxAm>{tax}.00</TotalTaxAm>
<TotalTax-includedAmount>{gross}.00</TotalTax-includedAmount><Drawer>张三</Drawer>
<RequestTime>2026-11-03 10:00:00</RequestTime></BasicInformation>
<IssuItemInformation><ItemName>*保洁服务*保洁</ItemName><Amount>{net}.00</Amount><TaxRate>0.06</TaxRate>
<ComTaxAm>{tax}.00</ComTaxAm><TotaltaxIncludedAmount>{gross}.00</TotaltaxIncludedAmount></IssuItemInformation>
<SpecificInformation/></EInvoiceData>
<TaxSupervisionInfo><InvoiceNumber>{number(index)}</InvoiceNumber><IssueTime>2026-11-03 10:00:01</IssueTime>
</TaxSupervisionInfo></EInvoice>
"""
    return text.encode()


def pdf(size: int = 3000) -> bytes:
    return b"%PDF-1.4\n" + bytes(range(256)) * (size // 256) + b"\n%%EOF\n"


def pack(**members: bytes) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, member in members.items():
            archive.writestr(name.replace("__", "."), member)
    return data.getvalue()


def letter(subject: str, text: str = "您好，附件为发票，请查收。\n") -> EmailMessage:
    mail = EmailMessage(policy=policy.SMTP)
    mail["From"] = "供应商 <supplier@example.com>"
    mail["To"] = "invoices@example.com"
    mail["Subject"] = subject
    mail["Date"] = "Tue, 03 Nov 2026 10:05:00 +0800"
    mail["Message-ID"] = f"<{quote(subject)}@example.com>"
    mail.set_content(text)
    return mail


def attached(subject: str, *files: tuple[str, bytes], text: str | None = None) -> EmailMessage:
    mail = letter(subject) if text is None else letter(subject, text)
    for name, data in files:
        mail.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return mail


def part(headers: bytes, body: bytes) -> bytes:
    """A mail whose second part has just these headers, for what the library would not write."""
    return (
        "From: a@example.com\r\nTo: b@example.com\r\nSubject: t\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/mixed; boundary="BB"\r\n\r\n--BB\r\n'
        "Content-Type: text/plain; charset=utf-8\r\n\r\n发票\r\n--BB\r\n"
    ).encode() + headers + b"\r\n\r\n" + body + b"\r\n--BB--\r\n"


def named(name: bytes, data: bytes, inline: bool = False) -> bytes:
    """With the name in both headers, as it stands."""
    return part(
        b'Content-Type: application/octet-stream; name="' + name + b'"\r\n'
        b"Content-Transfer-Encoding: base64\r\nContent-Disposition: "
        + (b"inline" if inline else b"attachment") + b'; filename="' + name + b'"',
        base64.encodebytes(data).replace(b"\n", b"\r\n").rstrip())  # fmt: skip


def word(text: str, charset: str) -> bytes:
    """RFC 2047."""
    return b"=?" + charset.encode() + b"?B?" + base64.b64encode(text.encode(charset)) + b"?="


def quoted(text: str, charset: str) -> bytes:
    return b"=?" + charset.encode() + b"?Q?" + b"".join(b"=%02X" % c for c in text.encode(charset)) + b"?="


def uuencoded(name: str, data: bytes) -> bytes:
    lines = [binascii.b2a_uu(data[at : at + 45]) for at in range(0, len(data), 45)]
    return b"".join([
        b"From: a@example.com\r\nSubject: uu\r\n\r\nbegin 644 " + name.encode() + b"\r\n",
        *[line.replace(b"\n", b"\r\n") for line in lines], b"`\r\nend\r\n"])  # fmt: skip


def with_invoices() -> dict[str, tuple[bytes, list[int]]]:
    """Mails by what is hard about them, each with the invoices in it."""
    name = "发票_电费.xml"
    mails: dict[str, tuple[bytes, list[int]]] = {}

    def add(case: str, mail: EmailMessage | bytes, *indices: int) -> None:
        mails[case] = (mail if isinstance(mail, bytes) else mail.as_bytes(), list(indices))

    add("rfc 2231, utf-8", attached("发票", (f"dzfp_{number(101)}_净城_20261103100000.xml", invoice(101))), 101)
    add("rfc 2047, utf-8", named(word(name, "utf-8"), invoice(102)), 102)
    add("rfc 2047, gbk", named(word(name, "gbk"), invoice(103)), 103)
    add("rfc 2047, gb18030, quoted", named(quoted(name, "gb18030"), invoice(104)), 104)
    add("bare gbk", named(name.encode("gbk"), invoice(105)), 105)
    add("bare utf-8", named(name.encode(), invoice(106)), 106)
    add("rfc 2231, gbk", part(
        b"Content-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\n"
        b"Content-Disposition: attachment; filename*=gbk''" + quote(name.encode("gbk")).encode(),
        base64.encodebytes(invoice(107)).replace(b"\n", b"\r\n")), 107)  # fmt: skip
    add("a long name in pieces", attached("长", ("发票" * 20 + ".xml", invoice(108))), 108)
    add("no name", part(
        b"Content-Type: application/xml\r\nContent-Transfer-Encoding: base64\r\n"
        b"Content-Disposition: attachment",
        base64.encodebytes(invoice(109)).replace(b"\n", b"\r\n")), 109)  # fmt: skip
    add("quoted-printable", part(
        b'Content-Type: text/xml; charset=utf-8; name="a.xml"\r\n'
        b"Content-Transfer-Encoding: quoted-printable",
        quopri.encodestring(invoice(110)).replace(b"\n", b"\r\n")), 110)  # fmt: skip
    add("8bit", part(
        b'Content-Type: text/xml; charset=utf-8; name="a.xml"\r\nContent-Transfer-Encoding: 8bit',
        invoice(111).replace(b"\n", b"\r\n")), 111)  # fmt: skip
    add("inline", named(b"a.xml", invoice(112), inline=True), 112)
    add("a pack", attached("包", ("发票批量下载.zip", pack(a__xml=invoice(113), b__xml=invoice(114)))), 113, 114)
    add("a pdf beside its xml", attached("两种", ("发票.pdf", pdf()), ("发票.xml", invoice(115))), 115)
    add("several of one name", attached(
        "同名", ("invoice.xml", invoice(116)), ("invoice.xml", invoice(117)), ("INVOICE.XML", invoice(118))),
        116, 117, 118)  # fmt: skip
    add("a name that leaves the folder", named(b"../../../../../tmp/evil.xml", invoice(119)), 119)
    add("a name that is an option", named(b"-rf.xml", invoice(120)), 120)
    add("a name with commands", named(b"$(touch x)`touch y`.xml", invoice(121)), 121)
    add("uuencoded", uuencoded("u.xml", invoice(122)), 122)
    add("no ending", named(b"invoice", invoice(123)), 123)

    inner = letter("里层")
    inner.add_alternative("<p>请查收</p><img src='cid:1'>", subtype="html")
    inner.get_payload()[1].add_related(b"\x89PNG....", "image", "png", cid="<1>")
    inner.add_attachment(invoice(124), maintype="application", subtype="xml", filename="n.xml")
    add("nested parts", inner, 124)
    inner = attached("原件", ("f.xml", invoice(125)))
    forward = letter("转发")
    forward.add_attachment(inner)
    add("forwarded", forward, 125)
    inner = attached("原件", ("f.xml", invoice(126)))
    once = letter("转发")
    once.add_attachment(inner)
    twice = letter("再转发")
    twice.add_attachment(once)
    add("forwarded twice", twice, 126)
    inner = attached("原件", ("f.xml", invoice(127)))
    add("forwarded as a file", attached("作为附件转发", ("原始邮件.eml", inner.as_bytes())), 127)
    add("20 MB", attached("大", ("图.png", b"\x89PNG" + bytes(20 << 20)), ("a.xml", invoice(128))), 128)
    return mails


def without_invoice() -> dict[str, bytes]:
    page = letter("开票通知", "请点击 https://fp.example.com/d?id=1&k=2 下载发票\n")
    page.add_alternative('<a href="https://fp.example.com/d?id=1&amp;k=2">下载</a>', subtype="html")
    return {
        "nothing": letter("通知", "下周一放假。\n").as_bytes(),
        "link": page.as_bytes(),
        "rar": attached("压缩包", ("发票.rar", b"Rar!\x1a\x07\x00" + bytes(50))).as_bytes(),
        "empty": b"",
        "no mail at all": b"\x00\xff\xfe garbage",
    }
