"""The contract: what every provider keeps, ours and anybody's, asked of each that is installed."""
