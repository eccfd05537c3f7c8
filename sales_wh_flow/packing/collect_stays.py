"""What boxes say is to be collected at the door is not taken off their order behind their back."""

from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.packing.store import collecting


def keep_collecting(order) -> None:
	"""Before a submitted order is saved. Raises: ValidationError naming the boxes that collect its money."""
	before = order.get_doc_before_save()
	if before and before.swf_cod and not order.swf_cod:
		boxes = collecting.boxes_that_collect(order.name)
		if boxes:
			refuse(RuleViolation("boxes_collect", boxes=tuple(boxes)))
