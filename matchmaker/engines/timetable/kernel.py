"""The moves of the annealing: Kempe chains between two slots, and putting in a meeting that has no slot yet.

A chain is what has to change places when one meeting goes from a slot to another: whoever is in the way goes back, and
so on. It keeps every firm at one meeting a slot and changes the day of few firms, so a move costs no more than its
length. The functions work on flat vectors, alike as Python lists and, through ``compiled``, as machine code; both draw
the same numbers. Cost counts in tenths of a break.
"""

from typing import Final

from matchmaker.engines.timetable.bits import count, length
from matchmaker.engines.timetable.chance import accepted, draw
from matchmaker.engines.timetable.state import BEST, CHAIN, COST, LOOSE, STAMP, TOUCHED, VICTIMS, Given, State

BREAK: Final = 10
LONGEST: Final = 80
"""Meetings that one move may take along; longer chains cost more than they bring."""
TRIES: Final = 6
ASTRAY: Final = 8
"""One in so many moves aims at any slot."""


def firm_cost(g: Given, mask: int) -> int:
    """What a firm's day costs: its breaks, more for those beyond the fair number, and its idle slots."""
    if mask == 0:
        return 0
    breaks = count(mask & ~(mask << 1)) - 1
    idle = length(mask) - length(mask & -mask) + 1 - count(mask)
    cost = BREAK * breaks + g.idle * idle
    if breaks > g.fairness:
        cost += 3 * BREAK * (breaks - g.fairness)
    return cost


def put(g: Given, s: State, m: int, t: int) -> None:
    """Write a meeting that has no slot into slot t, whose firms have a free row there."""
    s.slot[m] = t
    for i in range(g.first[m], g.first[m + 1]):
        p = g.part[i]
        for r in range(g.row[p], g.row[p + 1]):
            if s.cell[r * g.slots + t] < 0:
                s.cell[r * g.slots + t] = m
                break
        s.times[p * g.slots + t] += 1
        if s.times[p * g.slots + t] == 1:
            s.mask[p] |= 1 << t
    s.load[t] += g.roomy[m]
    for i in range(g.need_first[m], g.need_first[m + 1]):
        s.used[g.need[i] * g.slots + t] += 1
    s.where[m] = s.size[t]
    s.members[t * g.meetings + s.size[t]] = m
    s.size[t] += 1


def take(g: Given, s: State, m: int) -> None:
    """Take a meeting out of its slot."""
    t = s.slot[m]
    s.slot[m] = -1
    for i in range(g.first[m], g.first[m + 1]):
        p = g.part[i]
        for r in range(g.row[p], g.row[p + 1]):
            if s.cell[r * g.slots + t] == m:
                s.cell[r * g.slots + t] = -1
        s.times[p * g.slots + t] -= 1
        if s.times[p * g.slots + t] == 0:
            s.mask[p] &= ~(1 << t)
    s.load[t] -= g.roomy[m]
    for i in range(g.need_first[m], g.need_first[m + 1]):
        s.used[g.need[i] * g.slots + t] -= 1
    s.size[t] -= 1
    last = s.members[t * g.meetings + s.size[t]]
    s.members[t * g.meetings + s.where[m]] = last
    s.where[last] = s.where[m]


def recost(g: Given, s: State, m: int) -> int:
    """Bring the costs of a meeting's firms up to date; the change."""
    change = 0
    for i in range(g.first[m], g.first[m + 1]):
        p = g.part[i]
        cost = firm_cost(g, s.mask[p])
        change += cost - s.cost[p]
        s.cost[p] = cost
    return change


def join(g: Given, s: State, m: int, way: int) -> None:
    """Add a meeting to the chain; ``way`` is 1 when it leaves the first slot, -1 when it comes back to it."""
    w = s.work
    s.chain[w[CHAIN]] = m
    w[CHAIN] += 1
    s.in_chain[m] = w[STAMP]
    for i in range(g.first[m], g.first[m + 1]):
        p = g.part[i]
        if s.net_stamp[p] != w[STAMP]:
            s.net_stamp[p] = w[STAMP]
            s.net[p] = 0
            s.touched[w[TOUCHED]] = p
            w[TOUCHED] += 1
        s.net[p] += way


def follow(g: Given, s: State, a: int, c: int, head: int) -> bool:
    """Let everybody join whom the chain displaces, from position ``head`` on; False where that cannot be."""
    w = s.work
    while head < w[CHAIN]:
        m = s.chain[head]
        head += 1
        way, to = (1, c) if s.slot[m] == a else (-1, a)
        if not (g.allowed[m] >> to) & 1:
            return False
        for i in range(g.first[m], g.first[m + 1]):
            p = g.part[i]
            if s.times[p * g.slots + to] + way * s.net[p] <= g.row[p + 1] - g.row[p]:
                continue
            if w[CHAIN] >= LONGEST:
                return False
            for r in range(g.row[p], g.row[p + 1]):
                other = s.cell[r * g.slots + to]
                if other >= 0 and s.in_chain[other] != w[STAMP]:
                    join(g, s, other, -way)
                    break
    return True


