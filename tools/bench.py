"""What the main steps cost, side by side in one run: `make bench`. Ratios and growth count; absolute times do not.

Each step is timed against a floor in the same process; the record is enlarged by renaming copies of every exercise.
"""

import multiprocessing
import os
import shutil
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np
import pandas as pd
import wall_times
from playwright.sync_api import sync_playwright

from helpers.analyses.disengagement.figures import plot_who_came
from helpers.analyses.disengagement.text import who_came_texts
from helpers.analyses.network.co_attendance import co_attendance
from helpers.analyses.robustness import choices, multiverse, sensitivity
from helpers.derive.attendance import derive_attendance
from helpers.derive.record import Record, open_record
from helpers.derive.register import derive_register
from helpers.loaders.tables import load
from helpers.statistics import change_point
from helpers.statistics import null_models as nullmodels

REPEATS = 5  # the least of five: the one with least noise from the machine's other work
SIZES = (1, 2, 4, 8)
PAGES = (
    "404",
    "index",
    "register",
    "timeline",
    "places",
    "members/ARM",
    "03_disengagement",
)  # the floor, and the heaviest
PACKAGES = 250  # packages that each property of test_broken_packages breaks; there are four


def least(call):
    """Least of REPEATS wall times of a call, in seconds, and its last value."""
    times, value = [], None
    for _ in range(REPEATS):
        start = time.perf_counter()
        value = call()
        times.append(time.perf_counter() - start)
    return min(times), value


def enlarged(data, times):
    """The record with every exercise and report `times` over, under other names."""

    def copies(table, columns):
        parts = [
            table.assign(
                **{c: table[c].map(lambda v, n=n: v.replace("-", f"-{n}-", 1) if v and n else v) for c in columns}
            )
            for n in range(times)
        ]
        return pd.concat(parts, ignore_index=True)

    return data | {
        "exercises": copies(data["exercises"], ["exercise_id", "parent_id"]),
        "reports": copies(data["reports"], ["exercise_id", "report_id"]),
    }


def imports(code):
    """Least wall time of a fresh interpreter that runs an import."""
    return least(lambda: subprocess.run([sys.executable, "-c", code], check=True))[0]


def broken_packages():
    """What the properties of test_broken_packages say of many more packages than `make test` has time for."""
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-s",
        "-o",
        "addopts=--import-mode=importlib",
        "-p",
        "no:nbval",
        "tests/loaders/test_broken_packages.py",
    ]
    environment = os.environ | {"BROKEN_PACKAGES": str(PACKAGES)}
    run = subprocess.run(command, cwd=wall_times.ROOT, env=environment, capture_output=True, text=True, check=False)
    told = [line for line in run.stdout.splitlines() if "packages tried" in line]
    return (
        f"{'; '.join(told)}: {'none broke a promise' if run.returncode == 0 else 'a promise is broken, see make test'}."
    )


def false_positives(records=1000, chains=1000):
    """Share of simulated records of pure noise in which the degree-preserving null calls a pair out."""
    noise = 0
    for seed in range(records):
        plain = np.random.default_rng(seed).random((6, 60)) < 0.6
        noise += bool((nullmodels.pair_tests(pd.DataFrame(plain, dtype=float), chains, seed=seed)["q"] < 0.05).any())
    return noise / records


def null_growth():
    """Cost of the null model by exercises and by states, as multiples of 6 x 60."""

    def once(states, exercises):
        matrix = np.random.default_rng(0).random((states, exercises)) < 0.6
        return least(lambda: nullmodels.sample_fixed_degree(matrix, np.ones_like(matrix), chains=300, steps=100))[0]

    base = once(6, 60)
    return {
        shape: once(*shape) / base for shape in [(6, 60), (6, 120), (6, 240), (6, 480), (12, 60), (24, 60), (48, 60)]
    }


