"""What a barcode says by itself, in plain Python."""