def overflow(g: Given, s: State, a: int, c: int) -> int:
    """1 when the chain brings slot c more meetings than tables, -1 when it does that to slot a, 0 when neither."""
    net = 0
    for i in range(s.work[CHAIN]):
        m = s.chain[i]
        if g.roomy[m]:
            net += 1 if s.slot[m] == a else -1
    if net > 0 and s.load[c] + net > g.room[c]:
        return 1
    if net < 0 and s.load[a] - net > g.room[a]:
        return -1
    return 0


def resources_hold(g: Given, s: State, a: int, c: int) -> bool:
    """Whether interpreters and special tables suffice after the chain has moved."""
    for i in range(s.work[CHAIN]):
        m = s.chain[i]
        way = 1 if s.slot[m] == a else -1
        for j in range(g.need_first[m], g.need_first[m + 1]):
            s.change[g.need[j]] += way
    holds = True
    for i in range(s.work[CHAIN]):
        m = s.chain[i]
        for j in range(g.need_first[m], g.need_first[m + 1]):
            q = g.need[j]
            net = s.change[q]
            if net > 0 and s.used[q * g.slots + c] + net > g.size[q * g.slots + c]:
                holds = False
            if net < 0 and s.used[q * g.slots + a] - net > g.size[q * g.slots + a]:
                holds = False
            s.change[q] = 0
    return holds


def new_slot(s: State, m: int, a: int, c: int) -> int:
    """Where a meeting is after the chain has moved; -1 for one without a slot."""
    if s.in_chain[m] != s.work[STAMP]:
        return s.slot[m]
    return c if s.slot[m] == a else a


def orders_hold(g: Given, s: State, a: int, c: int) -> bool:
    """Whether meetings that come first are still strictly earlier after the chain has moved."""
    for i in range(s.work[CHAIN]):
        m = s.chain[i]
        t = new_slot(s, m, a, c)
        for j in range(g.earlier_first[m], g.earlier_first[m + 1]):
            if new_slot(s, g.earlier[j], a, c) >= t:
                return False
        for j in range(g.later_first[m], g.later_first[m + 1]):
            after = new_slot(s, g.later[j], a, c)
            if 0 <= after <= t:
                return False
    return True


def new_mask(g: Given, s: State, p: int, a: int, c: int) -> int:
    """The firm's busy slots after the chain has moved."""
    mask = s.mask[p] & ~((1 << a) | (1 << c))
    if s.times[p * g.slots + a] - s.net[p] > 0:
        mask |= 1 << a
    if s.times[p * g.slots + c] + s.net[p] > 0:
        mask |= 1 << c
    return mask


def chain_change(g: Given, s: State, a: int, c: int) -> int:
    """What the chain changes in the cost."""
    change = 0
    for i in range(s.work[TOUCHED]):
        p = s.touched[i]
        if s.net[p] != 0:
            change += firm_cost(g, new_mask(g, s, p, a, c)) - s.cost[p]
    return change


def move_chain(g: Given, s: State, a: int, c: int) -> None:
    """Carry the chain out."""
    w = s.work
    for i in range(w[CHAIN]):
        m = s.chain[i]
        t = c if s.slot[m] == a else a
        take(g, s, m)
        s.slot[m] = -2 - t
    for i in range(w[CHAIN]):
        m = s.chain[i]
        put(g, s, m, -2 - s.slot[m])
    for i in range(w[TOUCHED]):
        p = s.touched[i]
        s.cost[p] = firm_cost(g, s.mask[p])


def find_chain(g: Given, s: State, m: int, a: int, c: int) -> bool:
    """The chain that moves a meeting from slot a to c, with a second one back where the tables do not suffice."""
    w = s.work
    w[STAMP] += 1
    w[CHAIN] = w[TOUCHED] = 0
    join(g, s, m, 1)
    if not follow(g, s, a, c, 0):
        return False
    over = overflow(g, s, a, c)
    for _ in range(TRIES):
        if over == 0:
            break
        full = c if over > 0 else a
        other = s.members[full * g.meetings + draw(w, s.size[full])]
        if s.in_chain[other] == w[STAMP]:
            continue
        head = w[CHAIN]
        if head >= LONGEST:
            return False
        join(g, s, other, -over)
        if not follow(g, s, a, c, head):
            return False
        over = overflow(g, s, a, c)
    if over != 0:
        return False
    if g.resources and not resources_hold(g, s, a, c):
        return False
    return not g.orders or orders_hold(g, s, a, c)


def eject(g: Given, s: State, m: int) -> None:
    """Take a meeting out for the one that comes in, and remember it."""
    w = s.work
    s.victims[w[VICTIMS]] = m
    s.victim_slot[w[VICTIMS]] = s.slot[m]
    w[VICTIMS] += 1
    take(g, s, m)


def loosen(s: State, m: int) -> None:
    """Enter a meeting in the list of those without a slot."""
    w = s.work
    s.loose[w[LOOSE]] = m
    s.loose_at[m] = w[LOOSE]
    w[LOOSE] += 1


