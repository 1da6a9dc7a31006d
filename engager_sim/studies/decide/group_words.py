def group_sentences(groups, facts, best):
    return []
