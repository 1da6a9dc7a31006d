import pandas as pd


def information_table(settings, benefits, values):
    return pd.DataFrame()
