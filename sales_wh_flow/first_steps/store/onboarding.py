"""The steps of *Set Up Order Flow* on the workspace."""

import frappe

ONBOARDING = "Order Flow First Steps"


def open_steps() -> list:
	"""Those that are not ticked, by name; one statement."""
	return frappe.db.sql(
		"""select step.name, step.action, step.path, step.reference_document, step.field,
			step.value_to_validate
		from `tabOnboarding Step Map` part join `tabOnboarding Step` step on step.name = part.step
		where part.parent = %s and part.parenttype = 'Module Onboarding' and step.is_complete = 0
		order by step.name""",
		ONBOARDING,
		as_dict=True,
	)


def tick(step: str) -> None:
	"""As Frappe ticks it."""
	frappe.db.set_value("Onboarding Step", step, "is_complete", 1)
