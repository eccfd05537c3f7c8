"""What can be wrong, as data. `sales_wh_flow.base.refusals` turns it into words."""


class RuleViolation(Exception):
	"""A decision that refuses. ``code`` names the reason, ``data`` holds what the message needs."""

	def __init__(self, code: str, **data):
		super().__init__(code)
		self.code = code
		self.data = data

	def __repr__(self):
		return f"RuleViolation({self.code!r}, {self.data!r})"
