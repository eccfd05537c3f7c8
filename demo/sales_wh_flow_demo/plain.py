"""Text as a terminal may show it, whatever stands in a company's names."""

import re

_STEERING = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u061c\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""What moves the cursor, colours, breaks or turns round a line, and what no terminal can encode."""


def plain(text: str) -> str:
	"""One line, in which each character that would steer a terminal is shown escaped, such as ``\\x1b``."""
	return _STEERING.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), text)
