"""What leaves the product: an outbox, the transports, the templates. Knows addresses, never a patient."""
