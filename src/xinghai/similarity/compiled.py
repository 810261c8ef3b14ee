"""`njit` for the loops, with the compiler loaded at the first call of one.

The compiler costs every process half a second and 70 MB. Most processes read files that name a
loop and never call one: the web, the launcher, most commands.
"""

from collections.abc import Callable
from functools import update_wrapper
from importlib import import_module
from threading import RLock
from types import FunctionType
from typing import Any

_MAKING = RLock()


class Loop:
    """A function of arrays that is compiled, or read from the compiler's cache, when first called.

    `py_func` is the plain function, as on the compiler's own objects.
    """

    def __init__(self, function: FunctionType, options: dict[str, Any]) -> None:
        update_wrapper(self, function)
        self.py_func = function
        self._options = options
        self._compiled: Callable[..., Any] | None = None

    def __call__(self, *arguments: Any) -> Any:
        return (self._compiled or self.compiled())(*arguments)

    def compiled(self) -> Callable[..., Any]:
        """Return the compiler's object; one thread makes it, the others wait."""
        with _MAKING:
            if self._compiled is None:
                make = import_module("numba").njit(**self._options)
                self._compiled = make(self._knowing_compiled_loops())
            return self._compiled

    def _knowing_compiled_loops(self) -> FunctionType:
        """The same code, for which the loops it calls are the compiler's own objects."""
        plain = self.py_func
        known = dict(plain.__globals__)
        for name in plain.__code__.co_names:
            value = known.get(name)
            if isinstance(value, Loop) and value is not self:
                known[name] = value.compiled()
        same = FunctionType(plain.__code__, known, plain.__name__, plain.__defaults__)
        update_wrapper(same, plain)
        return same


def njit(**options: Any) -> Callable[[Callable[..., Any]], Loop]:
    """Declare a loop; the options are the compiler's."""

    def declare(function: Callable[..., Any]) -> Loop:
        if not isinstance(function, FunctionType):
            raise TypeError(f"a loop is a plain function: {function!r}")
        return Loop(function, options)

    return declare
