"""Writes fitted objects in every form that is read, and what Python itself says about each.

Usage: make_artifacts.py FOLDER. `expected.json` lists the files with the objects in them.
"""

import json
import os
import pickle
import sys
import warnings

import joblib
import numpy as np
import sklearn

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from account import account, value  # noqa: E402
from objects import arrays, objects  # noqa: E402

warnings.simplefilter("ignore")

PROTOCOLS = (0, 2, 4, 5)
COMPRESSORS = ("zlib", "gzip", "bz2", "xz", "lzma", "lz4")
# Every object as joblib and skops; these in all the other forms too.
EVERY_FORM = ("StandardScaler-names", "ColumnTransformer-deep", "OneHotEncoder-names")


def main(folder):
    cases = []

    def write(name, kind, obj, save):
        save(os.path.join(folder, name))
        cases.append({"file": name, "kind": kind, "object": account(obj)})

    for label, obj in objects():
        write(f"{label}.joblib", "joblib", obj, lambda path: joblib.dump(obj, path))
        write(f"{label}.p4.pkl", "pickle", obj, lambda path: dump(obj, path, 4))
        if not label.startswith("custom"):
            write(f"{label}.skops", "skops", obj, lambda path: skops_dump(obj, path))
        if label not in EVERY_FORM:
            continue
        for protocol in PROTOCOLS:
            write(f"{label}.p{protocol}.pickle", "pickle", obj, lambda path: dump(obj, path, protocol))
            write(
                f"{label}.p{protocol}.joblib",
                "joblib",
                obj,
                lambda path: joblib.dump(obj, path, protocol=protocol),
            )
        for compressor in COMPRESSORS:
            for level in (1, 9):
                write(
                    f"{label}.{compressor}{level}.joblib",
                    "joblib",
                    obj,
                    lambda path: joblib.dump(obj, path, compress=(compressor, level)),
                )

    plain = []
    for label, array in arrays():
        name = f"array-{label}.npy"
        np.save(os.path.join(folder, name), array)
        plain.append({"file": name, "kind": "npy", "arrays": {"array": value(array)}})
        for form, save in (
            ("joblib", lambda path: joblib.dump(array, path)),
            ("p2.pickle", lambda path: dump(array, path, 2)),
            ("p5.pickle", lambda path: dump(array, path, 5)),
        ):
            name = f"array-{label}.{form}"
            save(os.path.join(folder, name))
            kind = "joblib" if form == "joblib" else "pickle"
            plain.append({"file": name, "kind": kind, "arrays": {"array": value(array)}})
    named = dict(arrays())
    for name, save in (("all.npz", np.savez), ("all-compressed.npz", np.savez_compressed)):
        save(os.path.join(folder, name), **named)
        expected = {key: value(array) for key, array in named.items()}
        plain.append({"file": name, "kind": "npz", "arrays": expected})

    versions = f"scikit-learn {sklearn.__version__}, numpy {np.__version__}, joblib {joblib.__version__}"
    with open(os.path.join(folder, "versions.txt"), "w", encoding="utf-8") as out:
        out.write(versions)
    with open(os.path.join(folder, "expected.json"), "w", encoding="utf-8") as out:
        json.dump({"objects": cases, "arrays": plain}, out, allow_nan=False)


def dump(obj, path, protocol):
    with open(path, "wb") as out:
        pickle.dump(obj, out, protocol=protocol)


def skops_dump(obj, path):
    import skops.io

    skops.io.dump(obj, path)


if __name__ == "__main__":
    main(sys.argv[1])
