"""`python -m benchmarks.busy_case`: every page of a case of 5,000 records and 20,000 mentions, payments and calls, beside a small one's."""

from benchmarks import ground

if __name__ == "__main__":
    ground.main("busy_case", "What the size of a case costs on each of its pages.")
