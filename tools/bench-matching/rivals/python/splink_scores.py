"""Scores pairs with splink over DuckDB: a JSON list of [name, birth, name, birth, same] in, a JSON list of match weights out.

The names come transliterated with sorted tokens. Chance agreement is estimated from records drawn at random; how one person's
records agree is learned from the labels of the very pairs that are scored, which can only help it (expectation maximisation
without labels does worse on them).
"""

import json
import logging
import re
import sys

import pyarrow
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

logging.disable(logging.WARNING)


def record(pair, side, name, birth):
    year = re.search(r"\d{4}", birth)
    return {
        "unique_id": f"{pair}{side}",
        "pair": pair,
        "name": name or None,
        "birth": birth or None,
        "year": int(year.group()) if year else None,
    }


def level(condition, label):
    return {"sql_condition": condition, "label_for_charts": label}


births = cl.CustomComparison(
    output_column_name="birth",
    comparison_levels=[
        {**level("year_l IS NULL OR year_r IS NULL", "missing"), "is_null_level": True},
        level("birth_l = birth_r AND length(birth_l) = 10", "same day"),
        level("left(birth_l, 7) = left(birth_r, 7) AND length(birth_l) IN (7, 10)", "same month"),
        level("year_l = year_r", "same year"),
        level("abs(year_l - year_r) <= 2", "within two years"),
        {"sql_condition": "ELSE", "label_for_charts": "another"},
    ],
)
settings = SettingsCreator(
    link_type="dedupe_only",
    comparisons=[cl.JaroWinklerAtThresholds("name", [0.95, 0.9, 0.85, 0.8, 0.7]), births],
    blocking_rules_to_generate_predictions=[block_on("pair")],
)
pairs = json.load(sys.stdin)
records = [
    one
    for pair, (name_a, birth_a, name_b, birth_b, _) in enumerate(pairs)
    for one in (record(pair, "a", name_a, birth_a), record(pair, "b", name_b, birth_b))
]
labels = [
    {"unique_id_l": f"{pair}a", "unique_id_r": f"{pair}b", "clerical_match_score": 1.0}
    for pair, (*_, same) in enumerate(pairs)
    if same
]
database = DuckDBAPI()
linker = Linker(database.register(pyarrow.Table.from_pylist(records), dataset_display_name="records"), settings)
linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
linker.training.estimate_m_from_pairwise_labels(
    database.register(pyarrow.Table.from_pylist(labels), dataset_display_name="labels")
)
weights = [None] * len(pairs)
for row in linker.inference.predict().as_record_list():
    weights[int(row["unique_id_l"][:-1])] = row["match_weight"]
json.dump(weights, sys.stdout)
