"""`python -m benchmarks.single_decision`: whether an officer sees one record, beside reading it by its primary key."""

from benchmarks import ground

if __name__ == "__main__":
    ground.main("single_decision", "What one decision costs beside a primary-key lookup, for three kinds of officer.")
