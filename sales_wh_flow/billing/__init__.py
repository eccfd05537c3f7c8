"""When an order may be invoiced, what of it is invoiced, paid and overdue, and who promised to pay when."""
