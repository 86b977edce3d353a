"""Scores pairs with nomenklatura's logic-v2: a JSON list of [name, birth, name, birth, same] in, a JSON list of scores out."""

import json
import sys

from followthemoney import model
from nomenklatura.matching import get_algorithm


def person(identifier, name, birth):
    entity = model.make_entity("Person")
    entity.id = identifier
    entity.add("name", name)
    if birth:
        entity.add("birthDate", birth, fuzzy=True)
    return entity


algorithm = get_algorithm("logic-v2")
config = algorithm.default_config()
scores = []
for pair, (name_a, birth_a, name_b, birth_b, _) in enumerate(json.load(sys.stdin)):
    # It keeps what it read of a name under the id of its entity: an id that comes again scores the first one's name.
    left, right = person(f"{pair}a", name_a, birth_a), person(f"{pair}b", name_b, birth_b)
    result = algorithm.compare(left, right, config)
    scores.append(result.score)
json.dump(scores, sys.stdout)
