"""Loads a company into the demo's site and drives its orders; runs with the bench's Python, in `sites`.

The results are `page.html` and `logins.json`. Ends with status 2 when a folder of CSV files cannot be used.
"""

import argparse
import json
import sys
from datetime import date
from pathlib import Path

import frappe
from frappe.utils import getdate

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "demo"))

from sales_wh_flow_demo import csv_layout, load, sample, site
from sales_wh_flow_demo.csv_sheets import LayoutProblems

BAD_DATA = 2


def main() -> int:
	parser = argparse.ArgumentParser(description=__doc__)
	parser.add_argument("results", type=Path, help="the folder for the results")
	parser.add_argument("site")
	parser.add_argument("--data", type=Path, help="CSV files instead of the sample company")
	parser.add_argument("--day", type=date.fromisoformat, help="the sample company's first day, else today")
	options = parser.parse_args()
	results = options.results
	frappe.init(site=options.site, sites_path=".")
	frappe.connect()
	try:
		frappe.set_user("Administrator")
		data = _data(options.data, options.day)
		# The first two days are driven to their end, the third stays as drafts to go on with by hand.
		loaded = load.load_rows(data, load.ORDERS)
		frappe.db.commit()
		driven = site.drive(data, site.ORDERS, str(results / "page.html"))
		frappe.db.commit()
	except LayoutProblems as problems:
		print(problems, file=sys.stderr)
		return BAD_DATA
	finally:
		frappe.destroy()
	kept = {"password": loaded["password"], "logins": loaded["logins"], "drafts": driven["drafts"]}
	(results / "logins.json").write_text(json.dumps(kept))
	return 0


def _data(folder: Path | None, day: date | None):
	if folder is None:
		# The setup wizard will give the site this zone; today must be the same day before and after.
		zones = frappe.db.get_value("Country", sample.COMPANY.country, "time_zones")
		frappe.db.set_single_value("System Settings", "time_zone", zones.splitlines()[0])
		frappe.clear_cache()
		return sample.generate(first_day=day or getdate())
	data, notes = csv_layout.read(folder)
	for note in notes:
		print(f"Note: {note}")
	return data


if __name__ == "__main__":
	sys.exit(main())
