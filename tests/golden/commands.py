"""The commands: names of all options and arguments, what they take, their defaults, whether they must be given."""

from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import typer

from prodsim.cli import app


def answers() -> dict[str, Any]:
    """By command; those of no command are under "prodsim"."""
    group: Any = typer.main.get_command(app)
    return {"prodsim": _parameters(group)} | {name: _parameters(command) for name, command in group.commands.items()}


def _parameters(command: Any) -> dict[str, Any]:
    hints = get_type_hints(command.callback)
    return {_called(each): _parameter(each, hints[each.name]) for each in command.params}


def _called(parameter: Any) -> str:
    """Its names, "--k" for example; an argument has none, and is known by what it stands for."""
    if parameter.param_type_name == "argument":
        return parameter.metavar or parameter.name.upper()
    return " ".join([*parameter.opts, *parameter.secondary_opts])


def _parameter(parameter: Any, hint: Any) -> dict[str, Any]:
    limits = {"min": parameter.min, "max": parameter.max}
    return {
        "type": _type(hint),
        "default": parameter.default,
        "repeatable": parameter.multiple,
        "required": parameter.required,
    } | {name: limit for name, limit in limits.items() if limit is not None}


def _type(hint: Any) -> str:
    """Such as "int", "unit|linear"; that an option may be left out is no part of it."""
    if get_origin(hint) in (Union, UnionType):
        (hint,) = (each for each in get_args(hint) if each is not NoneType)
    if get_origin(hint) is Literal:
        return "|".join(get_args(hint))
    if get_origin(hint) is list:
        return _type(get_args(hint)[0])
    return str(hint.__name__)
