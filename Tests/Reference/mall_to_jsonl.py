#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Turn a property's register files into the contracts that the filter reads.

    mall_to_jsonl.py [--keep-refused] DIR > contracts.jsonl
    mall_to_jsonl.py --pools DIR > pools.jsonl

Reads of DIR contract.csv, contract_unit.csv, charge_term.csv, fee_item.csv and,
where they are, price_step.csv, rent_free.csv, turnover.csv, turnover_tier.csv,
meter.csv, meter_install.csv, tariff.csv and reading.csv: UTF-8 with or without a
BOM, or GB18030; English or Chinese headings; dates in four styles; thousands
separators, currency signs and full-width digits; percents as `5` or `5%`, rates
as `0.09` or `9%`; Chinese words for listed values. Writes one contract per line,
in the order of contract.csv, with its terms of all methods but `share`. A term
without a tax rate takes its item's. The company of a charge is left out: it has
no part in the amounts.

Of a report or reading that comes twice the last counts. A reading after the
install's last day (at the latest its contract's) that has no close reading is
left out and told on stderr: import refuses it. `--keep-refused` leaves it in, and
the filter fails the contract. Readings that fall to another contract's install
of the meter go there only.

`--pools` writes the pools of share_pool.csv instead, each with the contracts of
its property that have a share term, as reference_shares.py reads them.
"""

import argparse
import csv
import io
import json
import re
import sys
import unicodedata
from collections import defaultdict
from datetime import date
from decimal import Decimal
from pathlib import Path

from reference_billing import CHINESE, METHODS

# Chinese heading → field. A heading may stand for different fields in different registers.
COMMON = {
    "合同编号": "contract_no", "租户编号": "tenant_no", "行号": "line", "收费项目": "item", "项目代码": "item",
    "铺位号": "unit_no", "起": "from_on", "止": "to_on", "单价": "price", "税率": "tax_rate",
    "开始日期": "start_on", "结束日期": "end_on", "终止日期": "terminated_on", "状态": "status",
    "计租面积": "area_m2", "减免比例": "percent", "免租期内仍收提成": "turnover",
    "计费方式": "method", "计价单位": "per", "账期月数": "cycle_months", "账期起算": "anchor",
    "收取时点": "timing", "应收日": "due_day", "应收月份": "due_month", "应收天数": "due_days",
    "首期应收日": "first_due_on", "提前出账天数": "lead_days", "折算方式": "proration",
    "递增比例": "escalate_percent", "递增月数": "escalate_months", "单价小数位": "price_places",
    "是否含税": "tax_included", "取整": "rounding", "日期": "on",
    "保底口径": "guarantee_basis", "提成比例": "percent", "年度结算": "true_up",
    "月份": "month", "营业额": "amount", "上报日期": "reported_on", "营业额起": "sales_from",
    "表号": "meter_no", "位数": "digits", "时段": "register", "收费条款行": "line", "倍率": "multiplier",
    "费率编号": "tariff_no", "起码": "open_reading", "止码": "close_reading",
    "阶梯起": "tier_from", "阶梯周期": "tier_basis", "抄表日期": "read_on", "读数": "value",
    "公摊编号": "pool_no", "所属月份": "period", "金额": "amount", "分摊方式": "basis", "项目编号": "property_no",
    "自持面积": "own_area_m2",
}
DATES = {"from_on", "to_on", "start_on", "end_on", "terminated_on", "first_due_on", "on", "reported_on", "read_on"}
INTEGERS = {"line", "cycle_months", "due_day", "due_days", "lead_days", "escalate_months", "price_places",
            "digits"}
DECIMALS = {"price", "area_m2", "amount", "own_area_m2", "sales_from", "multiplier", "open_reading", "close_reading",
            "tier_from", "value"}
MONTHS = {"month", "period"}
PERCENTS = {"percent", "escalate_percent"}
RATES = {"tax_rate"}

TERM_FIELDS = ("line", "item", "unit_no", "method", "price", "per", "cycle_months", "anchor", "timing",
               "due_day", "due_month", "due_days", "first_due_on", "lead_days", "proration",
               "escalate_percent", "escalate_months", "price_places", "tax_rate", "tax_included",
               "rounding", "from_on", "to_on", "on", "guarantee_basis", "percent", "true_up")
INSTALL_FIELDS = ("meter_no", "line", "register", "multiplier", "digits", "tariff_no", "from_on", "open_reading",
                  "to_on", "close_reading")
TARIFF_FIELDS = ("tariff_no", "from_on", "register", "tier_from", "price", "tier_basis")
POOL_FIELDS = ("pool_no", "period", "item", "amount", "basis", "own_area_m2")
CONTRACT_FIELDS = ("contract_no", "tenant_no", "status", "start_on", "end_on", "terminated_on")
READING_FIELDS = ("meter_no", "read_on", "register", "value")


def decode(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030")


def parse_date(text: str) -> str:
    match = (re.fullmatch(r"(\d{4})(\d{2})(\d{2})", text)
             or re.fullmatch(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})", text)
             or re.fullmatch(r"(\d{4})年(\d{1,2})月(\d{1,2})日", text))
    if not match:
        raise ValueError(f"'{text}' is not a date")
    return date(*map(int, match.groups())).isoformat()


def parse_month(text: str) -> str:
    match = re.fullmatch(r"(\d{4})(?:[-/](\d{1,2})|年(\d{1,2})月|(\d{2}))", text)
    if not match:
        raise ValueError(f"'{text}' is not a month")
    return f"{match[1]}-{int(match[2] or match[3] or match[4]):02d}"


def parse_decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", "").removeprefix("¥").strip())


def parse(field: str, text: str):
    """The value of a cell in the filter's form; None when it is empty."""
    text = text.strip()
    plain = unicodedata.normalize("NFKC", text)
    if not plain:
        return None
    if field in DATES:
        return parse_date(plain)
    if field in MONTHS:
        return parse_month(plain)
    if field in INTEGERS:
        return int(parse_decimal(plain))
    if field in DECIMALS:
        return f"{parse_decimal(plain):f}"
    if field in PERCENTS:
        return f"{parse_decimal(plain.removesuffix('%')):f}"
    if field in RATES:
        rate = parse_decimal(plain.removesuffix("%"))
        return f"{rate / 100 if plain.endswith('%') else rate:f}"
    if field in CHINESE:
        return CHINESE[field].get(plain, plain)
    return text


