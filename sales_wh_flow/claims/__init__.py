"""Claims against couriers: parcels lost, damaged or late, and freight billed beyond what was agreed."""
