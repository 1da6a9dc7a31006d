"""Tables of runs for pandas: one room per table, its columns declared beside what fills it."""
