"""What users read of claims."""

from frappe import _


def claim_this(kind: str, box: str, courier: str) -> str:
	"""The to-do of whoever makes claims."""
	return _("Claim box {0} from {1}: {2}").format(box, courier, _(kind))
