"""Every statement about invoices and money."""
