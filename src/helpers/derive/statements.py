"""What one report says of each state: the one reading of a report."""

from collections import namedtuple

COMMITTED_VOICES = {"state", "organiser"}  # they make an absence declared


ATTENDS = {"present", "observer"}


GUEST_TELLING = {*ATTENDS, "absent"}  # a list may leave out a guest without saying anything of it


TELLING = {"present", "absent", "observer", "omitted"}  # statements that bear on a cell; the rest prove nothing


# `says`: present, absent, observer, omitted (a complete list lacks the state), boilerplate, unnamed (a partial one does).
Statement = namedtuple("Statement", "says by tier origin_id report_id staff")


def read_report(report, counts_host, expected):
    """What one report says of each state: {iso3: says}, see `Statement`. Deprecated fields say nothing."""

    def said(field):
        return () if field in report.deprecated_fields else getattr(report, field)

    boilerplate = report.participants_scope == "boilerplate"
    hosts = said("hosts") if counts_host and report.tier else ()
    says = dict.fromkeys(said("participants"), "boilerplate" if boilerplate else "present")
    says |= dict.fromkeys(hosts, "present")
    says = dict.fromkeys(said("observers"), "observer") | says
    says |= dict.fromkeys(said("absent"), "absent")
    if said("participants") and not boilerplate:
        lacking = "omitted" if report.participants_scope == "complete" else "unnamed"
        says |= dict.fromkeys(expected - set(says), lacking)
    return says
