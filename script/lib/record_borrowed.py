"""Write down what the app borrows from inside two checkouts of Frappe and ERPNext, for their versions.

``python3 script/lib/record_borrowed.py FRAPPE_CHECKOUT ERPNEXT_CHECKOUT``: run it when all suites pass on a
new version; the diff is what changed.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

CLONE = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(CLONE))

from sales_wh_flow.base import borrowed  # noqa: E402 (the clone is not installed)


def main(checkouts: list[str]) -> int:
	if len(checkouts) != len(borrowed.APPS):
		print(__doc__, file=sys.stderr)
		return 2
	kept = json.loads(borrowed.RECORD.read_text())
	for app, checkout in zip(borrowed.APPS, checkouts, strict=True):
		folder = Path(checkout) / app
		version = re.search(r'__version__ = "(.+)"', (folder / "__init__.py").read_text())[1]
		looks = borrowed.look_at_all({app: folder}, app)
		kept[app][version] = {name: it and [it.signature, it.source] for name, it in looks.items()}
		print(f"{app} {version}:", *(f"{name} is missing" for name, it in looks.items() if not it))
	borrowed.RECORD.write_text(json.dumps(kept, indent="\t", sort_keys=True) + "\n")
	return 0


if __name__ == "__main__":
	sys.exit(main(sys.argv[1:]))
