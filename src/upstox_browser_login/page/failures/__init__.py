"""What a failed submission means, by the wire or by what the page complains of."""
