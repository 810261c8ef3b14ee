"""Who shares fingerprints with whom, in time and memory that grow with documents, not with pairs.

Fingerprints of one hash are a run; a run that is everybody's, or a form's, makes no partners.
Every document then walks through its own fingerprints in their order and counts, for each document
met in the runs, how many lie near one another: a copied passage leaves several close together,
while phrases shared by chance lie scattered.
"""

import numpy as np

from xinghai.similarity.compiled import njit
from xinghai.similarity.kernels import COMMON, STOCK

LAST = np.uint32(1 << 31)
NUMBER = np.uint32((1 << 31) - 1)
# So many others of a run are looked at by each of its documents.
MOST_MET = 128
# What so many documents of one unit hold is how that unit speaks of itself.
FEWEST_OF_UNIT = 3
# A long text with so few different fingerprints repeats itself.
LITTLE = 4
# Of a seat: its unit was looked at; its unit speaks so of itself; some unit in the run does.
SEEN, UNITARY, TAKEN = 1, 2, 4


@njit(cache=True, inline="always")
def _owner(number, begins, blocks):
    """Whose fingerprint this is; `blocks` tells where to look for each 512 of them."""
    low, high = blocks[number >> 9], blocks[(number >> 9) + 1]
    while low < high:
        middle = (low + high + 1) >> 1
        if begins[middle] <= number:
            low = middle
        else:
            high = middle - 1
    return low


@njit(cache=True, nogil=True)
def gather_runs(packed, first, end, low, begins, blocks, documents, units, most, runs):
    """Go through the sorted packed[first:end]; write who meets in each run.

    `where` tells each fingerprint its seat in `members`, -1 where it meets nobody and -2 - seat
    where its document sits there already; `greys` what it stands in.
    """
    where, greys, members = runs
    mask = (np.uint64(1) << low) - np.uint64(1)
    start, at = first, first
    for place in range(first + 1, end + 1):
        if place < end and packed[place] >> low == packed[start] >> low:
            continue
        if place - start > 1:
            fate = _fate(packed[start:place], mask, begins, blocks, documents, units, most)
            if fate:
                for one in range(start, place):
                    greys[packed[one] & mask] = fate
            else:
                at = _seat(packed[start:place], mask, begins, blocks, at, where, members)
        start = place


@njit(cache=True)
def _fate(run, mask, begins, blocks, documents, units, most):
    """STOCK where a form's text is among the holders, COMMON where more than `most` hold it."""
    if _owner(np.int64(run[-1] & mask), begins, blocks) >= documents:
        return STOCK
    if len(run) <= most:
        return 0
    seen = np.empty(most + 1, np.int64)
    count, before = 0, -1
    for packed in run:
        owner = _owner(np.int64(packed & mask), begins, blocks)
        if owner == before:
            continue
        before = owner
        unit = units[owner] if len(units) else -1
        is_new = True
        if unit >= 0:
            for number in range(count):
                if seen[number] == unit:
                    is_new = False
                    break
        if is_new:
            seen[count] = unit
            count += 1
            if count > most:
                return COMMON
    return 0


@njit(cache=True)
def _seat(run, mask, begins, blocks, at, where, members):
    """Seat each document of a run once; a document alone gets no seat."""
    begun, before = at, -1
    for packed in run:
        number = np.int64(packed & mask)
        owner = _owner(number, begins, blocks)
        if owner == before:
            where[number] = -2 - (at - 1)
            continue
        members[at] = owner
        where[number] = at
        before = owner
        at += 1
    if at == begun + 1:
        for packed in run:
            where[np.int64(packed & mask)] = -1
        return begun
    members[at - 1] |= LAST
    return at


@njit(cache=True, nogil=True)
def say_little(hashes, counts, sizes, rule):
    """Return which texts mostly repeat one phrase; they cannot share more than that phrase."""
    found = np.zeros(len(counts), np.bool_)
    seen = np.empty(LITTLE + 1, np.uint64)
    begin = 0
    for document in range(len(counts)):
        different = 0
        for value in hashes[begin : begin + counts[document]]:
            if value not in seen[:different]:
                seen[different] = value
                different += 1
                if different > LITTLE:
                    break
        found[document] = sizes[document] >= rule[3] and different <= LITTLE
        begin += counts[document]
    return found


