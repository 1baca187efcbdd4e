"""Broken inputs, ten thousand for each reader: none ends a program in another way than the documents say, and what
is refused changes nothing. What is taken in, however strange, does not stop the night."""

import io
import json
import re
import subprocess
import sys
import tempfile
import unittest
import zipfile
from collections import Counter
from pathlib import Path
from random import Random
from typing import NamedTuple

import faults
from faults import DAY, ROOT, Place, Ran, chance, each, mails, memory, stages, tell, times

INPUTS = times(10_000)
BATCH = 100
# So many of them alone, with everything that comes after: whether a batch is refused says nothing of one of it.
ALONE = times(300)
NIGHT = [
    ("boms-bill", "run", "--as-of", DAY), ("boms-collect", "run", "--as-of", DAY),
    ("boms-depreciate", "run", "--as-of", DAY), ("boms-invoice", "match", "--as-of", DAY),
    ("boms-remind", "run", "--as-of", DAY), ("boms-bill", "missing", "--as-of", DAY),
    ("boms-export", "rent_roll", "--as-of", DAY), ("boms-export", "charges"), ("boms-export", "asset_book"),
]  # fmt: skip

PIECES = [
    b'"', b'""', b",", b";", b"\n", b"\r\n", b"\t", b"\0", b"\xff", b"\xe4", b"\xe4\xb8\xad", b"\x81\x30\x81",
    b"\xef\xbb\xbf", b"\xff\xfe", b"{", b"}", b"[", b"]", b":", b"\\", b"\\u", b"\\ud83d", b"</", b"<!--",
    b"<![CDATA[", b"]]>", b"&amp;", b"&#0;", b"&#x10FFFF;", b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"null", b"true", b"%", "年".encode(),
    "９".encode(), b"PK\x03\x04", b"[" * 200, b"<a>" * 200, b"x" * 5000, b"9" * 400,
]  # fmt: skip
# What stands where a number or a day should, and is at or over some edge.
EDGES = [
    "0", "-1", "1", "-0", "0.000001", "0.0000001", "99999999.99", "92233720368547758.07", "92233720368547758.08",
    "9223372036854775807", "9223372036854775808", "-9223372036854775808", "9223372036854.775807", "1e18", "1E+400",
    "1" + "0" * 40, "NaN", "inf", "0x10", "１２", "1,2,3", "1.2.3", "", "2026-02-30", "0000-00-00", "0001-01-01",
    "1900-01-01", "2999-12-31", "9999-12-31", "2024-02-29", "2026-13", "9999-12", "100%", "1000000%", "万分之五",
    "46000",
]  # fmt: skip
NUMBER = re.compile(rb"(?:[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?)|-?[0-9]+(?:\.[0-9]+)?")


def broken(random: Random, seeds: list[bytes]) -> bytes:
    """One of them, changed in some places: as text, or as bytes."""
    data = bytearray(random.choice(seeds))
    for _ in range(random.choice([1, 1, 1, 2, 3, 6])):
        change(random, data, seeds)
    return bytes(data)


