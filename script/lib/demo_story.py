"""Loads a company into the demo's site and drives its orders; runs with the bench's Python, in `sites`.

Arguments: the folder for the results (`page.html`, `logins.json`), then, if it is not to be the sample
company, a folder of CSV files. Ends with status 2 when those cannot be used.
"""

import json
import sys
from pathlib import Path

import frappe
from frappe.utils import getdate

from sales_wh_flow.demo import csv_layout, load, sample, site
from sales_wh_flow.demo.csv_sheets import LayoutProblems

BAD_DATA = 2


def main(results: Path, folder: Path | None, site_name: str) -> int:
	frappe.init(site=site_name, sites_path=".")
	frappe.connect()
	try:
		frappe.set_user("Administrator")
		data = _data(folder)
		# The first two days are driven to their end, the third stays as drafts to go on with by hand.
		loaded = load.load_rows(data, load.ORDERS)
		frappe.db.commit()
		site.drive(data, site.ORDERS, str(results / "page.html"))
		frappe.db.commit()
	except LayoutProblems as problems:
		print(problems, file=sys.stderr)
		return BAD_DATA
	finally:
		frappe.destroy()
	kept = {"password": loaded["password"], "logins": loaded["logins"]}
	(results / "logins.json").write_text(json.dumps(kept))
	return 0


def _data(folder: Path | None):
	if folder is None:
		# The setup wizard will give the site this zone; today must be the same day before and after.
		zones = frappe.db.get_value("Country", sample.COMPANY.country, "time_zones")
		frappe.db.set_single_value("System Settings", "time_zone", zones.splitlines()[0])
		frappe.clear_cache()
		return sample.generate(first_day=getdate())
	data, notes = csv_layout.read(folder)
	for note in notes:
		print(f"Note: {note}")
	return data


if __name__ == "__main__":
	sys.exit(main(Path(sys.argv[1]), Path(sys.argv[3]) if sys.argv[3:] else None, sys.argv[2]))