@njit(cache=True, nogil=True)
def walk(first, end, begins, places, runs, sizes, little, rule):
    """Return the pairs (smaller, larger) of documents first to end with larger ones.

    `rule`: how many shared fingerprints, each clear of the one before by a width, within which
    reach of one another; of texts shorter than that many characters one is enough. One is also
    enough for those that say `little`.
    """
    near = np.zeros(len(sizes), np.uint8)
    last = np.zeros(len(sizes), np.int32)
    touched = np.empty(len(sizes), np.int32)
    found = np.empty((256, 2), np.uint32)
    at = 0
    for document in range(first, end):
        mine = begins[document], begins[document + 1]
        count = _meet(mine, places, runs, rule, near, last, touched)
        size = sizes[document]
        for number in range(count):
            other = touched[number]
            is_enough = near[other] >= rule[0] or _are_short(size, sizes[other], rule)
            if little[document] or is_enough:
                if at == len(found):
                    found = np.concatenate((found, np.empty_like(found)))
                found[at, 0], found[at, 1] = document, other
                at += 1
            near[other] = 0
    return found[:at].copy()


@njit(cache=True)
def _meet(mine, places, runs, rule, near, last, touched):
    """Count in `near`, for each larger document met, its fingerprints near one another."""
    where, members, unitary = runs
    count = 0
    for number in range(mine[0], mine[1]):
        seat, met, place = where[number], 0, places[number]
        if seat < 0 or (len(unitary) and unitary[seat] & TAKEN):
            continue
        while not members[seat] & LAST and met < MOST_MET:
            seat, met = seat + 1, met + 1
            if len(unitary) and unitary[seat] & TAKEN:
                continue
            other = np.int64(members[seat] & NUMBER)
            if near[other] == 0:
                touched[count] = other
                count += 1
            now = _nearer(near[other], place - last[other], rule)
            if now:
                near[other], last[other] = now, place
    return count


@njit(cache=True, inline="always")
def _nearer(near, apart, rule):
    """How many lie near one another with one more, so far behind the last; 0: it adds nothing."""
    fewest, width, reach, _short = rule
    if near == 0:
        return 1
    if near >= fewest or apart < width:
        return 0
    return near + 1 if apart <= reach else 1


@njit(cache=True, inline="always")
def _are_short(size, other, rule):
    """Two texts so short and so alike in size are a pair with one fingerprint in common."""
    less, more = min(size, other), max(size, other)
    return more < rule[3] and 5 * less >= 4 * more


@njit(cache=True, nogil=True)
def meetings(begins, places, runs, sizes, little, rule):
    """Return rows (document, larger document, position, whether this one match is enough).

    `walk` counts the same matches. Single rows are needed when the other fingerprints of a
    document are in another part; `near_pairs` counts them once all parts are joined.
    """
    where, members, unitary = runs
    found = np.empty((256, 4), np.int32)
    at = 0
    for document in range(len(begins) - 1):
        for number in range(begins[document], begins[document + 1]):
            seat, met = where[number], 0
            if seat < 0 or (len(unitary) and unitary[seat] & TAKEN):
                continue
            while not members[seat] & LAST and met < MOST_MET:
                seat, met = seat + 1, met + 1
                if len(unitary) and unitary[seat] & TAKEN:
                    continue
                other = np.int64(members[seat] & NUMBER)
                if at == len(found):
                    found = np.concatenate((found, np.empty_like(found)))
                found[at, 0], found[at, 1], found[at, 2] = document, other, places[number]
                is_enough = _are_short(sizes[document], sizes[other], rule)
                found[at, 3] = little[document] or is_enough
                at += 1
    return found[:at].copy()