def read_register(folder: Path, register: str, optional: bool = False) -> list[dict]:
    """Rows by field name. Headings of no use here stay out."""
    path = folder / f"{register}.csv"
    if optional and not path.exists():
        return []
    rows = list(csv.reader(io.StringIO(decode(path.read_bytes()), newline="")))
    headings = [unicodedata.normalize("NFKC", cell).strip().rstrip("*").strip() for cell in rows[0]]
    fields = [COMMON.get(heading, heading) for heading in headings]
    return [{field: parse(field, cell) for field, cell in zip(fields, row)}
            for row in rows[1:] if any(cell.strip() for cell in row)]


def group(rows: list[dict], fields: tuple[str, ...]) -> dict[str, list[dict]]:
    """Rows of each contract with only these fields, empty ones left out."""
    grouped = defaultdict(list)
    for row in rows:
        grouped[row["contract_no"]].append(only(row, fields))
    return grouped


def only(row: dict, fields: tuple[str, ...]) -> dict:
    return {field: row[field] for field in fields if row.get(field) is not None}


def newest(rows: list[dict], key) -> list[dict]:
    """Of rows with one key the last: a correction."""
    return list({key(row): row for row in rows}.values())


class Meters:
    """Who had which meter when, and what it showed."""

    def __init__(self, folder: Path, ends: dict[str, str], keep_refused: bool):
        meters = {row["meter_no"]: row for row in read_register(folder, "meter", optional=True)}
        self.installs = [meters[row["meter_no"]] | row for row in read_register(folder, "meter_install", optional=True)]
        self.installs.sort(key=lambda row: row["from_on"])
        self.tariffs = [only(row, TARIFF_FIELDS) for row in read_register(folder, "tariff", optional=True)]
        self.readings = defaultdict(list)
        refused = 0
        for row in newest(read_register(folder, "reading", optional=True),
                          lambda row: (row["meter_no"], row.get("register") or "total", row["read_on"])):
            begun = [install for install in self.installs if install["meter_no"] == row["meter_no"]
                     and (install.get("register") or "total") == (row.get("register") or "total")
                     and install["from_on"] <= row["read_on"]]
            if not begun:
                continue
            last = {number: min(install.get("to_on") or ends[number], ends[number])
                    for number, install in ((install["contract_no"], install) for install in begun)}
            covering = [install for install in begun if row["read_on"] <= last[install["contract_no"]]]
            owner = (covering or begun[-1:])[0]
            if not covering and owner.get("close_reading") is None and not keep_refused:
                refused += 1
                continue
            self.readings[owner["contract_no"]].append(only(row, READING_FIELDS))
        if refused:
            print(f"warning: {refused} readings are after their install's last day, which has no close reading: "
                  "left out", file=sys.stderr)

    def of(self, contract_no: str) -> dict:
        installs = [row for row in self.installs if row["contract_no"] == contract_no]
        tariffs = {row["tariff_no"] for row in installs}
        return {"meters": [only(row, INSTALL_FIELDS) for row in installs],
                "tariffs": [row for row in self.tariffs if row["tariff_no"] in tariffs],
                "readings": self.readings[contract_no]}


