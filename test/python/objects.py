"""The objects of the comparison: every kind that is read, fitted on names, on plain arrays, or not at all."""

import warnings

import numpy as np
import pandas as pd
from sklearn.calibration import CalibratedClassifierCV
from sklearn.compose import ColumnTransformer, TransformedTargetRegressor
from sklearn.compose import make_column_selector as selector
from sklearn.ensemble import (
    GradientBoostingRegressor,
    HistGradientBoostingClassifier,
    RandomForestClassifier,
    VotingClassifier,
)
from sklearn.experimental import enable_iterative_imputer  # noqa: F401
from sklearn.feature_extraction.text import (
    CountVectorizer,
    HashingVectorizer,
    TfidfTransformer,
    TfidfVectorizer,
)
from sklearn.impute import IterativeImputer, KNNImputer, MissingIndicator, SimpleImputer
from sklearn.linear_model import LinearRegression, LogisticRegression, Ridge
from sklearn.model_selection import GridSearchCV
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import FeatureUnion, Pipeline
from sklearn.preprocessing import (
    FunctionTransformer,
    KBinsDiscretizer,
    LabelBinarizer,
    LabelEncoder,
    MaxAbsScaler,
    MinMaxScaler,
    Normalizer,
    OneHotEncoder,
    OrdinalEncoder,
    PolynomialFeatures,
    PowerTransformer,
    QuantileTransformer,
    RobustScaler,
    StandardScaler,
)
from sklearn.svm import SVC
from sklearn.tree import DecisionTreeClassifier

warnings.simplefilter("ignore")

ROWS = 120
TEXTS = ["the cat sat", "the dog ran far", "naïve café 猫", "cat and dog", ""]


def table():
    random = np.random.default_rng(7)
    frame = pd.DataFrame(
        {
            "age": random.normal(40, 12, ROWS),
            "income": random.lognormal(10, 1, ROWS),
            "visits": random.integers(0, 9, ROWS),
            "constant": np.full(ROWS, 3.5),
            "city": random.choice(["Rome", "Zürich", "東京", "São Paulo"], ROWS),
            "size": random.choice(["S", "M", "L"], ROWS),
        }
    )
    labels = random.choice(["no", "yes", "maybe"], ROWS)
    return frame, labels


def objects():
    """Pairs of a label and an object."""
    frame, labels = table()
    numeric = frame[["age", "income", "visits", "constant"]]
    words = frame[["city", "size"]]
    gaps = numeric.astype(float).mask(np.random.default_rng(3).random(numeric.shape) < 0.1)
    binary = labels == "yes"
    found = []

    def both(estimator_class, X, *y, **settings):
        label = estimator_class.__name__
        plain = X.to_numpy(dtype=object) if X.dtypes.iloc[0] == object else X.to_numpy(dtype=float)
        found.append((f"{label}-names", estimator_class(**settings).fit(X, *y)))
        found.append((f"{label}-plain", estimator_class(**settings).fit(plain, *y)))
        found.append((f"{label}-unfitted", estimator_class(**settings)))

    both(StandardScaler, numeric)
    both(MinMaxScaler, numeric, feature_range=(-1, 1), clip=True)
    both(RobustScaler, numeric, quantile_range=(10.0, 90.0))
    both(MaxAbsScaler, numeric)
    both(Normalizer, numeric, norm="l1")
    both(PowerTransformer, numeric)
    both(QuantileTransformer, numeric, n_quantiles=20, output_distribution="normal")
    both(OneHotEncoder, words, handle_unknown="infrequent_if_exist", min_frequency=25)
    both(OrdinalEncoder, words, handle_unknown="use_encoded_value", unknown_value=-1)
    both(SimpleImputer, gaps, add_indicator=True)
    both(KNNImputer, gaps)
    both(IterativeImputer, gaps, max_iter=2, random_state=0)
    both(MissingIndicator, gaps)
    both(KBinsDiscretizer, numeric[["age", "income"]], n_bins=4, encode="onehot")
    both(PolynomialFeatures, numeric)
    both(LogisticRegression, numeric, labels, max_iter=50)
    both(LinearRegression, numeric, frame["age"])
    both(DecisionTreeClassifier, numeric, labels, max_depth=3)
    both(RandomForestClassifier, numeric, labels, n_estimators=3, max_depth=3, random_state=0)
    both(GradientBoostingRegressor, numeric, frame["age"], n_estimators=3, random_state=0)
    both(HistGradientBoostingClassifier, numeric, labels, max_iter=3)
    both(KNeighborsClassifier, numeric, labels)
    both(SVC, numeric, labels)
    try:
        from sklearn.preprocessing import TargetEncoder
    except ImportError:
        pass
    else:
        both(TargetEncoder, words, frame["age"], random_state=0)
        encoder = TargetEncoder(random_state=0).fit(words, labels)
        found.append(("TargetEncoder-classes", encoder))

    found.append(("OneHotEncoder-drop", OneHotEncoder(drop="if_binary").fit(words)))
    dates = np.array([["2024-01-31"], ["2024-02-29"]], dtype="datetime64[D]")
    found.append(("OrdinalEncoder-integers", OrdinalEncoder().fit(np.array([[2**60], [3], [-1]]))))
    found.append(("LabelEncoder-dates", LabelEncoder().fit(dates.ravel())))
    found.append(("LabelEncoder-text", LabelEncoder().fit(labels)))
    found.append(("LabelEncoder-object", LabelEncoder().fit(labels.astype(object))))
    found.append(("LabelEncoder-integers", LabelEncoder().fit([5, -3, 12])))
    found.append(("LabelEncoder-unfitted", LabelEncoder()))
    found.append(("LabelBinarizer", LabelBinarizer().fit(labels)))
    found.append(("StandardScaler-float32", StandardScaler().fit(numeric.to_numpy(np.float32))))
    found.append(("StandardScaler-gaps", StandardScaler().fit(gaps)))
    found.append(("StandardScaler-without", StandardScaler(with_mean=False, with_std=False).fit(numeric)))
    found.append(("SimpleImputer-text", SimpleImputer(strategy="most_frequent").fit(words.to_numpy(object))))

    found.append(("CountVectorizer", CountVectorizer().fit(TEXTS)))
    found.append(("CountVectorizer-given", CountVectorizer(vocabulary=["cat", "dog"])))
    found.append(("CountVectorizer-unfitted", CountVectorizer()))
    found.append(("TfidfVectorizer", TfidfVectorizer(ngram_range=(1, 2)).fit(TEXTS)))
    found.append(("TfidfVectorizer-unfitted", TfidfVectorizer()))
    found.append(("HashingVectorizer", HashingVectorizer(n_features=64)))
    counts = CountVectorizer().fit_transform(TEXTS)
    found.append(("TfidfTransformer", TfidfTransformer().fit(counts)))

    found.extend(composites(frame, labels, numeric, binary))
    return found


