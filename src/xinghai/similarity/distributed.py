"""Everything against everything as a Daft plan: on the cores of one machine, or on a Ray cluster.

The plan carries columns between the parts of `partitioning`; the pairs are those of `comparing`.
Daft and Ray are an extra (`spread`): without it nothing but this module fails.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any

import daft
import numpy as np
import pyarrow as pa
from daft import DataFrame, DataType, Expression, Series, col, lit
from numpy.typing import NDArray

from xinghai.similarity import candidate_pairs, partitioning
from xinghai.similarity.fingerprint_index import AT_ONCE, common_among
from xinghai.similarity.masking import Stock
from xinghai.similarity.packing import shelve
from xinghai.similarity.partitioning import Heap, Known, Pair, Row

# A heap of fingerprints, or of meetings, is what one core holds at a time.
A_HEAP, FEWEST_HEAPS = 1 << 18, 16
# A character in six or seven leaves a fingerprint.
CHARACTERS_A_PRINT = 6
DOCUMENTS_A_HEAP = 1024
PAIRS_AT_ONCE = 64
_HEAP = "hash", "id", "place", "unit", "size", "count", "little"

_I64, _I32, _U8 = DataType.int64(), DataType.int32(), DataType.uint8()
_PRINTS = DataType.struct(
    {
        "hash": DataType.list(DataType.uint64()),
        "place": DataType.list(_I32),
        "size": _I32,
        "count": _I32,
        "little": DataType.bool(),
    }
)
_SHARED = DataType.struct({"here": _I64, "there": _I64, "shared": _I64, "fewer": _I64})
_MET = DataType.struct(
    {"here": _I64, "there": _I64, "place": _I32, "enough": DataType.bool(), "kind": _U8}
)
_PAIR = DataType.struct({"here": _I64, "there": _I64})
_PASSAGE = dict.fromkeys(("here", "here_end", "there", "there_end", "matched", "longest"), _I64)
_ROW = DataType.struct(
    {
        "share": DataType.float64(),
        "longest": _I64,
        "passages": DataType.list(DataType.struct({**_PASSAGE, "why": DataType.string()})),
    }
)


def choose_runner(ray_address: str = "") -> None:
    """All cores of this machine; with an address, all machines of that Ray cluster."""
    if ray_address:
        daft.set_runner_ray(address=ray_address)
    else:
        daft.set_runner_native()


def read(path: str) -> DataFrame:
    """Read documents from Parquet files or JSON lines; a pattern names many files."""
    return daft.read_parquet(path) if path.endswith(".parquet") else daft.read_json(path)


def spread(documents: DataFrame, *, stock: Sequence[str] = ()) -> DataFrame:
    """Return a row for every pair that shares a passage; the smaller id is `here`.

    `documents` has the columns id (a whole number) and text, and may have unit and writer, as
    numbers from 0; without one there, it is unknown.
    """
    if missing := {"id", "text"} - set(documents.column_names):
        raise ValueError(f"no column {' and no column '.join(sorted(missing))}")
    has_units = "unit" in documents.column_names
    documents = _complete(documents)
    known, heaps = _known(documents, tuple(stock), has_units)
    # The smallest hashes are chosen, so their first bits are much the same; the last are not.
    prints = _prints(documents).with_column("heap", col("hash") % lit(heaps))
    families = _families(prints, known) if has_units else {}
    met = prints.groupby("heap").map_groups(_meet(known, families)(*map(col, _HEAP))).collect()
    meetings = met.where(col("kind") == partitioning.MEETING)
    greys = met.where(col("kind") != partitioning.MEETING)
    return _rows(documents, _pairs(meetings), greys, known)


def _complete(documents: DataFrame) -> DataFrame:
    """Let every document have all four columns; -1 where nothing is known."""
    given = documents.column_names
    labels = [col(name) if name in given else lit(None) for name in ("unit", "writer")]
    return documents.select(
        col("id").cast(_I64),
        col("text").cast(DataType.string()).fill_null(lit("")),
        labels[0].cast(_I64).fill_null(lit(-1)).alias("unit"),
        labels[1].cast(_I64).fill_null(lit(-1)).alias("writer"),
    )


def _known(documents: DataFrame, stock: tuple[str, ...], has_units: bool) -> tuple[Known, int]:
    """Count what every part must know, and how many heaps to make."""
    told = documents.agg(
        col("unit").count_distinct().alias("units"),
        col("id").count(mode="all").alias("documents"),
        col("id").count_distinct().alias("ids"),
        col("text").length().sum().alias("characters"),
    ).to_pydict()
    if told["ids"] != told["documents"]:
        raise ValueError("every document needs an id of its own")
    holders = told["units" if has_units else "documents"][0]
    prints = (told["characters"][0] or 0) // CHARACTERS_A_PRINT
    return Known(common_among(holders), stock, has_units), max(prints // A_HEAP, FEWEST_HEAPS)


def _prints(documents: DataFrame) -> DataFrame:
    """Return a row for each fingerprint."""
    made = documents.select("id", "unit", _choose(col("text")))
    return made.explode("hash", "place", ignore_empty_and_null=True)


@daft.func.batch(return_dtype=_PRINTS, unnest=True, batch_size=AT_ONCE)
def _choose(texts: Series) -> pa.Array:
    own, sizes = partitioning.prints_of(texts.to_pylist())
    ends = pa.array(np.append(0, np.cumsum(own.counts)), pa.int64())
    lists = [pa.LargeListArray.from_arrays(ends, pa.array(one)) for one in (own.hashes, own.places)]
    return _struct(_PRINTS, [*lists, sizes, own.counts, own.little])


def _families(prints: DataFrame, known: Known) -> dict[int, int]:
    """Return which documents are versions of an earlier one of their unit; there are few."""

    @daft.func.batch(return_dtype=_SHARED, unnest=True)
    def share(*columns: Series) -> pa.Array:
        found = partitioning.shared_in_units(_heap(columns), known)
        return _struct(_SHARED, [found.heres, found.theres, found.shared, found.fewer])

    shared = prints.groupby("heap").map_groups(share(*map(col, _HEAP)))
    shared = shared.groupby("here", "there").agg(col("shared").sum(), col("fewer").max())
    # The rule itself, applied to columns instead of numbers.
    is_version = candidate_pairs.are_versions.py_func(col("shared"), col("fewer"))
    told = shared.where(is_version).select("here", "there").to_pydict()
    return partitioning.families_of(zip(told["here"], told["there"], strict=True))


def _meet(known: Known, families: Mapping[int, int]) -> Callable[..., Expression]:
    @daft.func.batch(return_dtype=_MET, unnest=True)
    def meet(*columns: Series) -> pa.Array:
        met = partitioning.meet(_heap(columns), known, families)
        return _struct(_MET, [met.heres, met.theres, met.places, met.enough, met.kinds])

    return meet


def _heap(columns: Sequence[Series]) -> Heap:
    return Heap(*(one.to_arrow().to_numpy(zero_copy_only=False) for one in columns))


def _pairs(meetings: DataFrame) -> DataFrame:
    """Return the candidates: all meetings of a document come together and are counted."""
    some = meetings.with_column("some", col("here") // DOCUMENTS_A_HEAP)
    columns = map(col, ("here", "there", "place", "enough"))
    return some.groupby("some").map_groups(_candidates(*columns)).exclude("some")


@daft.func.batch(return_dtype=_PAIR, unnest=True)
def _candidates(*columns: Series) -> pa.Array:
    arrays = (one.to_arrow().to_numpy(zero_copy_only=False) for one in columns)
    return _struct(_PAIR, partitioning.candidates(*arrays))


def _rows(documents: DataFrame, pairs: DataFrame, greys: DataFrame, known: Known) -> DataFrame:
    """Join to the candidates what is needed to align them; keep those that share a passage."""
    greys = greys.groupby("here").agg(col("place").list_agg(), col("kind").list_agg())
    ours = documents.select(*(col(name).alias(f"here_{name}") for name in documents.column_names))
    theirs = documents.select(
        *(col(name).alias(f"there_{name}") for name in documents.column_names)
    )
    both = (
        pairs.join(greys, on="here", how="left")
        .join(ours, left_on="here", right_on="here_id")
        .join(theirs, left_on="there", right_on="there_id")
    )
    is_one_unit = (col("here_unit") == col("there_unit")) & (col("here_unit") >= 0)
    is_own = (col("here_writer") == col("there_writer")) & (col("here_writer") >= 0)
    align = _aligner(known)
    row = align(col("here_text"), col("there_text"), col("place"), col("kind"), is_one_unit, is_own)
    return both.select("here", "there", row).where(col("share").not_null())


def _aligner(known: Known) -> Callable[..., Expression]:
    @daft.func.batch(return_dtype=_ROW, unnest=True, batch_size=PAIRS_AT_ONCE)
    def align(*columns: Series) -> list[dict[str, Any] | None]:
        stock = _stock(known.stock)
        rows = zip(*(one.to_pylist() for one in columns), strict=True)
        return [_told(partitioning.align_pair(_pair(*row), stock)) for row in rows]

    return align


@cache
def _stock(texts: tuple[str, ...]) -> Stock:
    return Stock(shelve(texts))


def _pair(
    here: str,
    there: str,
    places: list[int] | None,
    kinds: list[int] | None,
    is_one_unit: bool,
    is_own: bool,
) -> Pair:
    return Pair(
        here,
        there,
        np.array(places or [], np.int32),
        np.array(kinds or [], np.uint8),
        is_one_unit,
        is_own,
    )


def _told(row: Row | None) -> dict[str, Any]:
    if row is None:
        return {"share": None, "longest": None, "passages": None}
    passages = [
        {
            "here": here[0],
            "here_end": here[1],
            "there": there[0],
            "there_end": there[1],
            "matched": one.matched,
            "longest": one.longest,
            "why": one.why,
        }
        for here, there, one in row.passages
    ]
    return {"share": row.share, "longest": row.longest, "passages": passages}


def _struct(kind: DataType, columns: Iterable[NDArray[Any] | pa.Array]) -> pa.Array:
    arrays = [one if isinstance(one, pa.Array) else pa.array(one) for one in columns]
    names = [field.name for field in kind.to_arrow_dtype()]
    return pa.StructArray.from_arrays(arrays, names).cast(kind.to_arrow_dtype())
