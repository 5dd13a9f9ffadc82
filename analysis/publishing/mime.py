"""Names of the book's own outputs in a notebook."""

TABLE = "application/vnd.turkic-states.table+json"
LEDGER = "application/vnd.turkic-states.ledger+json"
