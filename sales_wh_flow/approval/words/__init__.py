"""What approvers and sales people read."""