def fasten(s: State, m: int) -> None:
    """Strike a meeting off that list."""
    w = s.work
    w[LOOSE] -= 1
    last = s.loose[w[LOOSE]]
    s.loose[s.loose_at[m]] = last
    s.loose_at[last] = s.loose_at[m]


def clear_firms(g: Given, s: State, m: int, t: int) -> bool:
    """Eject whom the firms of a meeting see in slot t and what has to be on its other side; False when that is locked."""
    for i in range(g.first[m], g.first[m + 1]):
        p = g.part[i]
        if s.times[p * g.slots + t] >= g.row[p + 1] - g.row[p]:
            other = s.cell[(g.row[p] + draw(s.work, g.row[p + 1] - g.row[p])) * g.slots + t]
            if g.stuck[other]:
                return False
            eject(g, s, other)
    for j in range(g.earlier_first[m], g.earlier_first[m + 1]):
        other = g.earlier[j]
        if s.slot[other] >= t:
            if g.stuck[other]:
                return False
            eject(g, s, other)
    for j in range(g.later_first[m], g.later_first[m + 1]):
        other = g.later[j]
        if 0 <= s.slot[other] <= t:
            if g.stuck[other]:
                return False
            eject(g, s, other)
    return True


def clear_room(g: Given, s: State, m: int, t: int) -> bool:
    """Eject meetings until a table and the resources are there; False when that does not come about."""
    for _ in range(g.slots * TRIES):
        lacking = -2
        if g.roomy[m] and s.load[t] >= g.room[t]:
            lacking = -1
        for j in range(g.need_first[m], g.need_first[m + 1]):
            if s.used[g.need[j] * g.slots + t] >= g.size[g.need[j] * g.slots + t]:
                lacking = g.need[j]
        if lacking == -2:
            return True
        if s.size[t] == 0:
            return False
        other = s.members[t * g.meetings + draw(s.work, s.size[t])]
        helps = lacking == -1 and g.roomy[other] == 1
        for j in range(g.need_first[other], g.need_first[other + 1]):
            helps = helps or g.need[j] == lacking
        if helps and not g.stuck[other]:
            eject(g, s, other)
    return False


def insert(g: Given, s: State, m: int, t: int, heat: float) -> None:
    """Give a loose meeting a slot, at the cost of those in its way, unless that is too dear."""
    w = s.work
    w[VICTIMS] = 0
    possible = clear_firms(g, s, m, t) and clear_room(g, s, m, t)
    change = -g.value[m]
    if possible:
        put(g, s, m, t)
        change += recost(g, s, m)
    for i in range(w[VICTIMS]):
        change += g.value[s.victims[i]] + recost(g, s, s.victims[i])
    if possible and accepted(w, change, heat):
        fasten(s, m)
        for i in range(w[VICTIMS]):
            loosen(s, s.victims[i])
        w[COST] += change
        return
    if possible:
        take(g, s, m)
    for i in range(w[VICTIMS]):
        put(g, s, s.victims[i], s.victim_slot[i])
        recost(g, s, s.victims[i])
    recost(g, s, m)


def aim(g: Given, s: State, m: int) -> int:
    """A slot for a meeting, mostly within the day of one of its firms or next to it; elsewhere it would wait anew."""
    w = s.work
    if draw(w, ASTRAY) == 0:
        return draw(w, g.slots)
    mask = s.mask[g.part[g.first[m] + draw(w, g.first[m + 1] - g.first[m])]]
    before = length(mask & -mask) - 2
    return before + draw(w, length(mask) + 1 - before)


def content(g: Given, s: State, m: int) -> bool:
    """Whether no firm of a meeting waits or is idle between its meetings."""
    cost = 0
    for i in range(g.first[m], g.first[m + 1]):
        cost += s.cost[g.part[i]]
    return cost == 0


def step(g: Given, s: State, heat: float) -> None:
    """One move."""
    w = s.work
    if w[LOOSE] and draw(w, 4) == 0:
        m = s.loose[draw(w, w[LOOSE])]
        t = draw(w, g.slots)
        if (g.allowed[m] >> t) & 1:
            insert(g, s, m, t, heat)
        return
    m = draw(w, g.meetings)
    if g.scarce and content(g, s, m):
        m = draw(w, g.meetings)
    a = s.slot[m]
    if a < 0:
        return
    c = aim(g, s, m)
    if c < 0 or c >= g.slots or a == c or not (g.allowed[m] >> c) & 1 or not find_chain(g, s, m, a, c):
        return
    change = chain_change(g, s, a, c)
    if accepted(w, change, heat):
        move_chain(g, s, a, c)
        w[COST] += change


def run(g: Given, s: State, moves: int, hot: float, cool: float) -> None:
    """So many moves while the heat falls evenly (in tenths of a break) from hot to cool; the best plan is kept."""
    w = s.work
    for i in range(moves):
        step(g, s, hot + (cool - hot) * (i / moves))
        if w[COST] < w[BEST]:
            w[BEST] = w[COST]
            for m in range(g.meetings):
                s.best[m] = s.slot[m]
