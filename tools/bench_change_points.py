"""False alarms and power of the search for a break, by simulation: prints a table (python tools/bench_change_points.py)."""

from helpers.statistics.change_point import CREDIBLE_MASS, NO_BREAK, detection_rate

SIZES = (20, 40, 60)
RATES = (1.0, 0.95, 0.9, 0.85, 0.8)
AFTER = (0.5, 0.2, 0.0)
DRAWS = 4000
MOST = 0.05  # false alarms at most, in the unit that the headline uses: one case a decision


def main() -> None:
    """Prints one line a design, and whether false alarms keep within MOST."""
    print(f"A break is said if the probability of none is below {NO_BREAK}; sets hold {CREDIBLE_MASS:.0%}.")
    print(f"{'rate':>12} {'decisions':>10} {'independent':>12} {'in threes':>10}")
    worst = 0.0
    for size in SIZES:
        for rate in RATES:
            alone = detection_rate(rate, rate, size, draws=DRAWS)
            threes = detection_rate(rate, rate, size, together=3, draws=DRAWS)
            worst = max(worst, alone)
            print(f"{rate:>12.2f} {size:>10} {alone:>12.2%} {threes:>10.2%}")
        for after in AFTER:
            alone = detection_rate(0.95, after, size, at=size * 2 // 3, draws=DRAWS)
            threes = detection_rate(0.95, after, size, at=size * 2 // 3, together=3, draws=DRAWS)
            print(f"{'0.95 to ' + format(after, '.1f'):>12} {size:>10} {alone:>12.2%} {threes:>10.2%}")
    print(
        f"Most false alarms with one case a decision: {worst:.2%} (at most {MOST:.0%}: {'kept' if worst <= MOST else 'BROKEN'})."
    )


if __name__ == "__main__":
    main()
