"""How the sample company treats locks: whose orders are served first, and when a lock ends."""

from sales_wh_flow_demo import sample_words as words
from sales_wh_flow_demo.loading.records import Records


def make(records: Records) -> None:
	"""Of the sample company alone: nobody else said what they want."""
	if not records.is_sample:
		return
	title = f"{records.company}: who is served first"
	records.make(
		"Serving Policy",
		{
			"title": title,
			"enabled": 1,
			"company": records.company,
			"order_by": "Promised Date",
			"ageing_days": 14,
			"classes": [
				{"customer_group": group, "serving_class": name, "priority": priority, "take": take}
				for group, name, priority, take in words.SERVING_CLASSES
			],
		},
		title,
	)
	for row in words.LOCK_POLICIES:
		records.make(
			"Stock Lock Policy", {**row, "enabled": 1, "company": records.company}, {"title": row["title"]}
		)
