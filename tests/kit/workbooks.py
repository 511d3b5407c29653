"""Workbooks made by hand, part by part: what no spreadsheet would write as well as what each does."""

import io
import zipfile
from collections.abc import Iterable
from datetime import date
from itertools import chain

CONTENT_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    "</Types>"
)
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGED = "http://schemas.openxmlformats.org/package/2006/relationships"
STYLES = (
    f'<styleSheet xmlns="{MAIN}">'
    '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>'
)
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:"
EPOCH = date(1899, 12, 30)
Rows = list[list[str | float | date | bool]]


def zipped(parts: dict[str, Iterable[bytes]]) -> bytes:
    """Written piece by piece: whoever makes a bomb holds no more than a piece of it."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, pieces in parts.items():
            with archive.open(name, "w", force_zip64=True) as part:
                for piece in pieces:
                    part.write(piece)
    return kept.getvalue()


def xlsx(rows: Rows) -> bytes:
    cells = ((y, x, value) for y, row in enumerate(rows, 1) for x, value in enumerate(row))
    by_row: dict[int, str] = {}
    for y, x, value in cells:
        by_row[y] = by_row.get(y, "") + _xlsx_cell(f"{chr(65 + x)}{y}", value)
    return xlsx_of("".join(f'<row r="{y}">{said}</row>' for y, said in by_row.items()))


def _xlsx_cell(place: str, value: object) -> str:
    if isinstance(value, bool):
        return f'<c r="{place}" t="b"><v>{int(value)}</v></c>'
    if isinstance(value, date):
        return f'<c r="{place}" s="1"><v>{(value - EPOCH).days}</v></c>'
    if isinstance(value, float):
        return f'<c r="{place}"><v>{value}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{value}</t></is></c>'


def xlsx_of(*words: str, again: int = 0) -> bytes:
    """Around the words of a sheet, all that makes them a workbook; between them, so many megabytes of one."""
    named = '<sheets><sheet name="A" sheetId="1" r:id="a"/></sheets></workbook>'
    book = f'<workbook xmlns="{MAIN}" xmlns:r="{RELATED}">{named}'
    links = "".join(
        f'<Relationship Id="{name}" Type="{RELATED}/{kind}" Target="{target}"/>'
        for name, kind, target in (("a", "worksheet", "worksheets/sheet1.xml"), ("b", "styles", "styles.xml"))
    )
    head, tail = f'<worksheet xmlns="{MAIN}"><sheetData>'.encode(), b"</sheetData></worksheet>"
    first, *rest = (word.encode() for word in words)
    filling = (b"a" * 1024**2 for _ in range(again))
    root = f'<Relationship Id="o" Type="{RELATED}/officeDocument" Target="xl/workbook.xml"/>'
    return zipped(
        {
            "[Content_Types].xml": [CONTENT_TYPES.encode()],
            "_rels/.rels": [f'<Relationships xmlns="{PACKAGED}">{root}</Relationships>'.encode()],
            "xl/workbook.xml": [book.encode()],
            "xl/_rels/workbook.xml.rels": [
                f'<Relationships xmlns="{PACKAGED}">{links}</Relationships>'.encode()
            ],
            "xl/styles.xml": [STYLES.encode()],
            "xl/worksheets/sheet1.xml": chain((head, first), filling, rest, (tail,)),
        }
    )


def ods(rows: Rows) -> bytes:
    said = (f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows)
    return ods_of("".join(said))


def _ods_cell(value: object) -> str:
    kind, extra = "string", ""
    if isinstance(value, bool):
        kind, extra = "boolean", f' office:boolean-value="{str(value).lower()}"'
    elif isinstance(value, date):
        kind, extra = "date", f' office:date-value="{value.isoformat()}"'
    elif isinstance(value, float):
        kind, extra = "float", f' office:value="{value}"'
    return f'<table:table-cell office:value-type="{kind}"{extra}><text:p>{value}</text:p></table:table-cell>'


def ods_of(rows: str) -> bytes:
    names = " ".join(f'xmlns:{name}="{OFFICE}{name}:1.0"' for name in ("office", "table", "text"))
    sheet = f'<table:table table:name="A">{rows}</table:table>'
    words = f"<office:body><office:spreadsheet>{sheet}</office:spreadsheet></office:body>"
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    manifest = f'<manifest:manifest xmlns:manifest="{OFFICE}manifest:1.0"/>'.encode()
    return zipped(
        {
            "mimetype": [kind],
            "META-INF/manifest.xml": [manifest],
            "content.xml": [f"<office:document-content {names}>{words}</office:document-content>".encode()],
        }
    )


def far_xlsx() -> bytes:
    """Two cells, and seventeen thousand million between them."""
    return xlsx_of(
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    )


def far_ods() -> bytes:
    one = '<table:table-cell office:value-type="float" office:value="1"><text:p>1</text:p></table:table-cell>'
    rows = f"<table:table-row>{one}</table:table-row>"
    rows += '<table:table-row table:number-rows-repeated="1048574"><table:table-cell/></table:table-row>'
    empty = '<table:table-cell table:number-columns-repeated="16383"/>'
    return ods_of(rows + f"<table:table-row>{empty}{one}</table:table-row>")


def bomb() -> bytes:
    """A cell of a thousand million letters and more, in a few megabytes."""
    return xlsx_of('<row r="1"><c r="A1" t="inlineStr"><is><t>', "</t></is></c></row>", again=1300)
