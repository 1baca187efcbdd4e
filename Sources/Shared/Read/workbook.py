"""A sheet of the workbook on standard input as CSV, for boms: each line is a row of the sheet.

usage: python3 -c THIS [SHEET] < WORKBOOK

Numbers have the 15 digits that Excel has, as they are shown where that changes what they say
(percents, leading zeros); more digits than that stay in scientific notation, so that a code which
Excel has rounded is refused. What is said on standard error is for the program: the sheet's name;
or with status 3 nothing (no openpyxl), 4 the names to choose from, 5 the reason, 6 a cell.
"""

import sys
import warnings

try:
    import openpyxl
except ImportError:
    sys.exit(3)

import csv
import datetime
import re
import resource
import zipfile
from decimal import Decimal

MEMORY = 4 << 30
DIGITS = 15


def say(status, *lines):
    print(*lines, sep="\n", file=sys.stderr)
    sys.exit(status)


def shape(number_format):
    """A number format without its texts, colours and languages."""
    return re.sub(r'"[^"]*"|\\.|\[[^\]]*\]|_.', "", number_format or "")


def number(value, number_format):
    exact = Decimal(value) if isinstance(value, int) else Decimal("%.15g" % value)
    format = shape(number_format)
    if "%" in format:
        return f"{(exact * 100).normalize():f}%"
    if abs(exact) >= 10**DIGITS:
        return f"{exact:.{DIGITS - 1}E}"
    if exact == exact.to_integral_value():
        digits = str(int(exact))
        return digits.zfill(len(format)) if re.fullmatch("0{2,}", format) else digits
    return f"{exact.normalize():f}"


def day(value, number_format):
    if not isinstance(value, datetime.datetime):
        return str(value)
    if value.time() != datetime.time():
        return str(value.replace(microsecond=0))
    format = shape(number_format).lower()
    is_month = "y" in format and "m" in format and "d" not in format and "h" not in format
    return value.strftime("%Y-%m" if is_month else "%Y-%m-%d").zfill(7 if is_month else 10)


def text(cell):
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return number(value, cell.number_format)
    if isinstance(value, str):
        return value.replace("_x000D_", "")
    return day(value, cell.number_format)


def rows(sheet):
    # What a writer says of the sheet's size is often wrong.
    sheet.reset_dimensions()
    return sheet.iter_rows()


def is_filled(sheet):
    return any(cell.value is not None for row in rows(sheet) for cell in row)


def choose(book, name):
    names = [sheet.title for sheet in book.worksheets]
    if name:
        if name not in names:
            say(4, *names)
        return book[name]
    shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    filled = [sheet for sheet in shown if is_filled(sheet)] or shown[:1]
    if len(filled) != 1:
        say(4, *(sheet.title for sheet in filled))
    return filled[0]


def refuse_uncomputed(sheet, formulas):
    """A program that is no spreadsheet leaves formulas without their values."""
    for row, asked in zip(rows(sheet), rows(formulas)):
        for cell, formula in zip(row, asked):
            if formula.value is not None and cell.value is None and formula.data_type == "f":
                say(6, f"{formula.column_letter}{formula.row}")


def has_formulas(file):
    mark = re.compile(rb"<(\w+:)?f[ >/]")
    with zipfile.ZipFile(file) as package:
        for name in package.namelist():
            if not name.startswith("xl/worksheets/"):
                continue
            with package.open(name) as part:
                last = b""
                while piece := part.read(1 << 20):
                    if mark.search(last + piece):
                        return True
                    last = piece[-16:]
    return False


def write(sheet, output):
    writer = csv.writer(output, lineterminator="\n")
    blank = width = 0
    for row in rows(sheet):
        cells = [text(cell) for cell in row]
        while cells and not cells[-1]:
            cells.pop()
        if not cells:
            blank += 1
            continue
        output.write("\n" * blank)
        blank = 0
        width = max(width, len(cells))
        writer.writerow(cells + [""] * (width - len(cells)))


def main(name):
    file = sys.stdin.buffer
    book = openpyxl.load_workbook(file, read_only=True, data_only=True)
    sheet = choose(book, name)
    if has_formulas(file):
        formulas = openpyxl.load_workbook(file, read_only=True)
        refuse_uncomputed(sheet, formulas[sheet.title])
    sys.stdout.reconfigure(encoding="utf-8", newline="")
    write(sheet, sys.stdout)
    sys.stdout.flush()
    print(sheet.title, file=sys.stderr)


warnings.simplefilter("ignore")
sys.stderr.reconfigure(encoding="utf-8")
resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
try:
    main(sys.argv[1] if len(sys.argv) > 1 else None)
except OSError as error:
    if error.errno:
        raise
    say(5, str(error))
except Exception as error:
    say(5, str(error).splitlines()[0] if str(error) else type(error).__name__)
