"""How the claims of a second article are judged, by the book's own evidence."""

from analysis.claims.forms import Evidence, Verdict, amount
from analysis.quantities import keys_of


def exceeded(quotation: str, evidence: Evidence) -> Verdict:
    """Judge a total of Kazakhstan and Uzbekistan by the reconciled figure of the year it names."""
    year = int(quotation[-4:])
    pairs = evidence["trade_pairs"]
    rows = pairs[(pairs["first"] == "KAZ") & (pairs["second"] == "UZB") & (pairs["year"] == year)]
    found, claimed = float(rows["value_usd"].sum()), amount(quotation)
    return Verdict(
        "supported" if found > claimed else "contradicted",
        f"Reconciled trade of {year}, each flow counted once, was ${found / 1e9:.1f} billion.",
        keys_of(rows["source_keys"]),
    )


def will(quotation: str, evidence: Evidence) -> Verdict:
    """Judge a plan."""
    return Verdict("statement of intent", "It says what <em>will</em> be done.", ("imf2022",))
