"""The United States: ownership filings to the SEC. See README.md."""

from stakeline.regimes.us.answers import answers
from stakeline.regimes.us.places import quote
from stakeline.regimes.us.readers import data_set, read, read_at_once
from stakeline.regimes.us.tables import regime
from stakeline.regimes.us.thirteen_f_answers import report_answers

__all__ = ["answers", "data_set", "quote", "read", "read_at_once", "regime", "report_answers"]
