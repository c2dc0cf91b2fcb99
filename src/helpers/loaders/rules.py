"""Rules that span columns or tables, which a Data Package cannot express: one small check a table."""

from helpers.loaders import dates


def no_rule(_):
    """Of a table without rules of its own: no fault."""
    return []


def _spans(table):
    """Start and end of a spell or an edition: an end that lies wholly before the start."""
    for row in table.itertuples():
        if row.start and row.end and dates.parse(row.end)[1] < dates.parse(row.start)[0]:
            yield row.Index, "end", row.end, f"lies before the start, {row.start}"


def _reports(table):
    yield from _spans(table)
    columns = set(table.columns)
    for row in table.itertuples():
        present, absent = set(row.participants.split(";")) - {""}, set(row.absent.split(";")) - {""}
        if both := present & absent:
            yield row.Index, "absent", row.absent, f"names {', '.join(sorted(both))}, which participants names too"
        if bool(present) != bool(row.participants_scope):
            yield (
                row.Index,
                "participants_scope",
                row.participants_scope,
                "must be filled if, and only if, participants is",
            )
        if bool(absent) != bool(row.absent_by):
            yield row.Index, "absent_by", row.absent_by, "must be filled if, and only if, absent is"
        if getattr(row, "absent_reason_by", "") and not row.absent_reason:
            yield row.Index, "absent_reason_by", row.absent_reason_by, "must be blank; no reason is given"
        if extra := set(row.staff_only.split(";")) - {""} - present:
            yield (
                row.Index,
                "staff_only",
                row.staff_only,
                f"names {', '.join(sorted(extra))}, which participants does not",
            )
        if bool(row.troops) != bool(row.troops_scope):
            yield row.Index, "troops_scope", row.troops_scope, "must be filled if, and only if, troops is"
        if unknown := set(row.deprecated_fields.split(";")) - {""} - columns:
            yield (
                row.Index,
                "deprecated_fields",
                row.deprecated_fields,
                f"names no column of this table: {', '.join(sorted(unknown))}",
            )
        if bool(row.deprecated_fields) != bool(row.deprecated_why):
            yield (
                row.Index,
                "deprecated_why",
                row.deprecated_why,
                "must be filled if, and only if, deprecated_fields is",
            )


def _exercises(table):
    """Umbrellas are one level deep, which also rules out a cycle. A parent whose own row is at fault is not asked."""
    parent = dict(zip(table["exercise_id"], table["parent_id"], strict=True))
    for row in table.itertuples():
        if row.parent_id and parent.get(row.parent_id):
            yield row.Index, "parent_id", row.parent_id, "is itself part of an umbrella; umbrellas are one level deep"


def _sources(table):
    for row in table.itertuples():
        if not row.url and not row.file:
            yield row.Index, "url", row.url, "is blank; a source needs an address or, for a founding article, a file"


def _events(table):
    for row in table.itertuples():
        if (row.direction == "neutral") == bool(row.rung):
            yield row.Index, "rung", row.rung, "must be blank for a neutral step and filled for any other"
        if len(row.what.split()) > MAX_WORDS:
            yield row.Index, "what", row.what, f"has more than {MAX_WORDS} words"


def _double_coding(table):
    for row in table.itertuples():
        if (row.first != row.second) != bool(row.resolved):
            yield row.Index, "resolved", row.resolved, "must be filled if, and only if, first and second differ"
        if bool(row.resolved) != bool(row.why):
            yield row.Index, "why", row.why, "must be filled if, and only if, resolved is"


NEEDED = {  # test of a claim: the columns that it cannot do without
    "missed_all": {"subject", "since"},
    "missed_at_least": {"subject", "since", "number"},
    "skipped_meetings": {"subject", "since"},
    "first_missed": {"subject", "since", "until"},
    "absent_at": {"subject", "exercise_ids"},
    "present_at": {"subject", "exercise_ids"},
    "host_is": {"exercise_ids", "value"},
    "status_is": {"exercise_ids", "value"},
    "has_left": {"subject"},
    "no_notice": {"subject"},
    "took_status": {"subject", "value"},
    "members": {"number"},
    "nth_to_leave": {"number"},
    "said": set(),
    "untestable": set(),
}
READS = {  # the columns that it reads where they are filled
    "missed_all": {"until"},
    "missed_at_least": {"until"},
    "skipped_meetings": {"until"},
    "has_left": {"until"},
    "no_notice": {"until"},
    "took_status": {"since", "until"},
    "members": {"until"},
    "nth_to_leave": {"until"},
}
ASKED = ("since", "until", "number", "exercise_ids", "value")  # columns that only some tests read
VALUES = {
    "status_is": {"held", "planned", "cancelled", "postponed", "relocated", "merged", "unverified"},
    "took_status": {"party", "member", "suspended", "observer", "signatory"},
}
CLAIM_WORDS = 15  # of a claim's quotation


def _claims(table):
    """What a test cannot do without: of no exercises, all would be so; and what it does not read."""
    for line, claim in table.to_dict("index").items():
        test = claim["test"]
        for column in sorted(NEEDED[test]):
            if not claim[column]:
                yield line, column, "", f"is blank; the test {test} needs it"
        for column in ASKED:
            if claim[column] and column not in NEEDED[test] | READS.get(test, set()):
                yield line, column, claim[column], f"must be blank; the test {test} does not read it"
        entries = claim["events_for"] or claim["events_against"]
        if test == "said" and not entries:
            yield line, "events_for", "", "is blank, as is events_against; the test said needs one of them"
        if test == "untestable" and entries:
            yield line, "test", test, "does not go with entries of events, which test the claim"
        if claim["value"] and test in VALUES and claim["value"] not in VALUES[test]:
            yield line, "value", claim["value"], f"is not one of: {', '.join(sorted(VALUES[test]))}"
        if len(claim["quote"].split()) > CLAIM_WORDS:
            yield line, "quote", claim["quote"], f"has more than {CLAIM_WORDS} words"


def check_cases(table, events):
    """A case is one state's; what is said of no state in particular can be none."""
    subject = dict(zip(events["event_id"], events["subject"], strict=True))
    for line, event in table["event_id"].items():
        if event in subject and not subject[event]:
            yield line, "event_id", event, "names an entry of events.csv without a subject; a case is one state's"


def _quotations(table):
    for line, quote in table["quote"].items():
        if len(quote.split()) > MAX_WORDS:
            yield line, "quote", quote, f"has more than {MAX_WORDS} words"


MAX_WORDS = 25  # what a timeline label and a table row can hold; and of a quotation


CHECKS = {
    "reports": _reports,
    "exercises": _exercises,
    "sources": _sources,
    "events": _events,
    "claims": _claims,
    "double_coding": _double_coding,
    "memberships": _spans,
    "forces": _spans,
    "offices": _spans,
    "quotations": _quotations,
}
