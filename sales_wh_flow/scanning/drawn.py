"""Barcodes as pictures that scanners read, for what is printed."""

from base64 import b64encode
from io import BytesIO


def code_128(text: str) -> str:
	"""The Code 128 of a document's number, as an address that is its own data."""
	from barcode import Code128
	from barcode.writer import SVGWriter

	stream = BytesIO()
	Code128(text, writer=SVGWriter()).write(
		stream, {"module_width": 0.3, "module_height": 12.0, "quiet_zone": 4.0, "write_text": False}
	)
	return f"data:image/svg+xml;base64,{b64encode(stream.getvalue()).decode()}"
