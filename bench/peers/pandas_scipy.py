"""The script many teams run today: read both files, compare each column with SciPy."""
import sys

import pandas as pd
from scipy.stats import chi2_contingency, ks_2samp, wasserstein_distance

read = pd.read_parquet if sys.argv[1].endswith(".parquet") else pd.read_csv
reference, current = read(sys.argv[1]), read(sys.argv[2])

for name in reference.columns:
    x, y = reference[name].dropna(), current[name].dropna()
    if name == "time":
        x, y = pd.to_datetime(x).astype("int64"), pd.to_datetime(y).astype("int64")
    if pd.api.types.is_numeric_dtype(x) and not pd.api.types.is_bool_dtype(x):
        print(name, ks_2samp(x, y), wasserstein_distance(x, y))
    else:
        table = pd.concat([x.value_counts(), y.value_counts()], axis=1).fillna(0)
        print(name, chi2_contingency(table)[1])
