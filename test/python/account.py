"""What Python says about an object, in JSON: the same questions that are answered without Python."""

import copy
import hashlib
import math

import numpy as np
from sklearn.base import BaseEstimator
from sklearn.calibration import _CalibratedClassifier
from sklearn.compose import ColumnTransformer, TransformedTargetRegressor
from sklearn.exceptions import NotFittedError
from sklearn.feature_extraction.text import CountVectorizer, HashingVectorizer
from sklearn.impute import MissingIndicator
from sklearn.pipeline import FeatureUnion, Pipeline
from sklearn.preprocessing import FunctionTransformer, Normalizer
from sklearn.utils.validation import check_is_fitted


def account(obj):
    """Class, fitted or not, columns, attributes, and the objects inside."""
    features = feature_names(obj)
    return {
        "class": f"{type(obj).__module__}.{type(obj).__qualname__}",
        "fitted": is_fitted(obj),
        "features": None if features is None else [str(name) for name in features],
        "featureCount": feature_count(obj),
        "parameters": parameters(obj),
        "steps": steps(obj),
    }


def is_fitted(obj):
    """What scikit-learn says; what works without `fit` is fitted."""
    if isinstance(obj, (CountVectorizer, HashingVectorizer)):
        try:
            copy.deepcopy(obj).transform(["a text"])
        except NotFittedError:
            return False
        return True
    if isinstance(obj, FeatureUnion):
        return all(is_fitted(each) for _, each in obj.transformer_list)
    if isinstance(obj, (Normalizer, FunctionTransformer)):
        return True
    try:
        check_is_fitted(obj)
    except NotFittedError:
        return False
    return True


def feature_names(obj):
    if isinstance(obj, FeatureUnion):
        return feature_names(obj.transformer_list[0][1])
    if isinstance(obj, TransformedTargetRegressor) and hasattr(obj, "regressor_"):
        return feature_names(obj.regressor_)
    return getattr(obj, "feature_names_in_", None)


def feature_count(obj):
    """An indicator inside an imputer keeps the number under a private name alone."""
    try:
        count = getattr(obj, "n_features_in_", None)
    except Exception:
        return None
    if count is None and isinstance(obj, MissingIndicator):
        count = getattr(obj, "_n_features", None)
    return None if count is None else int(count)


def parameters(obj):
    found = {name: value(each) for name, each in vars(obj).items() if not holds_estimators(each)}
    if hasattr(obj, "idf_"):
        found["idf_"] = value(obj.idf_)
    return found


def holds_estimators(each):
    if isinstance(each, (BaseEstimator, _CalibratedClassifier)):
        return True
    if isinstance(each, dict):
        return any(holds_estimators(member) for member in each.values())
    if isinstance(each, (list, tuple)) or (isinstance(each, np.ndarray) and each.dtype == object):
        return any(holds_estimators(member) for member in each)
    return False


def steps(obj):
    if isinstance(obj, Pipeline):
        return [step(name, "sequence", each, None) for name, each in obj.steps]
    if isinstance(obj, FeatureUnion):
        return [step(name, "branch", each, None) for name, each in obj.transformer_list]
    if isinstance(obj, ColumnTransformer) and hasattr(obj, "transformers_"):
        names = getattr(obj, "feature_names_in_", None)
        return [
            step(name, "branch", each, resolved(columns, names, obj.n_features_in_))
            for name, each, columns in obj.transformers_
        ]
    fitted = [
        step(name, "part", each, None)
        for name, each in vars(obj).items()
        if isinstance(each, BaseEstimator) and (name.endswith("_") or name.startswith("_"))
    ]
    return fitted or None


def step(name, role, each, columns):
    if each is None or isinstance(each, str):
        return {"name": name, "role": role, "columns": columns, "object": each or "passthrough"}
    return {"name": name, "role": role, "columns": columns, "object": account(each)}


def resolved(columns, names, count):
    if isinstance(columns, (str, int)):
        return [columns]
    if isinstance(columns, slice):
        if isinstance(columns.start, str) or isinstance(columns.stop, str):
            order = list(names)
            first = 0 if columns.start is None else order.index(columns.start)
            last = len(order) if columns.stop is None else order.index(columns.stop) + 1
            return order[first:last]
        return list(range(count))[columns]
    chosen = list(columns)
    if chosen and all(isinstance(each, (bool, np.bool_)) for each in chosen):
        return [index for index, each in enumerate(chosen) if each]
    return [each if isinstance(each, str) else int(each) for each in chosen]


def value(each):
    """A value with its type, exact: `{"skip": true}` for what has no plain form."""
    if each is None or isinstance(each, (bool, str)):
        return each
    if isinstance(each, np.str_):
        return str(each)
    if isinstance(each, np.bool_):
        return bool(each)
    if isinstance(each, (int, np.integer)):
        return {"int": str(int(each))}
    if isinstance(each, (float, np.floating)):
        return number(float(each))
    if isinstance(each, np.ndarray) and not isinstance(each, np.ma.MaskedArray):
        return array(each)
    if isinstance(each, (list, tuple)):
        return [value(member) for member in each]
    if isinstance(each, dict) and all(isinstance(key, str) for key in each):
        return {"dict": {key: value(member) for key, member in each.items()}}
    return {"skip": True}


def number(each):
    if math.isnan(each):
        return {"float": "NaN"}
    if math.isinf(each):
        return {"float": "Infinity" if each > 0 else "-Infinity"}
    return {"float": repr(each)}


def array(each):
    if each.shape == ():
        return value(each.item()) if each.dtype != object else {"skip": True}
    plain = each.dtype.kind in "biufUO" and each.dtype.itemsize <= 8 or each.dtype.kind == "U"
    if each.dtype.kind in "Mm":
        members = [None if text == "NaT" else text for text in each.astype(str).ravel().tolist()]
        if each.dtype.kind == "m":
            members = None
    elif each.dtype.kind == "S":
        members = [text.decode("latin1") for text in each.ravel().tolist()]
    else:
        members = [value(member) for member in each.ravel().tolist()] if plain else None
    contents = np.ascontiguousarray(each).tobytes()
    return {
        "array": {
            "dtype": each.dtype.str,
            "shape": list(each.shape),
            "values": members,
            "sha256": None if each.dtype.hasobject else hashlib.sha256(contents).hexdigest(),
        }
    }
