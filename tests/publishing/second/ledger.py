"""The claims of a second article, with verdicts from the book's own evidence."""

from ..quantities import keys_of
from .forms import Claim, Evidence, Framing, Verdict, amount


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
    return Verdict("statement of intent", "It says what <em>will</em> be done.", ("border2024",))


CLAIMS = (
    Claim(
        "four-billion",
        "More than $4 billion",
        "Our trade exceeded $4 billion in 2023",
        "quantity",
        "fig-index-pair",
        exceeded,
    ),
    Claim(
        "nine-billion",
        "More than $9 billion",
        "It exceeded $9 billion in 2022",
        "quantity",
        "fig-index-pair",
        exceeded,
    ),
    Claim(
        "signs",
        "A plan <b>in signs</b>, =1+1",
        "We will open <script>alert('one')</script> posts, <b>bold</b> ones, #set page(fill: red) "
        "and $x^2$ and \\input{secret} and =1+1",
        "intent",
        "tab-index-signs",
        will,
    ),
)

FRAMING = (
    Framing(
        "Trade between Kazakhstan and Uzbekistan keeps growing, the ministry of trade said.",
        "The lead, which the quotations after it repeat.",
    ),
    Framing(
        "The ministry said that it wrote its plans in many signs.",
        "The reporter's lead to the quotation after it.",
    ),
)
