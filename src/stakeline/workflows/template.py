"""An annotated example for `duty`, as JSON and as CSV: it runs as it is."""

from typing import Final, Literal, TypeAlias

Shape: TypeAlias = Literal["json", "csv"]

_JSON = """\
{
  "# read": "Alibaba's sale of SenseTime shares on 8 November 2022. A key that begins with # is a note and is not read.",
  "# more": "Several securities: put issuer, positions, filings and events under \\"securities\\": {\\"0020.HK\\": {...}, ...}.",
  "security": "0020.HK",
  "# regime": "A rulebook's code or a list of them; `stakeline rules` lists all. Left out, the ending .HK would tell this one.",
  "regime": "hk_sfo_part_xv",

  "# investor": "Whose duty is asked. type: individual or corporation; roles: director, chief_executive ... towards the issuer.",
  "investor": {"id": "Alibaba", "type": "corporation"},
  "# related": "Others whose holdings may count: {\\"id\\": \\"B_Ltd\\", \\"relation\\": \\"corporation\\", \\"votes_pct\\": \\"40\\"}.",

  "issuer": {
    "# classes": "Only where there are several. The law's base here is the class; the others serve as contrast.",
    "classes": {"A": {"votes_per_share": "10"}, "B": {"votes_per_share": "1"}},
    "# capital": "Dated: each entry stands until the next of its class. Counts are strings of digits. These were reported on 24 June 2022.",
    "capital": [
      {"date": "2022-06-24", "class": "A", "issued_shares": "7528760000"},
      {"date": "2022-06-24", "class": "B", "issued_shares": "25978640000"}
    ]
  },

  "# positions": "What is held at the end of each day: a stock, no trade. It stands until the next line of the same holder, class and leg.",
  "positions": [
    {"date": "2022-11-07", "holder": "Alibaba", "class": "B", "leg": "long", "shares": "2351000000"},
    {"date": "2022-11-08", "holder": "Alibaba", "class": "B", "leg": "long", "shares": "2271000000"}
  ],

  "# filings": "Reports already made, oldest first. The last one decides exceptions for small changes: kind initial, change, nature, final.",
  "# last": "Here the interest held when the shares were listed: the law asked for that notice; its figure is in none of our sources.",
  "filings": [
    {"date": "2021-12-30", "form": "Form 2", "duty": "hk.ss.initial_listing", "kind": "initial"}
  ],

  "# events": "What happened, where a change of the lines does not say it. aware: when the investor learned of it, if later.",
  "events": [
    {"type": "disposal", "date": "2022-11-08"}
  ],

  "# calendar_facts": "Days that the calendar does not know: {\\"gale_warning_days\\": [\\"2022-11-02\\"]}."
}
"""
_CSV = """\
# Alibaba's sale of SenseTime shares on 8 November 2022. A line that begins with # is a note; a blank cell is not told.
# row: position (also where blank), filing, event, capital, investor, related, class, issuer, calendar.
# A position is what is held at the end of the day. Its row may also tell the capital (issued_shares) and the event of the day.
row,date,security,regime,holder,type,class,leg,shares,issued_shares,votes_per_share,event,aware,form,duty,kind
investor,,,,Alibaba,corporation,,,,,,,,,,
class,,0020.HK,hk_sfo_part_xv,,,A,,,,10,,,,,
class,,0020.HK,,,,B,,,,1,,,,,
# Dated denominators, each valid until the next of its class; these were reported on 24 June 2022.
capital,2022-06-24,0020.HK,,,,A,,,7528760000,,,,,,
capital,2022-06-24,0020.HK,,,,B,,,25978640000,,,,,,
# Reports already made; this one the law asked for when the shares were listed. Its figure is in none of our sources.
filing,2021-12-30,0020.HK,,,,,,,,,,,Form 2,hk.ss.initial_listing,initial
position,2022-11-07,0020.HK,,Alibaba,,B,long,2351000000,,,,,,,
position,2022-11-08,0020.HK,,Alibaba,,B,long,2271000000,,,disposal,,,,
"""
TEMPLATES: Final[dict[Shape, str]] = {"json": _JSON, "csv": _CSV}
"""By shape. The counts are those of the shipped case (`cases/sensetime`): 80 million shares sold, 2,271 million left."""
