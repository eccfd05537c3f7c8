"""The stage log, calendars and the documents of orders in the database."""
