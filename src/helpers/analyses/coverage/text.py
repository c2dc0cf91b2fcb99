"""Sentences and figure texts of `01_sources_and_coverage`."""

from helpers.analyses.coverage.double_coding import CELLS, GOOD
from helpers.display.phrases import day, share, span


def answer(shares, register, sources, reports):
    """What the record rests on, in one sentence (`coverage.shares`)."""
    used = sources[sources["source_id"].isin(reports["source_id"])]
    return (
        f"{len(register)} editions rest on {len(reports)} reports in {len(used)} publications of {used['origin_id'].nunique()} independent "
        f"families, in {used['lang'].nunique()} languages. " + _shares(shares)
    )


def _shares(table):
    two, after, _, settled, *_ = table.itertuples()
    return (
        f"{share(two.k, two.n)} held exercises have two or more families, {share(after.k, after.n)} a report from after the event; "
        f"{share(settled.k, settled.n)} cells in which a state was expected are settled [95 % interval {span(settled.low, settled.high)}]."
    )


def same_reading(table, coded):
    """How alike two coders read the same texts (`reliability.agreement`, `reliability.units`)."""
    if table.empty:
        return "No text was coded twice."
    own = table.set_index("field").loc[CELLS]
    texts = coded.groupby(["exercise_id", "source_id"]).ngroups
    return (
        (
            f"Two coders read {texts} texts on {coded['exercise_id'].nunique()} exercises, drawn at random: of {int(own['units']):,} pairs of text and state they "
            f"coded {own['agreed']:.0%} alike, alpha {own['alpha']:.2f} [95 % interval {own['low']:.2f}–{own['high']:.2f}]; "
            f"{(table['alpha'] >= GOOD).sum()} of {len(table)} fields reach {GOOD}."
        )
        .replace("%", "\u00a0%")
        .replace("95 \u00a0", "95\u00a0")
    )


def cells_apart(coded):
    """What the two coders' differences over cells consist of (`reliability.units`)."""
    cells = coded[(coded["field"] == CELLS) & (coded["first"] != coded["second"])]
    if cells.empty:
        return "No pair of text and state was read differently."
    silent = {"boilerplate", "unnamed"}  # neither can settle a cell
    idle = (cells["first"].isin(silent) & cells["second"].isin(silent)).sum()
    turned = cells.apply(lambda row: {row["first"], row["second"]} == {"present", "absent"}, axis=1).sum()
    return (
        f"Of {len(cells)} pairs read differently, {idle} are a phrase such as all member states against no word, which settles no cell either way; "
        f"{len(cells) - idle} could, and in {turned} one coder read presence where the other read absence."
    )


def adjudication(apart):
    """How the disagreements were resolved (`reliability.disagreements`)."""
    if apart.empty:
        return "No field was read differently."
    counts = apart["resolved"].value_counts()
    told = {
        "second": "the second reading stood and the report was mended",
        "first": "the first stood",
        "both": "both say the same in other words",
        "neither": "neither stood",
    }
    return (
        f"Of {len(apart)} differing fields, "
        + "; ".join(f"in {counts.get(way, 0)} {words}" for way, words in told.items())
        + "."
    )


def recall_answer(table):
    """How much of what officials counted the record holds (`coverage.recall`)."""
    if table.empty:
        return "No official count of all exercises of a period is in scope."
    full = (table["recall"] >= 1).sum()
    worst = table.sort_values(["recall", "period"]).iloc[0]
    text = f"In one of the two units the record holds as many editions as {full} of {len(table)} official counts of all exercises of a period name, or more."
    if full < len(table):
        text += f" The poorest is {worst['period'].replace('/', '–')}: {min(worst['components'], worst['umbrellas'])}–{max(worst['components'], worst['umbrellas'])} against {worst['announced']}."
    return text


def effort_answer(table, log):
    """How evenly the years were searched (`coverage.effort`)."""
    alive, found = int(table["alive"].sum()), int(table["looked_for"].sum())
    return (
        f"{len(log):,} look-ups are logged; {share((log['hits'] == 0).sum(), len(log))} led to no source. Each series was to be looked for by name in every "
        f"year from its first to its last edition: that was done for {share(found, alive)} pairs of series and year."
    )


def twins(pairs, threshold):
    """How many pairs of publications are near-identical, and whether each is one family (`families.find_near_identical`)."""
    same = pairs[pairs["alike"] >= threshold]
    if same.empty:
        return "No two publications are near-identical by this rule."
    return f"{len(same)} pairs of publications are near-identical by this rule, and {share(same['one_family'].sum(), len(same))} of them are one family."


def contradictions(facts):
    """How many facts of the founding articles contradict one another (`coverage.facts`)."""
    if facts.empty:
        return "No founding article is taken apart into facts."
    apart = facts[facts["contradicts"].map(len) > 0]
    return f"The {facts['article'].nunique()} founding articles hold {len(facts)} facts, each carried by a row of these tables; {len(apart)} cannot stand as printed beside another."


def by_year(table, shares, last_day):
    """Around `figures.coverage.by_year`."""
    two = shares.iloc[0]
    best = table["reports"].idxmax()
    return {
        "title": f"{share(two['k'], two['n'])} held exercises have two or more independent families",
        "subtitle": f"{table['exercises'].sum()} editions, {table['reports'].sum()} reports and {table['look_ups'].sum():,} look-ups (one for several years counts in each) by plan year; most reports ({table['reports'].max()}) are of {best}.",
        "footer": f"Coverage is uneven: compare years with that in mind. Sources to {day(last_day)}. Data: reports.csv, sources.csv, search_log.csv.",
    }


def recall(table):
    """Around `figures.coverage.recall`."""
    full = (table["recall"] >= 1).sum()
    return {
        "title": f"{full} of {len(table)} official counts are matched or passed in at least one unit",
        "subtitle": "Editions of the period in the record, whatever became of them, beside what an official announced or counted.",
        "footer": "A statement seldom says whether parts of an umbrella count singly, or which kinds of event count at all. Data: programmes.csv, exercises.csv.",
    }


def agreement(table, coded):
    """Around `figures.coverage.agreement`."""
    own = table.set_index("field").loc[CELLS]
    return {
        "title": f"Two coders agree on attendance cells with alpha {own['alpha']:.2f} [{own['low']:.2f}–{own['high']:.2f}]",
        "subtitle": f"{coded.groupby(['exercise_id', 'source_id']).ngroups} texts on {coded['exercise_id'].nunique()} exercises drawn at random, coded twice; line: bootstrap over exercises.",
        "footer": "Cells: one unit a text and state. Blank (the text does not say) counts as a value. Data: double_coding.csv.",
    }
