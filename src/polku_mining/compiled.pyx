# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""The passes over events that numpy takes several goes for, each over a range of cases.

Nothing is decided here: every function answers what its numpy twin answers, which is the
reference. Callers choose the ranges and run them in threads; no function keeps the GIL.
"""

from libc.stdint cimport int16_t, int32_t, int64_t, uint8_t, uint16_t, uint32_t, uint64_t
from libc.string cimport memcmp
from libcpp.algorithm cimport nth_element

ctypedef fused code_t:
    uint8_t
    uint16_t
    uint32_t

ctypedef fused cost_t:
    int16_t
    int32_t

ctypedef fused owner_t:
    int32_t
    int64_t


def follow_sums(const code_t[::1] activity, const int64_t[::1] time, const int64_t[::1] offsets,
                Py_ssize_t first, Py_ssize_t last, Py_ssize_t width,
                int64_t[:, ::1] sums):
    """Add up, for each pair of neighbours, how often and how long: ``sums[key] = n, total``."""
    cdef Py_ssize_t case, i, end
    cdef Py_ssize_t key, row
    cdef int64_t before, now
    with nogil:
        i = offsets[first]
        for case in range(first, last):
            end = offsets[case + 1]
            row = <Py_ssize_t>activity[i] * width
            before = time[i]
            i += 1
            while i < end:
                key = row + activity[i]
                now = time[i]
                sums[key, 0] += 1
                sums[key, 1] += now - before
                row = <Py_ssize_t>activity[i] * width
                before = now
                i += 1


def follow_cases(const code_t[::1] activity, const int64_t[::1] offsets,
                 Py_ssize_t first, Py_ssize_t last, Py_ssize_t width,
                 int64_t[::1] cases, int32_t[::1] seen):
    """In how many cases each pair occurs at all; ``seen`` begins with -1 everywhere."""
    cdef Py_ssize_t case, i, key, row
    with nogil:
        for case in range(first, last):
            i = offsets[case]
            row = <Py_ssize_t>activity[i] * width
            for i in range(offsets[case] + 1, offsets[case + 1]):
                key = row + activity[i]
                if seen[key] != case:
                    seen[key] = <int32_t>case
                    cases[key] += 1
                row = <Py_ssize_t>activity[i] * width


def follow_gaps(const code_t[::1] activity, const int64_t[::1] time, const int64_t[::1] offsets,
                Py_ssize_t first, Py_ssize_t last, Py_ssize_t width,
                int64_t[:, ::1] place, int64_t[::1] found):
    """Put each gap at ``place[key, 0]``, which moves on by ``place[key, 1]``.

    Pairs that are not asked for share one place and stay there: to write and forget is quicker
    than to ask each time.
    """
    cdef Py_ssize_t case, i, end
    cdef Py_ssize_t row
    cdef int64_t before, now
    cdef int64_t* cell
    with nogil:
        i = offsets[first]
        for case in range(first, last):
            end = offsets[case + 1]
            row = <Py_ssize_t>activity[i] * width
            before = time[i]
            i += 1
            while i < end:
                cell = &place[row + activity[i], 0]
                now = time[i]
                found[cell[0]] = now - before
                cell[0] += cell[1]
                row = <Py_ssize_t>activity[i] * width
                before = now
                i += 1


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
