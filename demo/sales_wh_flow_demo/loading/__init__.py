"""A data set as documents of an ERPNext site; each file makes one kind, and only what is missing."""