def composites(frame, labels, numeric, binary):
    prepared = Pipeline(
        [
            ("impute", SimpleImputer()),
            ("scale", StandardScaler()),
        ]
    )
    columns = [
        ("num", prepared, ["age", "income"]),
        ("cat", OneHotEncoder(handle_unknown="ignore"), ["city", "size"]),
        ("raw", "passthrough", ["visits"]),
    ]
    deep = Pipeline([("prep", ColumnTransformer(columns)), ("model", LogisticRegression(max_iter=50))])
    yield "ColumnTransformer-deep", deep.fit(frame, labels)
    yield "Pipeline-unfitted", Pipeline([("scale", StandardScaler()), ("model", Ridge())])
    yield (
        "ColumnTransformer-forms",
        ColumnTransformer(
            [
                ("slice", MinMaxScaler(), slice("age", "visits")),
                ("mask", MaxAbsScaler(), [False, True, False, True, False, False]),
                ("selector", OrdinalEncoder(), selector(dtype_include=object)),
                ("one", "drop", ["constant"]),
            ],
            remainder="passthrough",
        ).fit(frame),
    )
    yield (
        "ColumnTransformer-positions",
        ColumnTransformer(
            [
                ("slice", StandardScaler(), slice(0, 2)),
                ("negative", MinMaxScaler(), [-1]),
            ],
            remainder=RobustScaler(),
        ).fit(numeric.to_numpy()),
    )
    yield "ColumnTransformer-unfitted", ColumnTransformer(columns)
    yield (
        "FeatureUnion",
        FeatureUnion([("scale", StandardScaler()), ("bins", KBinsDiscretizer(n_bins=3))]).fit(
            numeric[["age", "income"]]
        ),
    )
    yield (
        "TransformedTargetRegressor",
        TransformedTargetRegressor(Ridge(), transformer=StandardScaler()).fit(numeric, frame["age"]),
    )
    yield (
        "GridSearchCV",
        GridSearchCV(
            Pipeline([("scale", StandardScaler()), ("model", LogisticRegression())]),
            {"model__C": [0.1, 1.0]},
            cv=2,
        ).fit(numeric, binary),
    )
    yield (
        "VotingClassifier",
        VotingClassifier([("a", DecisionTreeClassifier(max_depth=2)), ("b", LogisticRegression())]).fit(
            numeric, binary
        ),
    )
    yield (
        "CalibratedClassifierCV",
        CalibratedClassifierCV(LogisticRegression(), cv=2).fit(numeric, binary),
    )
    yield "FunctionTransformer", FunctionTransformer(np.log1p).fit(numeric)
    yield "Pipeline-passthrough", Pipeline([("none", "passthrough"), ("scale", StandardScaler())]).fit(numeric)


def arrays():
    """Pairs of a label and an array: types, byte orders, orders in memory, empty ones."""
    yield "f8", np.array([0.1, -0.0, np.nan, np.inf, 5e-324, 1.7976931348623157e308])
    yield "f4", np.array([0.1, 3.4e38], dtype="f4")
    yield "f2", np.array([0.1, 65504, 6e-8, -np.inf], dtype="f2")
    yield "big", np.array([1.5, -2.25], dtype=">f8")
    yield "i8", np.array([2**63 - 1, -(2**63), 0])
    yield "u8", np.array([2**64 - 1], dtype="u8")
    yield "small", np.array([[-128, 127]], dtype="i1")
    yield "bool", np.array([True, False])
    yield "c-order", np.arange(24.0).reshape(2, 3, 4)
    yield "f-order", np.asfortranarray(np.arange(24.0).reshape(2, 3, 4))
    yield "empty", np.zeros((0, 3))
    yield "text", np.array(["a", "bé", "猫𝄞", ""])
    yield "bytes", np.array([b"a", b"bc"])
    yield "days", np.array(["2024-02-29", "NaT", "1969-12-31"], dtype="M8[D]")
    yield "nanoseconds", np.array(["1969-12-31T23:59:59.999999999"], dtype="M8[ns]")
    yield "objects", np.array(["a", None, 3, 1.5, float("nan")], dtype=object)
