"""What a careful clerk would write instead of boms-invoice: invoice XML into SQLite with lxml, the sums,
the parties and the lines, in one transaction, without a check beyond the unique number.

  python3 lxml_pool.py DATABASE FOLDER
"""

import sqlite3
import sys
from pathlib import Path

from lxml import etree

database, folder = sys.argv[1:]
books = sqlite3.connect(database)
books.executescript(
    """
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    CREATE TABLE invoice (number TEXT PRIMARY KEY, seller TEXT, seller_no TEXT, buyer TEXT,
      buyer_no TEXT, issued TEXT, net TEXT, tax TEXT, gross TEXT, file TEXT);
    CREATE TABLE line (number TEXT, item TEXT, quantity TEXT, price TEXT, net TEXT, rate TEXT, tax TEXT);
    """
)
parser = etree.XMLParser(resolve_entities=False, no_network=True)


def text(node, path):
    found = node.find(path)
    return None if found is None else found.text


with books:
    for path in sorted(Path(folder).glob("*.xml")):
        root = etree.parse(str(path), parser).getroot()
        number = text(root, "TaxSupervisionInfo/InvoiceNumber")
        data = root.find("EInvoiceData")
        basic = data.find("BasicInformation")
        books.execute(
            "INSERT INTO invoice VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                number,
                text(data, "SellerInformation/SellerName"),
                text(data, "SellerInformation/SellerIdNum"),
                text(data, "BuyerInformation/BuyerName"),
                text(data, "BuyerInformation/BuyerIdNum"),
                text(basic, "RequestTime"),
                text(basic, "TotalAmWithoutTax"),
                text(basic, "TotalTaxAm"),
                text(basic, "TotalTax-includedAmount"),
                path.name,
            ),
        )
        books.executemany(
            "INSERT INTO line VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                (number, *(text(item, name) for name in (
                    "ItemName", "Quantity", "UnPrice", "Amount", "TaxRate", "ComTaxAm")))
                for item in data.findall("IssuItemInformation")
            ],
        )  # fmt: skip