def change(random: Random, data: bytearray, seeds: list[bytes]) -> None:
    at = random.randrange(len(data) + 1)
    other = random.randrange(len(data) + 1)
    start, end = min(at, other), min(max(at, other), min(at, other) + random.choice([1, 3, 40, 400]))
    match random.randrange(12):
        case 0 | 1 | 2 | 3 | 4:
            numbers = list(NUMBER.finditer(data))
            if numbers:
                number = random.choice(numbers)
                data[number.start():number.end()] = random.choice(EDGES).encode()
        case 5:
            data[at:at] = random.choice(PIECES)
        case 6:
            if at < len(data):
                data[at] = random.randrange(256)
        case 7:
            del data[start:end]
        case 8:
            data[at:at] = data[start:end] * random.choice([1, 1, 2, 50])
        case 9:
            lines = data.split(b"\n")
            random.shuffle(lines)
            data[:] = b"\n".join(lines)
        case 10:
            source = random.choice(seeds)
            piece = random.randrange(len(source) + 1)
            data[at:at] = source[piece:piece + random.randrange(200)]
        case 11:
            del data[max(at, len(data) // 2):]


class Reader(NamedTuple):
    name: str
    # Before and after the files.
    words: tuple[str, ...]
    seeds: list[bytes]
    ending: str
    # Which stage's books it works on.
    stage: int = 1
    after: tuple[str, ...] = ()
    # Whether it takes several files at once.
    many: bool = True


def registers(ending: str) -> dict[str, list[bytes]]:
    """Every register of the small property, in that form."""
    texts = {path.stem: [path.read_bytes()] for path in sorted(faults.SMALL.glob("*.csv"))}
    if ending == "csv":
        return texts
    place = Place(stages()[1].before)
    for register in texts:
        out = place.succeed("boms-export", register, "--format", ending).out.encode()
        texts[register] = [out]
    place.remove()
    return texts


def packed(seed: bytes) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.xml", seed)
        archive.writestr("发票/b.xml", mails.invoice(7))
        archive.writestr("dzfp_26332000000000000009_x.pdf", mails.pdf())
    return data.getvalue()


def readers() -> list[Reader]:
    every = ("--max-errors", "0")
    made = []
    for ending in ("csv", "json", "jsonl"):
        for register, seeds in registers(ending).items():
            made.append(Reader(f"import {ending}", ("boms-import", *every, register), seeds, ending, stage=0))
    statements = [path.read_bytes() for path in sorted((ROOT / "Tests/Fixtures/statements").glob("*.csv"))]
    for bank in ("icbc", "cmb"):
        mapped = ("--map", str(ROOT / f"mappings/payment-{bank}.csv"), "--set", "property_no=P1", "--encoding", "auto")
        made.append(Reader("bank statement", ("boms-import", *every, "payment", *mapped), statements, "csv", 3))
    made.append(Reader("reconcile", (
        "boms-collect", "reconcile", "--encoding", "auto", "--map", str(ROOT / "mappings/payment-icbc.csv")),
        statements, "csv", 3, many=False))  # fmt: skip
    made.append(Reader("bill compute", ("boms-bill", "compute", *every, "--as-of", DAY), contracts(), "jsonl"))
    made.append(Reader("depreciate compute", ("boms-depreciate", "compute", *every), assets(), "jsonl"))
    xmls = [mails.invoice(index) for index in range(1, 4)] + samples("xml")
    packs = [packed(xmls[0])] + samples("ofd")
    for command in ("check", "import"):
        words = ("boms-invoice", command, *every, "--as-of", DAY)
        made.append(Reader(f"invoice {command} xml", words, xmls, "xml", 3))
        made.append(Reader(f"invoice {command} zip, ofd", words, packs, "zip", 3))
    answers = ["数电票号码,查验结果,价税合计\n"] + [
        f"{mails.number(index)},查验一致,{(index % 9 + 1) * 106}.00\n" for index in range(1, 9)]  # fmt: skip
    made.append(Reader(
        "verify import", ("boms-invoice", "verify", "import", *every, "--encoding", "auto", "--as-of", DAY),
        ["".join(answers).encode()], "csv", 4))  # fmt: skip
    ticked = [
        "序号,是否勾选*,数电发票号码,发票代码,发票号码,开票日期*,金额*,票面税额*,有效抵扣税额*,发票状态,"
        "红字锁定标志,发票风险等级\n"]  # fmt: skip
    ticked += [
        f"{index},是,{mails.number(index)},,,2026-11-03,{(index % 9 + 1) * 100}.00,{(index % 9 + 1) * 6}.00,"
        f"{(index % 9 + 1) * 6}.00,正常,未锁定,正常\n" for index in range(1, 9)]  # fmt: skip
    made.append(Reader(
        "deduct import", ("boms-invoice", "deduct", "import", *every, "--encoding", "auto", "--period", "2026-11",
        "--as-of", DAY), ["".join(ticked).encode()] + samples("csv"), "csv", 4))  # fmt: skip
    failures = "发票流水号,发票类型,购买方名称,导入失败原因\nWY-KP2611-0019,增值税专用发票,甲,纳税人识别号有误\n"
    made.append(Reader(
        "request import", ("boms-invoice", "request", "import", *every, "--as-of", DAY),
        [failures.encode(), failures.encode("gb18030")], "csv", 7))  # fmt: skip
    posts = "invoice_no,voucher,period,on,summary\n" + "".join(
        f"{mails.number(index)},记-{index},2026-11,2026-11-21,保洁\n" for index in range(1, 5))
    made.append(Reader(
        "invoice post", ("boms-invoice", "post", "--as-of", DAY, "--from"), [posts.encode()], "csv", 4, many=False))
    sheet = "asset_no,name,location,found,actual_location,note\nGD1,电梯,A座,是,,\nGD2,保洁车,B座,否,,\n,推车,C座,是,,\n"
    made.append(Reader(
        "count import", ("boms-depreciate", "count", "--as-of", "2031-12-31", "--encoding", "auto", "--import"),
        [sheet.encode()], "csv", 1, many=False))  # fmt: skip
    return made


def contracts() -> list[bytes]:
    ran = subprocess.run(
        [sys.executable, ROOT / "Tests/Reference/random_contracts.py", "--seed", "1", "--count", "60"],
        check=True, capture_output=True, env={"PYTHONDONTWRITEBYTECODE": "1"})  # fmt: skip
    return ran.stdout.splitlines(keepends=True)


def assets() -> list[bytes]:
    ran = subprocess.run(
        [sys.executable, ROOT / "Tests/Reference/reference_depreciation.py", "--random", "1", "60"],
        check=True, capture_output=True, env={"PYTHONDONTWRITEBYTECODE": "1"})  # fmt: skip
    made = [json.loads(line)["asset"] for line in ran.stdout.splitlines()]
    return [json.dumps(asset, ensure_ascii=False).encode() + b"\n" for asset in made]


def samples(ending: str) -> list[bytes]:
    """Real files, where BOMS_SAMPLES names a folder with some."""
    folder = faults.os.environ.get("BOMS_SAMPLES")
    return [path.read_bytes() for path in sorted(Path(folder).rglob(f"*.{ending}"))] if folder else []


class BrokenInputs(unittest.TestCase):
    def run_reader(self, place: Place, reader: Reader, names: list[str]) -> Ran:
        return place.run(*reader.words, *names, *reader.after)

    def ends_well(self, ran: Ran) -> bool:
        return ran.is_documented and ran.status in {0, 1, 65}

    def test_none_ends_a_program_in_another_way(self) -> None:
        everyone = readers()
        named: dict[str, list[Reader]] = {}
        for reader in everyone:
            named.setdefault(reader.name, []).append(reader)
        for name, kinds in named.items():
            with self.subTest(name):
                size = BATCH if kinds[0].many else 1
                wanted = INPUTS
                ends: Counter[int] = Counter()
                batches = range((wanted + size - 1) // size)
                for status in each(batches, lambda number: self.batch(kinds, name, number, size)):
                    ends[status] += size
                codes = dict(sorted(ends.items()))
                tell(f"broken inputs: {name}: {sum(ends.values())} in runs of {size}, exit codes {codes}")

    def batch(self, kinds: list[Reader], name: str, number: int, size: int) -> int:
        reader = kinds[number % len(kinds)]
        random = chance((name, number))
        inputs = [broken(random, reader.seeds) for _ in range(size)]
        with Place(stages()[reader.stage].before) as place:
            for index, data in enumerate(inputs):
                (place.folder / f"{index}.{reader.ending}").write_bytes(data)
            names = [f"{index}.{reader.ending}" for index in range(size)]
            ran = self.run_reader(place, reader, names)
            if not self.ends_well(ran):
                self.fail(self.culprit(reader, inputs, ran))
            return ran.status

    def culprit(self, reader: Reader, inputs: list[bytes], ran: Ran) -> str:
        """The first that does it alone, and what it was."""
        for data in inputs:
            with Place(stages()[reader.stage].before) as place:
                (place.folder / f"a.{reader.ending}").write_bytes(data)
                alone = self.run_reader(place, reader, [f"a.{reader.ending}"])
                if not self.ends_well(alone):
                    kept = Path(tempfile.mkdtemp(prefix="boms-culprit-")) / f"a.{reader.ending}"
                    kept.write_bytes(data)
                    return f"{reader.words} {kept}: {alone.status} {alone.err[-1500:]}"
        return f"{reader.words}, none of them alone: {ran.status} {ran.err[-1500:]}"

    def test_what_is_refused_changes_nothing_and_what_is_not_stops_no_night(self) -> None:
        everyone = [reader for reader in readers() if "compute" not in reader.name]
        named: dict[str, list[Reader]] = {}
        for reader in everyone:
            named.setdefault(reader.name, []).append(reader)
        for name, kinds in named.items():
            with self.subTest(name):
                ends = Counter(each(range(ALONE), lambda number: self.alone(kinds, name, number)))
                tell(f"broken inputs alone: {name}: exit codes {dict(sorted(ends.items()))}")

    def alone(self, kinds: list[Reader], name: str, number: int) -> int:
        reader = kinds[number % len(kinds)]
        data = broken(chance((name, "alone", number)), reader.seeds)
        stage = stages()[reader.stage]
        # Registers that are there already, so that what is broken is a change of them.
        with Place(stages()[1].before if reader.stage == 0 else stage.before) as place:
            (place.folder / f"a.{reader.ending}").write_bytes(data)
            was = place.dump()
            ran = self.run_reader(place, reader, [f"a.{reader.ending}"])
            self.assertTrue(self.ends_well(ran), (reader.words, number, data, ran))
            is_same = place.dump() == was
            if ran.status == 65 and name != "invoice import zip, ofd":
                self.assertTrue(is_same, (reader.words, number, data, ran))
            # The night over books that are the same is known.
            if ran.status == 65 or is_same:
                return ran.status
            for words in NIGHT:
                night = place.run(*words)
                is_good = night.is_documented and night.status in {0, 1, 65}
                self.assertTrue(is_good, (reader.words, number, data, night))
            checked = place.checked()
            self.assertEqual(checked.out.count("\n"), 1, (reader.words, number, data, checked))
            return ran.status


if __name__ == "__main__":
    unittest.main()
