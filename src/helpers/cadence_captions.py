"""What stands around the figures of the cadence notebook that are not of plain counts: title, subtitle, footer.

As in `captions`, each function takes the frames that are drawn and returns {title, subtitle, footer}.
"""

from helpers.season import day_name

DATA = "Data: reports.csv."


def season(table, days, last_day):
    """Around `figures.season.season`; `days` is `season.first_days`."""
    row = table.iloc[0]
    shape = "two clusters, not one" if row["two_peaks"] else "no more than one peak allows"
    return {
        "title": f"First days centre on {day_name(row['day1'])}; {row['opposite']} of {row['n']} lie in the other half-year: {shape}",
        "subtitle": f"First days of {row['n']} held exercises in {row['units']} umbrellas or alone. R: 0 spread out, 1 all on one day; R₂: of two opposite peaks.",
        "footer": f"Intervals by resampling whole umbrellas. The two peaks are half a year apart by construction. Groups of few are not drawn; {days.attrs['left_out']} exercises of unknown season left out. Sources to {last_day:%Y-%m-%d}. {DATA}",
    }


def lifelines(table, last_year):
    """Around `figures.lives.lifelines`."""
    recent = int((table["last"] == last_year).sum())
    once = int((table["held"].map(len) == 1).sum())
    return {
        "title": f"{recent} of {len(table)} series were held in {last_year}; {once} {'have' if once != 1 else 'has'} been held in one year only",
        "subtitle": f"Plan years of {table['editions'].sum()} held editions; gaps are years from one to the next; 'without' counts whole years to {last_year}.",
        "footer": f"Sources use several names for one series and do not date a change of name; see series.csv. {DATA}",
    }


def sizes(table, told):
    """Around `figures.sizes.sizes`; `told` is `sizes.coverage`."""
    reported = table[table["told"] == "reported"]
    top = (reported if len(reported) else table).sort_values("best", ascending=False).iloc[0]
    words = ", ".join(top["names"])
    return {
        "title": f"Largest figure {top['told']}: {top['as_told']} at {words}",
        "subtitle": f"Troops as sources give them, + more than, ~ about; {told['own']} of {told['held']} held editions have a reported figure of their own.",
        "footer": f"An umbrella's figure takes in its parts, a joint total its drills: the marks cannot be added up. One state's contingent is left out. {DATA}",
    }


def venues(table, names):
    """Around `figures.hosts.venues`; `names` is {iso3: name}."""
    known = table[table["place"] != ""]
    used = known[["iso3", "place"]].value_counts(sort=True)
    top = sorted(used.items(), key=lambda item: (-item[1], item[0]))[0]
    (state, place), n = top
    drawn = int(table["iso3"].isin(names).sum())
    return {
        "title": f"{place} in {names.get(state, state)} was used most: {n} of {len(table)} held exercises",
        "subtitle": f"Held exercises by host, place that most reports name, and plan year; n = {drawn} on the soil of one known state.",
        "footer": f"A schematic and no map: no source gives coordinates of the ranges. Not drawn: {len(table) - drawn} of several or unknown hosts. {DATA}",
    }
