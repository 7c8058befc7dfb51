# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""The passes over events that numpy takes several goes for, each over a range of cases.

Nothing is decided here: every function answers what its numpy twin answers, which is the
reference. Callers choose the ranges and run them in threads; no function keeps the GIL.
"""

from libc.stdint cimport int16_t, int32_t, int64_t, uint8_t, uint16_t, uint32_t, uint64_t
from libc.string cimport memcmp, memcpy
from libcpp.algorithm cimport nth_element

cdef extern from *:
    """
    #ifndef __GNUC__
    #define __builtin_prefetch(place) ((void)0)
    #endif
    """
    void __builtin_prefetch(const void* place) nogil
    enum: AHEAD "512"  # events whose times are sent for while those at hand are counted

ctypedef fused code_t:
    uint8_t
    uint16_t
    uint32_t
ctypedef fused key_t:
    uint16_t
    uint32_t
ctypedef fused cost_t:
    int16_t
    int32_t
ctypedef fused owner_t:
    int32_t
    int64_t


cdef uint64_t pairs_of(const code_t* activity, const int64_t* time, const int64_t* offsets,
                       Py_ssize_t begin, Py_ssize_t n, Py_ssize_t* case, Py_ssize_t last,
                       int bits, key_t* key) noexcept nogil:
    """The pairs that *n* events from *begin* on make with those before them, flat over all cases,
    since a branch at the end of each costs more than its events: the first event of a case then
    follows nothing, a key beyond all pairs. Answers, in steps of 2**32, more than the cases took.
    """
    cdef Py_ssize_t i, at, c = case[0]
    cdef const code_t* what = activity + begin
    cdef key_t none = <key_t>(1 << 2 * bits)
    cdef uint64_t far = 0
    for i in range(n):
        key[i] = <key_t>(<key_t>what[i - 1] << bits) | what[i]
    while c < last and offsets[c] < begin + n:
        at = offsets[c]
        key[at - begin] = none
        far += (<uint64_t>(time[at - 1] - time[offsets[c - 1]]) >> 32) + 1
        c += 1
    case[0] = c
    return far


cdef inline Py_ssize_t bucket(uint64_t value, int shift, uint64_t base) noexcept nogil:
    """Where a value lies on a rising scale: the first bits of value + 1 as a double. The sign is
    left out, so that no value lies outside."""
    cdef double scaled = <double><int64_t>(value & <uint64_t>0x7FFFFFFFFFFFFFFF) + 1.0
    cdef uint64_t bits
    memcpy(&bits, &scaled, 8)
    return <Py_ssize_t>((bits >> shift) - base)


def follow_sums(const code_t[::1] activity, const int64_t[::1] time, const int64_t[::1] offsets,
                Py_ssize_t first, Py_ssize_t last, int bits, key_t[::1] key,
                uint64_t[:, ::1] cells):
    """Add up how often and how long, ``cells[pair] = n, total``, for ``source << bits | target``.

    *key* is room for the pairs of a block. Sums run on beyond 64 bits: what is answered, more than
    all cases took in steps of 2**32, tells whether they fit.
    """
    cdef Py_ssize_t case = first + 1, i, begin = offsets[first] + 1, end = offsets[last], n
    cdef uint64_t far = (<uint64_t>(time[end - 1] - time[offsets[last - 1]]) >> 32) + 1
    cdef uint64_t* table = &cells[0, 0]
    cdef uint64_t* cell
    cdef const uint64_t* when
    cdef key_t* pair = &key[0]
    with nogil:
        while begin < end:
            n = min(key.shape[0], end - begin)
            far += pairs_of(&activity[0], &time[0], &offsets[0], begin, n, &case, last, bits, pair)
            when = <const uint64_t*>&time[begin]
            for i in range(n):
                __builtin_prefetch(when + i + AHEAD)
                cell = table + 2 * <Py_ssize_t>pair[i]
                cell[0] += 1
                cell[1] += when[i] - when[i - 1]
            begin += n
    return far


def follow_spread(const code_t[::1] activity, const int64_t[::1] time,
                  const int64_t[::1] offsets, Py_ssize_t first, Py_ssize_t last, int bits,
                  key_t[::1] key, int shift, uint64_t base, uint64_t[:, ::1] cells,
                  uint32_t[:, ::1] spread):
    """The same with ``cells[pair] = total, cases, last event of the pair``, all 0 to begin with,
    and how many gaps of each pair lie in each bucket. A case that runs back fits no sum."""
    cdef Py_ssize_t case = first + 1, i, begin = offsets[first] + 1, end = offsets[last], n
    cdef Py_ssize_t width = spread.shape[1]
    cdef uint64_t far = (<uint64_t>(time[end - 1] - time[offsets[last - 1]]) >> 32) + 1
    cdef uint64_t of_case = begin, signs = 0, gap, fresh
    cdef key_t none = <key_t>(1 << 2 * bits)
    cdef uint32_t* counts = &spread[0, 0]
    cdef uint64_t* table = &cells[0, 0]
    cdef uint64_t* cell
    cdef const uint64_t* when
    cdef key_t* pair = &key[0]
    with nogil:
        while begin < end:
            n = min(key.shape[0], end - begin)
            far += pairs_of(&activity[0], &time[0], &offsets[0], begin, n, &case, last, bits, pair)
            when = <const uint64_t*>&time[begin]
            for i in range(n):
                __builtin_prefetch(when + i + AHEAD)
                # A branch here would be taken now and then, which costs more than to reckon.
                fresh = pair[i] == none
                gap = (when[i] - when[i - 1]) & (fresh - 1)
                of_case += (begin + i - of_case) & -fresh
                signs |= gap
                cell = table + 3 * <Py_ssize_t>pair[i]
                cell[0] += gap
                cell[1] += cell[2] < of_case
                cell[2] = begin + i
                counts[pair[i] * width + bucket(gap, shift, base)] += 1
            begin += n
    return far | (signs & <uint64_t>1 << 63)


def follow_gaps(const code_t[::1] activity, const int64_t[::1] time, const int64_t[::1] offsets,
                Py_ssize_t first, Py_ssize_t last, int bits, key_t[::1] key, int shift,
                uint64_t base, const int32_t[:, ::1] slots, int64_t[::1] place,
                int64_t[::1] found):
    """Put each gap whose pair and bucket have a slot above 0 at its place, which moves on."""
    cdef Py_ssize_t case = first + 1, i, begin = offsets[first] + 1, end = offsets[last], n
    cdef Py_ssize_t width = slots.shape[1]
    cdef const int32_t* table = &slots[0, 0]
    cdef const uint64_t* when
    cdef key_t* pair = &key[0]
    cdef int32_t slot
    with nogil:
        while begin < end:
            n = min(key.shape[0], end - begin)
            pairs_of(&activity[0], &time[0], &offsets[0], begin, n, &case, last, bits, pair)
            when = <const uint64_t*>&time[begin]
            for i in range(n):
                __builtin_prefetch(when + i + AHEAD)
                slot = table[pair[i] * width + bucket(when[i] - when[i - 1], shift, base)]
                if slot:
                    found[place[slot]] = when[i] - when[i - 1]
                    place[slot] += 1
            begin += n


def spread_values(const int64_t[::1] values, Py_ssize_t first, Py_ssize_t last, int shift,
                  uint64_t base, uint32_t[::1] spread):
    """How many values lie in each bucket. Answers -1 where a value lies below 0."""
    cdef int64_t i, signs = 0
    with nogil:
        for i in range(first, last):
            signs |= values[i]
            spread[bucket(values[i], shift, base)] += 1
    return -1 if signs < 0 else 0


def gather_values(const int64_t[::1] values, Py_ssize_t first, Py_ssize_t last, int shift,
                  uint64_t base, const int32_t[::1] slots, int64_t[::1] place,
                  int64_t[::1] found):
    """Put each value whose bucket has a slot above 0 at its place, which moves on."""
    cdef Py_ssize_t i
    cdef int32_t slot
    with nogil:
        for i in range(first, last):
            slot = slots[bucket(values[i], shift, base)]
            if slot:
                found[place[slot]] = values[i]
                place[slot] += 1


def select(int64_t[::1] values, const int64_t[::1] bounds, Py_ssize_t first, Py_ssize_t last,
           const int64_t[::1] asked, const int64_t[::1] ranks, int64_t[::1] found):
    """Of each stretch the values of some ranks, which rise: those ``asked[g]`` to
    ``asked[g + 1]`` are of stretch *g*. Values are reordered."""
    cdef Py_ssize_t g, k, i, done, rank, size, least
    cdef int64_t* stretch
    with nogil:
        for g in range(first, last):
            stretch = &values[0] + bounds[g]
            size = bounds[g + 1] - bounds[g]
            done = 0  # all before this rank are in their places
            for k in range(asked[g], asked[g + 1]):
                rank = ranks[k]
                if rank == done:  # the next one: no more than the least of the rest
                    least = done
                    for i in range(done + 1, size):
                        if stretch[i] < stretch[least]:
                            least = i
                    stretch[least], stretch[done] = stretch[done], stretch[least]
                    done += 1
                elif rank > done:
                    nth_element(stretch + done, stretch + rank, stretch + size)
                    done = rank + 1
                found[k] = stretch[rank]


def group(const owner_t[::1] owner, const int64_t[::1] values, int64_t[::1] place,
          int64_t[::1] found):
    """Put each value at the place of its owner, which moves on."""
    cdef Py_ssize_t i
    with nogil:
        for i in range(owner.shape[0]):
            found[place[owner[i]]] = values[i]
            place[owner[i]] += 1


def pick(int64_t[::1] values, const int64_t[::1] bounds, Py_ssize_t first, Py_ssize_t last,
         const double[::1] quantiles, int64_t[:, :, ::1] found):
    """The two ranks around each quantile of each group; *quantiles* rise, values are reordered."""
    cdef Py_ssize_t g, k, low, done, begin, size
    cdef int64_t smallest
    cdef Py_ssize_t i
    with nogil:
        for g in range(first, last):
            begin = bounds[g]
            size = bounds[g + 1] - begin
            if size == 0:
                continue
            done = 0  # all before this rank are in their places
            for k in range(quantiles.shape[0]):
                low = <Py_ssize_t>(quantiles[k] * (size - 1))
                if low >= done:
                    nth_element(&values[begin + done], &values[begin + low],
                                &values[begin] + size)
                    done = low + 1
                found[g, k, 0] = values[begin + low]
                if low + 1 >= size:
                    found[g, k, 1] = values[begin + low]
                    continue
                if low + 1 >= done:
                    smallest = values[begin + low + 1]
                    for i in range(begin + low + 2, begin + size):
                        if values[i] < smallest:
                            smallest = values[i]
                    found[g, k, 1] = smallest
                else:
                    found[g, k, 1] = values[begin + low + 1]


def prints(const code_t[::1] activity, const int64_t[::1] offsets, Py_ssize_t first,
           Py_ssize_t last, uint64_t[::1] found):
    """A 64-bit print of each path."""
    cdef Py_ssize_t case, i
    cdef uint64_t h
    with nogil:
        for case in range(first, last):
            h = <uint64_t>(offsets[case + 1] - offsets[case]) * <uint64_t>0x9E3779B97F4A7C15
            for i in range(offsets[case], offsets[case + 1]):
                h = (h ^ <uint64_t>activity[i]) * <uint64_t>0xD6E8FEB86659FD93
                h ^= h >> 32
            found[case] = h


def group_paths(const code_t[::1] activity, const int64_t[::1] offsets,
                const uint64_t[::1] marks, int32_t[::1] table, int32_t[::1] of_case,
                int32_t[::1] first_case, int32_t[::1] cases):
    """Number the different paths by first arrival; prints say whom to compare, events decide.

    *table* has a power of two of places, all -1. Answers how many paths there are.
    """
    cdef Py_ssize_t n = offsets.shape[0] - 1, case, other
    cdef uint64_t mask = <uint64_t>(table.shape[0] - 1), at
    cdef int32_t number, known = 0
    cdef Py_ssize_t size
    with nogil:
        for case in range(n):
            size = offsets[case + 1] - offsets[case]
            at = (marks[case] ^ (marks[case] >> 29)) & mask
            while True:
                number = table[at]
                if number < 0:
                    table[at] = known
                    first_case[known] = <int32_t>case
                    cases[known] = 1
                    of_case[case] = known
                    known += 1
                    break
                other = first_case[number]
                if (marks[other] == marks[case]
                        and offsets[other + 1] - offsets[other] == size
                        and memcmp(&activity[offsets[other]], &activity[offsets[case]],
                                   size * sizeof(code_t)) == 0):
                    of_case[case] = number
                    cases[number] += 1
                    break
                at = (at + 1) & mask
    return known


def funnel(const code_t[::1] activity, const int64_t[::1] time, const int64_t[::1] offsets,
           Py_ssize_t first, Py_ssize_t last, const int64_t[::1] steps, int64_t window,
           bint strict, int64_t[::1] reached, int64_t[::1] place, int64_t[::1] waits):
    """How many get how far; and, where ``place[k]`` is not below 0, how long to step k + 1.

    A *window* below 0 is none.
    """
    cdef Py_ssize_t n = steps.shape[0], case, i, end, far, k, begin, at
    with nogil:
        for case in range(first, last):
            end = offsets[case + 1]
            if strict:
                far = 0
                begin = -1
                for i in range(offsets[case], end):
                    if <int64_t>activity[i] != steps[0]:
                        continue
                    k = 1
                    while (k < n and i + k < end and <int64_t>activity[i + k] == steps[k]
                           and (window < 0 or time[i + k] - time[i] <= window)):
                        k += 1
                    if k > far:
                        far = k
                        begin = i
                for k in range(far):
                    reached[k] += 1
                    if k > 0 and place[k - 1] >= 0:
                        waits[place[k - 1]] = time[begin + k] - time[begin + k - 1]
                        place[k - 1] += 1
                continue
            far = 0
            begin = at = -1
            for i in range(offsets[case], end):
                if <int64_t>activity[i] != steps[far]:
                    continue
                if far == 0:
                    begin = i
                elif window >= 0 and time[i] - time[begin] > window:
                    break
                reached[far] += 1
                if far > 0 and place[far - 1] >= 0:
                    waits[place[far - 1]] = time[i] - time[at]
                    place[far - 1] += 1
                at = i
                far += 1
                if far == n:
                    break


def by_case(const owner_t[::1] case, int64_t[::1] place, owner_t[::1] order):
    """Put the number of each event at the place of its case, which moves on: stable."""
    cdef Py_ssize_t i
    with nogil:
        for i in range(case.shape[0]):
            order[place[case[i]]] = <owner_t>i
            place[case[i]] += 1


def align(const code_t[::1] codes, const int64_t[::1] offsets, Py_ssize_t first, Py_ssize_t last,
          const int64_t[::1] walks, const int32_t[::1] sources, const int32_t[::1] targets,
          const cost_t[:, ::1] skips, Py_ssize_t final, cost_t far, cost_t[:, ::1] rows,
          int32_t[::1] found):
    """The cost of an optimal alignment of each path, by the same min-plus steps as the twin.

    ``skips[s, m]`` is the cheapest way from marking *m* to *s*; activity *a* walks the arcs
    ``walks[a]`` to ``walks[a + 1]``. *rows* is room for two rows of markings.
    """
    cdef Py_ssize_t n = skips.shape[0], path, i, m, arc
    cdef cost_t best, one
    cdef cost_t* row
    cdef cost_t* after
    cdef cost_t* other
    cdef const cost_t* way
    with nogil:
        for path in range(first, last):
            row = &rows[0, 0]
            after = &rows[1, 0]
            for m in range(n):
                row[m] = far
            row[0] = 0
            for i in range(offsets[path], offsets[path + 1]):
                for m in range(n):
                    after[m] = row[m] + 1
                for arc in range(walks[codes[i]], walks[codes[i] + 1]):
                    way = &skips[sources[arc], 0]
                    best = 2 * far if cost_t is int32_t else 32_000
                    for m in range(n):
                        one = row[m] + way[m]
                        best = one if one < best else best
                    if best < after[targets[arc]]:
                        after[targets[arc]] = best
                other = row
                row = after
                after = other
            way = &skips[final, 0]
            best = row[0] + way[0]
            for m in range(1, n):
                one = row[m] + way[m]
                best = one if one < best else best
            found[path] = best