def coverage(records=2000, length=50):
    """How often the 90 % set of break dates holds the planted break: independent cells, and clusters of three."""
    rng = np.random.default_rng(1992)
    found = {"independent": 0, "umbrellas of three": 0}
    for _ in range(records):
        at = int(rng.integers(6, length - 6))
        rate = np.where(np.arange(length) < at, 0.95, 0.1)
        alone = rng.random(length) < rate
        together = np.repeat(rng.random(-(-length // 3)), 3)[:length] < rate
        for name, came in zip(found, (alone, together), strict=True):
            found[name] += bool(change_point.highest_posterior_set(change_point.posterior(came.astype(float)))[at - 1])
    return {name: count / records for name, count in found.items()}


def derivation_costs(data, sizes):
    """Size, exercises and costs (register, attendance, ties) as multiples of the first size, of the record at each size."""
    base, scope = None, open_record().scope
    for size in sizes:
        big = enlarged(data, size)
        first, register = least(lambda big=big: derive_register(big))
        second, _ = least(lambda big=big, register=register: derive_attendance(big, register))
        record = Record.of_scope(big, scope)
        third, _ = least(lambda record=record: co_attendance(record))
        base = base or (first, second, third)
        yield size, len(register), [now / then for now, then in zip((first, second, third), base, strict=True)]


def multiverse_costs(data):
    """What the engine costs by size of the record, and one process against two (prints a table)."""
    print("\nThe multiverse: seconds here, microseconds a test, and growth as multiples of 1 x:")
    print(
        f"  {'size':>6s} {'results':>9s} {'seconds':>8s} {'us each':>8s} {'growth':>7s} {'left out':>9s} {'planted':>8s}"
    )
    base = None
    scope = open_record().scope
    for size in SIZES[:3]:
        big = Record.of_scope(enlarged(data, size), scope)
        grid = choices.build_grid(big)
        took, results = once(lambda big=big, grid=grid: multiverse.explore(big, grid))
        left, _ = once(lambda big=big: sensitivity.leave_one_out(big))
        reference = next(multiverse.references(big, grid))
        planted, _ = once(lambda reference=reference: sensitivity.plant_errors(reference))
        base = base or took
        each = f"{1e6 * took / len(results):8.0f} {took / base:7.1f}"
        print(f"  {size:>5d}x {len(results):>9d} {took:>8.2f} {each} {left:>9.2f} {planted:>8.2f}")
    record = Record.of_scope(data, scope)
    grid = choices.build_grid(record)
    alone = least(lambda: multiverse.explore(record, grid))[0]
    by_unit = [(record, grid | {"unit": {words: unit}}) for words, unit in grid["unit"].items()]
    with ProcessPoolExecutor(2, multiprocessing.get_context("spawn")) as pool:
        start = time.perf_counter()
        list(pool.map(explore_part, by_unit))
        cold = time.perf_counter() - start
        warm = least(lambda: list(pool.map(explore_part, by_unit)))[0]
    print(
        f"  Two processes take {cold / alone:.2f} of the time of one, starting them included; {warm / alone:.2f} once they run."
    )


def explore_part(arguments):
    """One worker's share of the grid."""
    return multiverse.explore(*arguments)


def once(call):
    """Wall time of one call in seconds, and its value: for what takes seconds, noise matters less than patience."""
    start = time.perf_counter()
    value = call()
    return time.perf_counter() - start, value


def pages_ready(site, names=PAGES):
    """Least seconds, of REPEATS, until the system's browser has a page ready, by the page's name; nothing without a browser."""
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if path is None:
        return {}
    timing = "performance.timing.domContentLoadedEventEnd - performance.timing.navigationStart"
    with sync_playwright() as driver:
        page = driver.chromium.launch(executable_path=path).new_page()

        def ready(address):
            page.goto("about:blank")
            page.goto(address)
            return page.evaluate(timing) / 1000

        return {name: min(ready((site / f"{name}.html").as_uri()) for _ in range(REPEATS)) for name in names}


def main():
    """Prints the table of costs."""
    floor = imports("import sys")
    print("Imports, as multiples of starting Python:")
    for module in (
        "pandas",
        "networkx",
        "matplotlib.figure",
        "scipy.special",
        "IPython",
        "helpers",
        "helpers.analyses.network.figures",
    ):
        print(f"  {module:28s} {imports(f'import {module}') / floor:6.1f}")
    for path in sorted(Path(wall_times.ROOT, "notebooks").glob("*.ipynb")):
        print(f"  {path.stem:28s} {imports(wall_times.imports_of(path)) / floor:6.1f}")
    loading, data = least(load)
    print(f"\nload() takes {loading / imports('import helpers'):.2f} of importing helpers; {loading:.3f} s here.")
    print("\nCost of deriving and analysing, as multiples of the record's own size (1 x):")
    print(f"  {'size':>6s} {'exercises':>10s} {'register':>10s} {'attendance':>11s} {'ties':>8s}")
    for size, exercises, ratios in derivation_costs(data, SIZES):
        print(f"  {size:>5d}x {exercises:>10d} {ratios[0]:>10.1f} {ratios[1]:>11.1f} {ratios[2]:>8.1f}")
    multiverse_costs(data)
    shares = ", ".join(f"{share:.1%} for {name} cells" for name, share in coverage().items())
    print(
        f"\nThe {change_point.CREDIBLE_MASS:.0%} set of break dates held the planted break in {shares}, of 2,000 simulated series each."
    )
    print("\nCost of the null model, states x exercises, as multiples of 6 x 60:")
    print("  " + ", ".join(f"{rows} x {columns}: {ratio:.1f}" for (rows, columns), ratio in null_growth().items()))
    print(f"Records of pure noise with a pair called out at q < 0.05: {false_positives():.1%} of 1,000.")
    record = open_record()
    drawing = least(lambda: plot_who_came(record, **who_came_texts(record)))[0]
    print(
        f"\nDrawing who came takes {drawing / imports('import matplotlib.figure'):.2f} of importing matplotlib's figures."
    )
    print("\nPages ready in the browser, as multiples of the page for a wrong address, and in seconds here:")
    ready = pages_ready(Path(wall_times.ROOT, "build", "site"))
    for name, seconds in ready.items():
        print(f"  {name:28s} {seconds / ready[PAGES[0]]:6.1f} {seconds:6.2f}")
    print(f"\n{broken_packages()}")
    wall_times.main()


if __name__ == "__main__":
    main()
