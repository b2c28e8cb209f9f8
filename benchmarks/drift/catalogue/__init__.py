"""All changes, in the order of their categories."""

from __future__ import annotations

from benchmarks.drift.change import Change

from . import (
    attributes,
    between,
    decoys,
    endings,
    flow,
    handset,
    inputs,
    later,
    library,
    midway,
    midway_flow,
    notices,
    plainly,
    quarter,
    rebrand,
    redesign,
    reframed,
    roadmap,
    screens_told,
    shipped,
    surroundings,
    traffic,
    unworded,
    words,
)

CHANGES: tuple[Change, ...] = (
    *attributes.CHANGES,
    *words.CHANGES,
    *inputs.CHANGES,
    *flow.CHANGES,
    *between.CHANGES,
    *decoys.CHANGES,
    *surroundings.CHANGES,
    *traffic.CHANGES,
    *endings.CHANGES,
    *shipped.CHANGES,
    *later.CHANGES,
    *roadmap.CHANGES,
    *rebrand.CHANGES,
    *handset.CHANGES,
    *quarter.CHANGES,
    *library.CHANGES,
    *reframed.CHANGES,
    *unworded.CHANGES,
    *redesign.CHANGES,
    *notices.CHANGES,
    *screens_told.CHANGES,
    *plainly.CHANGES,
    *midway.CHANGES,
    *midway_flow.CHANGES,
)
