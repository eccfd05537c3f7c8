"""What the labels and lists of a box print. The Print Formats call `box_print`, copies of them too."""

from base64 import b64encode
from io import BytesIO

from frappe.utils import formatdate

from sales_wh_flow.base.in_words import figure
from sales_wh_flow.base.serial_nos import each_serial
from sales_wh_flow.packing.notices import box_notices
from sales_wh_flow.packing.rules.zpl import zpl_text
from sales_wh_flow.packing.store import declared

MOST_LINES = 8
"""More do not fit on a label."""


def box_print(doc) -> dict:
	"""Of an Order Box, for its prints.

	Shape: {"code": text under the code, "code_kind": "GS1-128" or "QR", "code_image": its address as data,
	"sscc", "weight": text, "lines": [{"text", "qty", "order", "lot"}], "more": lines left out, "orders":
	[...], "sender": address of the warehouse or company, "courier", "zpl": the same texts, cleaned}.
	"""
	tariffs = declared.tariff_of({row.item_code for row in doc.contents})
	lines = [_line(row, tariffs.get(row.item_code, ("", ""))) for row in doc.contents]
	weight = doc.weighed_kg or doc.expected_kg
	found = {
		"sscc": doc.sscc or "",
		"weight": f"{figure(weight)} kg" if weight else "",
		"lines": lines[:MOST_LINES],
		"all_lines": lines,
		"more": max(len(lines) - MOST_LINES, 0),
		"orders": sorted({row.sales_order for row in doc.contents if row.sales_order}),
		"sender": doc.company or "",
		"courier": " ".join(filter(None, (doc.courier, doc.courier_service))),
		"closed": formatdate(doc.closed_on) if doc.closed_on else "",
		"to": [line for line in (doc.customer_name, *(doc.ship_to_text or "").split("\n")) if line],
		"notices": box_notices([doc.name]).get(doc.name, []),
		"tracking_no": doc.tracking_no or "",
		**_code(doc),
	}
	found["zpl"] = {
		"to": [zpl_text(line, 34) for line in found["to"]][:6],
		"lines": [zpl_text(f"{line['qty']} {line['text']}", 44) for line in found["lines"]],
		"sender": zpl_text(found["sender"], 44),
		"courier": zpl_text(found["courier"], 44),
		"orders": zpl_text(", ".join(found["orders"]), 44),
		"notices": [zpl_text(line, 48) for line in found["notices"]][:3],
		"name": zpl_text(doc.name),
	}
	return found


def weight_shown(weight: float | None) -> str:
	"""A weight on paper, in the reader's number format; for Print Formats."""
	return f"{figure(weight or 0.0, 2)} kg"


def _line(row, tariff: tuple[str, str]) -> dict:
	serials = each_serial(row.serial_nos)
	return {
		"text": row.item_name or row.item_code,
		"item_code": row.item_code,
		"qty": f"{figure(row.qty_stock)} {row.stock_uom or ''}".strip(),
		"order": row.sales_order,
		"lot": ", ".join(filter(None, (row.batch_no, *serials))),
		"customs": " · ".join(filter(None, tariff)),
	}


def _code(doc) -> dict:
	"""GS1-128 of the SSCC where the box has one, else a QR code of its number."""
	if doc.sscc:
		return {
			"code": f"(00) {doc.sscc}",
			"code_kind": "GS1-128",
			"code_image": svg_address(sscc_svg(doc.sscc)),
		}
	return {"code": doc.name, "code_kind": "QR", "code_image": svg_address(qr_svg(doc.name))}


def sscc_svg(sscc: str) -> bytes:
	"""The GS1-128 barcode of an SSCC; with its quiet zones it takes the width of a 100 mm label."""
	from barcode import Gs1_128
	from barcode.writer import SVGWriter

	stream = BytesIO()
	Gs1_128(f"00{sscc}", writer=SVGWriter()).write(
		stream, {"module_width": 0.495, "module_height": 32.0, "quiet_zone": 5.0, "write_text": False}
	)
	return stream.getvalue()


def qr_svg(text: str) -> bytes:
	"""A QR code, by the library that Frappe brings for its second factor."""
	from pyqrcode import create

	stream = BytesIO()
	create(text, error="M").svg(stream, scale=8, quiet_zone=4, background="#fff", xmldecl=False)
	return stream.getvalue()


def svg_address(svg: bytes) -> str:
	"""A picture as an address that is its own data."""
	return f"data:image/svg+xml;base64,{b64encode(svg).decode()}"
