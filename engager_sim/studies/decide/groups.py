import pandas as pd


def groups_table(settings, design, men):
    return pd.DataFrame()
