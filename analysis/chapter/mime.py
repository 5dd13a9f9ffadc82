"""Names of the book's own outputs in a notebook."""

TABLE = "application/vnd.turkic-states.table+json"
ARTICLE = "application/vnd.turkic-states.article+json"
VERDICT = "application/vnd.turkic-states.verdict+json"
HERO = "application/vnd.turkic-states.hero+json"
PROSE = "application/vnd.turkic-states.prose+json"
REGISTER = "application/vnd.turkic-states.register+json"
