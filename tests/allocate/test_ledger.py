"""The ledger never moves anyone's numbers, whatever happens to the others (design §6.2)."""

import dataclasses
import subprocess
from datetime import date, timedelta

import factory
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import SOAK

from zxnet.allocate import Ledger, allocate, format_ledger, parse_ledger
from zxnet.allocate.allocations import claims, pool_sizes
from zxnet.allocate.ledger import doubles, settle
from zxnet.errors import InvalidInput
from zxnet.inet import Inet
from zxnet.inventory.county import Pool

EXAMPLES = 2000 if SOAK else 150

slugs = st.from_regex(r"[a-z][a-z0-9]{2,6}", fullmatch=True)
unit_sets = st.dictionaries(slugs, st.booleans(), min_size=1, max_size=25)


def crowded(units, *, slots=64, **changes):
    """A county whose LAN pool is so small that slots collide all the time."""
    plan = factory.sample().county.addressing
    length = 32 - (slots - 1).bit_length()
    lan = Pool(v4=Inet.parse(f"10.96.0.0/{length - 8}"), v4_length=24)
    made = [factory.fibre(u) if fibre else factory.unit(u) for u, fibre in units.items()]
    return factory.county(*made, addressing=dataclasses.replace(plan, lan=lan, **changes))


def slots_of(ledger):
    return {(pool, who): slot for pool, given_ in ledger.slots.items() for who, slot in given_.items()}


@settings(max_examples=EXAMPLES, deadline=None)
@given(unit_sets, unit_sets)
def test_adding_units_moves_nobody(first, more):
    before = allocate(crowded(first), Ledger())
    after = allocate(crowded(more | first), before.ledger)
    assert slots_of(before.ledger).items() <= slots_of(after.ledger).items()


@settings(max_examples=EXAMPLES, deadline=None)
@given(unit_sets, st.randoms(use_true_random=False))
def test_order_of_units_means_nothing(units, random):
    items = list(units.items())
    random.shuffle(items)
    assert allocate(crowded(units), Ledger()).ledger == allocate(crowded(dict(items)), Ledger()).ledger


@settings(max_examples=EXAMPLES, deadline=None)
@given(unit_sets, st.data())
def test_removing_units_releases_only_theirs(units, data):
    gone = data.draw(st.sets(st.sampled_from(sorted(units))))
    before = allocate(crowded(units), Ledger()).ledger
    after = allocate(crowded({u: f for u, f in units.items() if u not in gone}), before).ledger
    assert slots_of(after) == slots_of(before)
    released_units = {who.removesuffix("-cpe1") for _, who in after.released}
    assert released_units == gone
    # … and who comes back gets its own numbers back
    again = allocate(crowded(units), after).ledger
    assert slots_of(again) == slots_of(before)
    assert not again.released


@settings(max_examples=EXAMPLES, deadline=None)
@given(unit_sets)
def test_every_number_is_given_once_and_lies_in_its_pool(units):
    inventory = crowded(units)
    ledger = allocate(inventory, Ledger()).ledger
    sizes = pool_sizes(inventory)
    assert doubles(ledger) == []
    assert set(slots_of(ledger)) == set(claims(inventory))
    assert all(0 < slot < sizes[pool] for (pool, _), slot in slots_of(ledger).items())


@settings(max_examples=EXAMPLES, deadline=None)
@given(unit_sets)
def test_file_round_trip(units):
    ledger = allocate(crowded(units), Ledger()).ledger
    text = format_ledger(ledger)
    read, problems = parse_ledger(text, "ledger.lock")
    assert (read, problems) == (ledger, [])
    assert allocate(crowded(units), read).changed is False


@settings(max_examples=EXAMPLES // 4, deadline=None)
@given(unit_sets, unit_sets, unit_sets)
def test_two_branches_merge_by_git(tmp_path_factory, base, left, right):
    """`git merge-file --union` is what .gitattributes asks for; what it cannot know, `settle` mends."""
    folder = tmp_path_factory.mktemp("merge")
    ours, theirs = left | base, right | base
    start = allocate(crowded(base), Ledger()).ledger
    texts = [allocate(crowded(units), start).ledger for units in (ours, base, theirs)]
    for name, ledger in zip(("ours", "base", "theirs"), texts, strict=True):
        (folder / name).write_text(format_ledger(ledger))
    subprocess.run(["git", "merge-file", "--union", "ours", "base", "theirs"], cwd=folder, check=True)
    merged, problems = parse_ledger((folder / "ours").read_text(), "ledger.lock")
    both = crowded(theirs | ours)
    # A unit that both branches added may have met different neighbours: then it has two slots, and we say so.
    assert {p.code for p in problems} <= {"ledger.two_slots"}
    settled, lost = settle(merged, pool_sizes(both))
    final = allocate(both, settled).ledger
    assert doubles(final) == []
    assert set(slots_of(final)) == set(claims(both))
    kept = {key: slot for key, slot in slots_of(merged).items() if key not in lost}
    assert kept.items() <= slots_of(final).items()
    assert slots_of(start).items() <= slots_of(final).items(), "a number given before the fork moved"


def test_a_released_number_rests_before_another_gets_it():
    """Three LAN slots, all given; one unit leaves: its slot is free for others only after rest_days."""
    three, newcomer = {"aaa": False, "bbb": False, "ccc": False}, {"ddd": False}
    full = allocate(crowded(three, slots=4), Ledger()).ledger
    left = {k: v for k, v in three.items() if k != "bbb"}
    released = allocate(crowded(left, slots=4), full).ledger
    today = factory.sample().county.as_of
    assert released.released["lan", "bbb"] == today
    with pytest.raises(InvalidInput) as refused:
        allocate(crowded(left | newcomer, slots=4), released)
    assert {p.code for p in refused.value.problems} == {"ledger.full"}
    rest = factory.sample().county.addressing.rest_days
    county = crowded(left | newcomer, slots=4)
    later = dataclasses.replace(
        county, county=dataclasses.replace(county.county, as_of=today + timedelta(rest))
    )
    reused = allocate(later, released).ledger
    assert reused.slots["lan"]["ddd"] == released.slots["lan"]["bbb"]
    assert "bbb" not in reused.slots["lan"]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("lan wufeng", "ledger.syntax"),
        ("lan wufeng x", "ledger.syntax"),
        ("lan wufeng 12 released yesterday", "ledger.syntax"),
        ("lan wufeng 12 released 2008-13-01", "ledger.syntax"),
        ("<<<<<<< HEAD", "ledger.syntax"),
        ("lan wufeng 1\nlan wufeng 2", "ledger.two_slots"),
    ],
)
def test_a_bad_line_is_placed(line, code):
    _, problems = parse_ledger(f"# comment\n{line}\n", "inventory/ledger.lock")
    assert [(p.code, p.place.line) for p in problems] == [(code, 2 + line.count("\n"))]


def test_a_slot_outside_a_smaller_pool_is_refused():
    ledger = Ledger({"lan": {"aaa": 9999}})
    with pytest.raises(InvalidInput) as refused:
        allocate(crowded({"aaa": False}), ledger)
    assert [p.code for p in refused.value.problems] == ["ledger.range"]


def test_a_live_line_wins_over_a_released_one_after_a_merge():
    ledger, problems = parse_ledger("lan aaa 3 released 2008-01-01\nlan aaa 3\n", "ledger.lock")
    assert not problems
    assert ledger.released == {}
    assert Ledger({"lan": {"aaa": 3}}, {("lan", "aaa"): date(2008, 1, 1)}) != ledger
