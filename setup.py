import re
from pathlib import Path

from setuptools import find_packages, setup

here = Path(__file__).parent
version = re.search(r'__version__ = "(.+?)"', (here / "sales_wh_flow" / "__init__.py").read_text())[1]

setup(
	name="sales_wh_flow",
	version=version,
	description="Approval, stock lock, warehouse routing and dispatch for ERPNext sales orders in one flow",
	long_description=(here / "README.md").read_text() if (here / "README.md").exists() else "",
	long_description_content_type="text/markdown",
	license="GPL-3.0-only",
	python_requires=">=3.10",
	packages=find_packages(include=["sales_wh_flow*"]),
	include_package_data=True,
	zip_safe=False,
	install_requires=[
		line
		for line in (here / "requirements.txt").read_text().splitlines()
		if line and not line.startswith("#")
	],
	# Couriers that are asked for news through their own interfaces, see docs/couriers.md.
	extras_require={"karrio": ["karrio>=2026.1", "karrio-dhl-universal>=2026.1"]},
)
