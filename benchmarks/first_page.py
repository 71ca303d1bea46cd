"""`python -m benchmarks.first_page`: the first page of records beside the same page unfiltered and by `get_objects_for_user`."""

from benchmarks import ground

if __name__ == "__main__":
    ground.main("first_page", "What the permission filter costs on the first page of records, for three kinds of officer.")
