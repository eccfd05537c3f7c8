"""What the site knows by the text of a barcode."""
