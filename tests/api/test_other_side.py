"""What people of the customer's side see: what was meant for them, and never what stays inside."""

from tests.api.callers import Caller, problem
from tests.cast import Cast, make

CANARY = "CANARY"


def shared(cast: Cast) -> None:
    by = cast.aino.actor
    make(
        "service_product",
        by,
        name="Open tour",
        audience="customers",
        managed_state="live",
        owner_party=cast.piotr.party.code,
        attributes={"own": CANARY},
        funding=[CANARY],
        benefit={"a": CANARY},
        dial_notes={"cost": CANARY},
        cost_class="high",
        dial_cost="over",
    )
    make("service_product", by, name=f"{CANARY} inside", managed_state="live")
    make("service_product", by, name=f"{CANARY} idea", audience="customers", managed_state="idea")
    make("strategy_goal", by, statement=CANARY, audience="customers")
    make("component", by, name=CANARY, audience="customers")
    make("offering", by, title=f"{CANARY} draft", product="SRV-1", audience="customers")
    make("touchpoint", by, name="Door", audience="customers", services=["SRV-1", "SRV-2"])


def test_the_customer_sees_what_is_shared_and_nothing_that_stays_inside(
    cast: Cast, tuomas: Caller
) -> None:
    shared(cast)
    listed = tuomas.get("services").json()
    assert [row["code"] for row in listed["items"]] == ["SRV-1"]
    hidden = {"attributes", "dial_cost", "dial_notes", "cost_class", "funding", "benefit"}
    assert not hidden & listed["items"][0].keys()
    assert listed["items"][0]["owner_party"] is None
    assert tuomas.get("services/SRV-1").json() == listed["items"][0]
    assert tuomas.get("touchpoints").json()["items"][0]["services"] == ["SRV-1"]
    for path in (
        "services",
        "services?archived=any",
        "goals",
        "components",
        "offerings",
        "touchpoints",
        "decisions",
        "links",
        "dependencies",
        "requirements",
        "segments",
        "parties",
        "relationships",
        f"search?q={CANARY}",
        "services?q=canary",
    ):
        answer = tuomas.get(path)
        assert answer.status_code == 200, path
        assert CANARY not in answer.content.decode(), path
    assert tuomas.get(f"search?q={CANARY}").json()["count"] == 0
    for code in ("SRV-2", "SRV-3"):
        for rest in ("", "/history", "/links", "/transitions", "/decisions"):
            answer = tuomas.get(f"services/{code}{rest}")
            assert answer.status_code in {403, 404}


def test_what_stays_inside_cannot_be_asked_for_either(cast: Cast, tuomas: Caller) -> None:
    shared(cast)
    for path in ("history", "transitions"):
        problem(tuomas.get(f"services/SRV-1/{path}"), 403, "not-allowed")
    problem(tuomas.get("services?as_of=2026-01-01"), 403, "not-allowed")
    problem(tuomas.get("services/SRV-1?as_of=2026-01-01"), 403, "not-allowed")
    for write in (
        tuomas.post("services", {"name": "x"}),
        tuomas.patch("services/SRV-1", {"sector": "x"}),
        tuomas.delete("services/SRV-1"),
        tuomas.post("services/SRV-1/transitions", {"to": "ending", "reason": "x"}),
        tuomas.post("services/SRV-1/decisions", {"question": "x", "reason": "x"}),
        tuomas.post("services/SRV-1/review"),
    ):
        problem(write, 403, "not-allowed")


def test_no_filter_or_order_tells_a_hidden_value(cast: Cast, tuomas: Caller) -> None:
    from dataclasses import replace

    from polku.kernel import registry

    row = registry.entity("service_product")
    fields = tuple(
        replace(f, inside_only=True) if f.name == "criticality" else f for f in row.fields
    )
    hidden = replace(row, fields=fields)
    from polku.kernel.answers import BadInput
    from polku.kernel.listing import listing

    for query in ({"criticality": "high"}, {"sort": "criticality"}):
        try:
            listing(cast.tuomas.actor, hidden, query, strict=True)
        except BadInput as error:
            assert set(error.fields) == {next(iter(query))}  # noqa: PT017
        else:
            raise AssertionError(query)
        listing(cast.aino.actor, hidden, query, strict=True)
