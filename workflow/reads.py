"""Which values of the policy a rule reads: found in the rule's own code, and in all that this code calls.

Nobody has to list them, so no list can be wrong. A key is a word that a call is given together with the terms, or one
that the terms or the policy are asked for; it may be put together, or handed on under a name. What the tests record while rules run is compared with what is found here.
"""

import ast
import inspect
import textwrap
from collections.abc import Callable, Collection, Iterator
from functools import lru_cache
from types import FunctionType, ModuleType
from typing import Any, Final

from workflow.rule import Clock, Duty, Gate, Rule, Signal

_ASKED: Final = frozenset({"due", "span", "number", "words", "flag"})
_TERMS: Final = frozenset({"terms", "policy"})
_OURS: Final = ("workflow.", "models.")


def keys_read(rule: Rule, known: Collection[str]) -> tuple[str, ...]:
    """Return the keys of a policy that a rule may read, in order, out of those that are known."""
    said = set(_said(_judge(rule)))
    found = {word for word in said if word in known}
    for word in said:
        if word.endswith("*"):
            found |= {key for key in known if key.startswith(word[:-1])}
    endings = [word[1:] for word in said if word.startswith("*")]
    return tuple(sorted(found | {f"{key}{end}" for key in found for end in endings if f"{key}{end}" in known}))


def _judge(rule: Rule) -> Callable[..., Any]:
    if isinstance(rule, Gate | Duty | Clock | Signal):
        return rule.judge
    raise TypeError(f"{rule.id} is no rule that judges.")


def _said(start: Callable[..., Any]) -> Iterator[str]:
    """Yield the words that a function, and whatever it calls, asks the policy for; a star stands for what is filled in."""
    waiting, seen = [start], set[int]()
    while waiting:
        function = inspect.unwrap(waiting.pop())
        if not isinstance(function, FunctionType) or id(function) in seen:
            continue
        seen.add(id(function))
        yield from _words(function)
        waiting += _reached(function)


@lru_cache(maxsize=4096)
def _tree(function: FunctionType) -> ast.AST:
    return ast.parse(textwrap.dedent(inspect.getsource(function)))


@lru_cache(maxsize=4096)
def _words(function: FunctionType) -> tuple[str, ...]:
    nodes = list(ast.walk(_tree(function)))
    parts = [part for node in nodes if isinstance(node, ast.Call) and _about_policy(node) for part in _parts(node)]
    handed = {node.id for part in parts for node in ast.walk(part) if isinstance(node, ast.Name)}
    named = [node for node in nodes if isinstance(node, ast.Assign)]
    parts += [node.value for node in named if any(isinstance(to, ast.Name) and to.id in handed for to in node.targets)]
    told = [word for part in parts for word in _keys(part)]
    returned = [part.value for part in nodes if isinstance(part, ast.Return) and part.value is not None]
    told += [word for part in returned for word in _keys(part) if "." in word]
    return (*told, *(cell for cell in _cells(function) if isinstance(cell, str)))


def _about_policy(call: ast.Call) -> bool:
    """Tell whether a call asks the terms or the policy, or hands the terms on."""
    if isinstance(call.func, ast.Attribute) and call.func.attr in _ASKED:
        return True
    return any(isinstance(part, ast.Name) and part.id in _TERMS for part in _parts(call))


def _parts(call: ast.Call) -> list[ast.expr]:
    return [*call.args, *(keyword.value for keyword in call.keywords)]


def _keys(part: ast.expr) -> Iterator[str]:
    match part:
        case ast.Constant(value=str() as word):
            yield word
        case ast.IfExp():
            yield from (*_keys(part.body), *_keys(part.orelse))
        case ast.Tuple():
            yield from (word for one in part.elts for word in _keys(one))
        case ast.JoinedStr(values=[ast.Constant(value=str() as word), *_]):
            yield f"{word}*"
        case ast.JoinedStr(values=[*_, ast.Constant(value=str() as word)]):
            yield f"*{word}"


def _reached(function: FunctionType) -> list[Callable[..., Any]]:
    """Return the functions of ours that a function names, by itself or through a module or a table."""
    names = [node.id for node in ast.walk(_tree(function)) if isinstance(node, ast.Name)]
    found = [function.__globals__.get(name) for name in names]
    for node in ast.walk(_tree(function)):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            module = function.__globals__.get(node.value.id)
            if isinstance(module, ModuleType):
                found.append(getattr(module, node.attr, None))
    return [one for thing in (*found, *_cells(function)) for one in _functions(thing)]


def _functions(thing: object) -> Iterator[Callable[..., Any]]:
    if isinstance(thing, dict):
        thing = tuple(thing.values())
    for one in thing if isinstance(thing, tuple | list | frozenset) else (thing,):
        if callable(one) and str(getattr(one, "__module__", "")).startswith(_OURS):
            yield one


def _cells(function: FunctionType) -> list[object]:
    return [cell.cell_contents for cell in function.__closure__ or ()]
