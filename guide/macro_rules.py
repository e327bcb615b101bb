"""What must hold for the macros on a page: each is known, gets what it can use, and stands for nothing but itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from jinja2 import Environment, TemplateSyntaxError, nodes

from guide.faults import Fault, MacroFault, did_you_mean, one_line, quoted
from guide.macros import bound
from guide.pages import PageSource
from guide.project import Guide


def macro_faults(page: PageSource, guide: Guide) -> tuple[list[Fault], set[str]]:
    """What is wrong with the macros of a page, each call tried by itself; and the ids of the sources that the calls cite."""
    notes: dict[str, Any] = {}
    macros = bound(guide, lambda: notes)
    try:
        tree = Environment().parse(page.body)
    except TemplateSyntaxError as error:
        return [page.fault(error.lineno + page.first_line - 1, f"a macro that cannot be read ({error.message})", 'write it as {{ name("value") }}')], set()
    faults = [*_name_faults(page, tree, macros), *_form_faults(page, tree, macros)]
    for call in tree.find_all(nodes.Call):
        faults += _call_faults(page, call, macros)
    return faults, set(notes.get("cited", []))


def _name_faults(page: PageSource, tree: nodes.Template, macros: Mapping[str, Callable]) -> Iterator[Fault]:
    for node in tree.find_all(nodes.Name):
        if node.name not in macros:
            found = f"the unknown name {quoted(node.name)} in a macro"
            yield page.fault(node.lineno + page.first_line - 1, found, did_you_mean(node.name, list(macros), "see CONTRIBUTING.md for the list"))


def _call_faults(page: PageSource, call: nodes.Call, macros: Mapping[str, Callable]) -> Iterator[Fault]:
    line = call.lineno + page.first_line - 1
    name = getattr(call.node, "name", None)
    if name not in macros:
        return
    try:
        values = [value.as_const() for value in call.args]
        named = {value.key: value.value.as_const() for value in call.kwargs}
        if not all(isinstance(value, str) for value in (*values, *named.values())):
            raise MacroFault("a value that is no text", "write it in quotes")
        macros[name](*values, **named)
    except MacroFault as fault:
        yield page.fault(line, f"{name}: {fault.found}", fault.expected)
    except nodes.Impossible:
        yield page.fault(line, f"{name}() with a value that is worked out", "write the value itself, in quotes")
    except TypeError:
        yield page.fault(line, f"{name}() with the wrong number of values", f"see how other pages use {name}(), or CONTRIBUTING.md")
    except Exception as error:  # whatever a macro's own slip is, the writer learns where, and `mkdocs serve` stays up
        yield page.fault(line, f"{name}(), which failed ({one_line(f'{type(error).__name__}: {error}')})", "the page may be right: look in guide/macros")


def _form_faults(page: PageSource, tree: nodes.Template, macros: Mapping[str, Callable]) -> Iterator[Fault]:
    """Braces that hold more than a plain call, or a choice by one.

    Nothing else is let through: no other rule would look for figures, claims or HTML in it, and only the whole page,
    filled in, would show whether it fails.
    """
    held = [part for output in tree.find_all(nodes.Output) for part in output.nodes if not isinstance(part, nodes.TemplateData)]
    held += [choice.test.node if isinstance(choice.test, nodes.Not) else choice.test for choice in tree.find_all(nodes.If)]
    held += [statement for statement in tree.find_all(nodes.Stmt) if not isinstance(statement, (nodes.Output, nodes.If))]
    for node in held:
        unknown = isinstance(node, nodes.Name) and node.name not in macros  # told already, as such
        if not unknown and not _is_plain_call(node):
            yield page.fault(node.lineno + page.first_line - 1, "braces that hold something other than a macro", 'write {{ name("value") }} and nothing more, and other words outside the braces')


def _is_plain_call(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name) and not (node.dyn_args or node.dyn_kwargs)