def contracts(folder: Path, keep_refused: bool = False) -> list[dict]:
    rates = {row["item"]: row["tax_rate"] for row in read_register(folder, "fee_item")}
    units = group(read_register(folder, "contract_unit"), ("unit_no", "area_m2", "from_on", "to_on"))
    terms = group(read_register(folder, "charge_term"), TERM_FIELDS)
    steps = group(read_register(folder, "price_step", optional=True), ("line", "from_on", "price"))
    free = group(read_register(folder, "rent_free", optional=True), ("item", "from_on", "to_on", "percent", "turnover"))
    reports = group(read_register(folder, "turnover", optional=True), ("line", "month", "amount", "reported_on"))
    tiers = group(read_register(folder, "turnover_tier", optional=True), ("line", "from_on", "sales_from", "percent"))
    rows = read_register(folder, "contract")
    meters = Meters(folder, {row["contract_no"]: min(row["end_on"], row.get("terminated_on") or row["end_on"])
                             for row in rows}, keep_refused)

    found = []
    for row in rows:
        number = row["contract_no"]
        kept = [term for term in terms[number] if term["method"] in METHODS]
        for term in kept:
            if "tax_rate" not in term and rates[term["item"]] is not None:
                term["tax_rate"] = rates[term["item"]]
        lines = {term["line"] for term in kept}
        turnover_lines = [term["line"] for term in kept if term["method"] == "turnover"]
        only_line = turnover_lines[0] if len(turnover_lines) == 1 else None
        found.append({
            "contract_no": number, "tenant_no": row["tenant_no"], "status": row.get("status") or "signed",
            "start_on": row["start_on"], "end_on": row["end_on"], "terminated_on": row.get("terminated_on"),
            "units": units[number],
            "terms": sorted(kept, key=lambda term: term["line"]),
            "price_steps": [step for step in steps[number] if step["line"] in lines],
            "rent_free": free[number],
            "turnovers": newest(reports[number], lambda report: (report.get("line", only_line), report["month"])),
            "turnover_tiers": tiers[number],
            **meters.of(number),
        })
    return found


def pools(folder: Path) -> list[dict]:
    """The pools with the contracts of their property that have a share term."""
    units = group(read_register(folder, "contract_unit"), ("unit_no", "area_m2", "from_on", "to_on"))
    terms = group([row for row in read_register(folder, "charge_term") if row["method"] == "share"], TERM_FIELDS)
    rows = [row for row in read_register(folder, "contract") if terms[row["contract_no"]]]
    return [{"pool": only(pool, POOL_FIELDS),
             "contracts": [only(row, CONTRACT_FIELDS) | {"units": units[row["contract_no"]],
                                                         "terms": terms[row["contract_no"]]}
                           for row in rows if row["property_no"] == pool["property_no"]]}
            for pool in read_register(folder, "share_pool", optional=True)]


def main() -> int:
    parser = argparse.ArgumentParser(description="Register files of a property → contracts as JSON Lines.")
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--keep-refused", action="store_true",
                        help="leave in readings that import refuses; the filter fails their contracts")
    parser.add_argument("--pools", action="store_true", help="the pools of shared costs, for reference_shares.py")
    options = parser.parse_args()
    folder = options.folder
    if (folder / "tax_rate.csv").exists():
        print("warning: tax_rate.csv is not read; a term's rate is its own or its item's", file=sys.stderr)
    sys.stdout.reconfigure(encoding="utf-8")
    for record in pools(folder) if options.pools else contracts(folder, options.keep_refused):
        print(json.dumps(record, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
