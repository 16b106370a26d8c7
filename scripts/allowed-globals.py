"""Lists the classes of scikit-learn, scipy, LightGBM and XGBoost that model files may refer to.

    python scripts/allowed-globals.py > one.json        once in an environment of each set of versions
    python scripts/allowed-globals.py one.json two.json > src/artifacts/globals/allowed-libraries.ts

Classes alone, functions that restore them, and functions that compute numbers from numbers. What opens
files, starts processes or belongs to tests is left out; so are the distributions of scipy.stats, which execute a text of
their state as Python code, and what frees a handle of its state. A name that is missing is inconclusive,
never safe.
"""

import importlib
import inspect
import json
import pkgutil
import sys
import warnings

warnings.simplefilter("ignore")

UNWANTED = {
    "_build_utils", "_joblib", "callback", "collective", "config", "conftest", "dask", "datasets",
    "experimental", "externals", "federated", "libpath", "parallel", "plotting", "rabit", "spark",
    "testing", "tests", "tracker", "_testing", "_plotting", "_typing",
    # Made of functions, which they call while they are made.
    "linalg", "_rbf",
}

# What sets the state of the process, and what wraps any function.
UNWANTED_NAMES = {"sklearn.utils": {"parallel_backend"}, "sklearn.utils.deprecation": {"deprecated"}}
# The other classes of the boosters hold handles, or open files.
ONLY = {"lightgbm.basic": {"Booster"}, "lightgbm.engine": set(), "xgboost._data_utils": set(), "xgboost.core": {"Booster"},
        "xgboost.data": set()}


def modules(root):
    try:
        package = importlib.import_module(root)
    except ImportError:
        return
    yield package
    for found in pkgutil.walk_packages(getattr(package, "__path__", []), root + ".", onerror=lambda _: None):
        parts = found.name.split(".")
        if any(part in UNWANTED or part.startswith("test") for part in parts):
            continue
        try:
            yield importlib.import_module(found.name)
        except BaseException:
            continue


def classes(root):
    result = {}
    for module in modules(root):
        for name, one in vars(module).items():
            is_restorer = callable(one) and (name.startswith("__pyx_unpickle_") or name == "newObj")
            is_own = (
                inspect.isclass(one)
                and one.__module__ == module.__name__
                and one.__qualname__ == name
                and not issubclass(one, BaseException)
            )
            is_wanted = name in ONLY.get(module.__name__, {name}) - UNWANTED_NAMES.get(module.__name__, set())
            if is_wanted and (is_restorer or is_own):
                result.setdefault(module.__name__, set()).add(name)
    return result


def functions(*roots):
    result = {}
    for root in roots:
        try:
            module = importlib.import_module(root)
        except ImportError:
            continue
        for name, one in vars(module).items():
            if inspect.isfunction(one) and one.__module__.startswith(root) and not name.startswith("_"):
                if "scorer" not in name and "scoring" not in name:
                    result.setdefault(one.__module__, set()).add(name)
    return result


def ufuncs():
    import numpy

    names = {name for name in dir(numpy) if isinstance(getattr(numpy, name), numpy.ufunc)}
    names -= {"frompyfunc"}
    places = ("numpy", "numpy.core._multiarray_umath", "numpy._core._multiarray_umath")
    return {place: names for place in places}


def merged(groups):
    result = {}
    for group in groups:
        for module, names in group.items():
            result.setdefault(module, set()).update(names)
    return {module: sorted(names) for module, names in sorted(result.items())}


GROUPS = {
    "scikitLearn": lambda: [classes("sklearn"), functions("sklearn.metrics", "sklearn.feature_selection")],
    "numpyFunctions": lambda: [ufuncs()],
    "scipy": lambda: [classes(root) for root in (
        "scipy.sparse", "scipy.interpolate", "scipy.spatial")],
    "boosters": lambda: [classes("lightgbm"), classes("xgboost")],
}


def collected():
    found = {}
    for group, collect in GROUPS.items():
        try:
            found[group] = merged(collect())
        except ImportError:
            found[group] = {}
    return found


def written(files):
    lists = [json.load(open(name)) for name in files]
    print("// Written by scripts/allowed-globals.py from the installed libraries; do not edit.")
    print("type Names = Readonly<Record<string, string>>")
    for group in GROUPS:
        print(f"\nexport const {group}: Names = {{")
        for module, names in merged([one[group] for one in lists]).items():
            print(f"  '{module}': '{' '.join(names)}',")
        print("}")


if len(sys.argv) > 1:
    written(sys.argv[1:])
else:
    json.dump(collected(), sys.stdout)