@njit(cache=True, nogil=True)
def near_pairs(heres, theres, places, enough, rule):
    """Return of each candidate pair its last match; the matches are sorted by documents and
    position.
    """
    found = np.empty(len(heres), np.int64)
    at, near, last, best = 0, 0, 0, False
    for number in range(len(heres)):
        now = _nearer(near, places[number] - last, rule)
        if now:
            near, last = now, places[number]
        best = bool(best or near >= rule[0] or enough[number])
        is_end = number + 1 == len(heres)
        if is_end or heres[number + 1] != heres[number] or theres[number + 1] != theres[number]:
            if best:
                found[at] = number
                at += 1
            near, best = 0, False
    return found[:at].copy()


@njit(cache=True, nogil=True)
def join_families(begins, where, members, units):
    """Return for each document the first document of its unit that it is a version of.

    Two documents of a unit that share half of the shorter one's fingerprints are versions of
    one text. Text that is in three versions of one record is not boilerplate of the unit.
    """
    families = np.arange(len(units))
    for document, other, _shared in shared_in_units(begins, where, members, units, np.diff(begins)):
        families[other] = min(families[other], families[document])
    return families


@njit(cache=True, inline="always")
def are_versions(shared, fewer):
    """Whether two documents of a unit share half of what the shorter has."""
    return 2 * shared >= fewer


@njit(cache=True, nogil=True)
def shared_in_units(begins, where, members, units, counts):
    """Return (document, larger document of its unit, fingerprints both hold), in their order.

    `counts`: how many each has, where only whole copies are asked for.
    """
    documents = len(units)
    shared = np.zeros(documents, np.int32)
    touched = np.empty(documents, np.int32)
    found = np.empty((256, 3), np.int32)
    at = 0
    for document in range(documents):
        count = 0
        if units[document] < 0:
            continue
        for number in range(begins[document], begins[document + 1]):
            seat, met = where[number], 0
            if seat < 0:
                continue
            while not members[seat] & LAST and met < MOST_MET:
                seat, met = seat + 1, met + 1
                other = np.int64(members[seat] & NUMBER)
                if units[other] == units[document]:
                    if shared[other] == 0:
                        touched[count] = other
                        count += 1
                    shared[other] += 1
        while at + count > len(found):
            found = np.concatenate((found, np.empty_like(found)))
        for other in touched[:count]:
            many, shared[other] = shared[other], 0
            if len(counts) and not are_versions(many, min(counts[document], counts[other])):
                continue
            found[at, 0], found[at, 1], found[at, 2] = document, other, many
            at += 1
    return found[:at].copy()


@njit(cache=True, nogil=True)
def mark_unitary(where, members, units, families, unitary):
    """Mark the fingerprints that at least three families of one unit contain."""
    for number in range(len(where)):
        seat = where[number]
        if seat < 0 or unitary[seat] & SEEN:
            continue
        unit = units[members[seat] & NUMBER]
        is_unitary = unit >= 0 and _holds_families(seat, members, unit, units, families)
        for other in _rest_of_run(seat, members):
            if units[members[other] & NUMBER] == unit:
                unitary[other] |= SEEN | UNITARY if is_unitary else SEEN
        if is_unitary:
            # Who took these words with them is not found by them either, by nobody.
            first = seat
            while first > 0 and not members[first - 1] & LAST and unitary[first - 1]:
                first -= 1
            for other in _rest_of_run(first, members):
                unitary[other] |= TAKEN


@njit(cache=True)
def _holds_families(seat, members, unit, units, families):
    seen = np.empty(FEWEST_OF_UNIT, np.int64)
    count = 0
    for other in _rest_of_run(seat, members):
        owner = np.int64(members[other] & NUMBER)
        if units[owner] != unit:
            continue
        is_new = True
        for one in range(count):
            if seen[one] == families[owner]:
                is_new = False
        if is_new:
            seen[count] = families[owner]
            count += 1
            if count == FEWEST_OF_UNIT:
                return True
    return False


@njit(cache=True, inline="always")
def _rest_of_run(seat, members):
    end = seat
    while not members[end] & LAST:
        end += 1
    return range(seat, end + 1)
