"""Golden answers: what the app answered before a change of its insides, and must answer after it.

The answers are asked for through what users see - commands, addresses, names - and not through modules, so that moving
a module changes nothing here. They lie in the JSON files of this folder.

    pytest -n0 tests/golden        compares
    python -m tests.golden         asks anew and writes

A refresh is a commit of its own, whose message says why the answers changed.
"""
