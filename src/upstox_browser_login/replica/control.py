"""The replica's own endpoints, for tests and tools in other processes."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from .notifier import approve_token_request
from .recorder import CONTROL_PREFIX
from .world import World


def control_routes(world: World) -> list[Route]:
    """Log, counts, scenarios, reset and approval, below ``/__replica__/``."""

    async def log(_request: Request) -> Response:
        return JSONResponse([entry.as_dict() for entry in world.log])

    async def counts(_request: Request) -> Response:
        return JSONResponse(world.counts().as_dict())

    async def scenarios(request: Request) -> Response:
        if request.method == "POST":
            names = await request.json()
            if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
                return JSONResponse({"error": "a JSON list of names, please"}, 400)
            try:
                world.play(names)
            except ValueError as error:
                return JSONResponse({"error": str(error)}, 400)
        return JSONResponse(world.script.texts())

    async def reset(_request: Request) -> Response:
        world.reset()
        return JSONResponse({"reset": True})

    async def approve(_request: Request) -> Response:
        try:
            status = await run_in_threadpool(approve_token_request, world)
        except (LookupError, OSError) as error:
            return JSONResponse({"error": str(error)}, 409)
        return JSONResponse({"status": status})

    def at(name: str) -> str:
        return CONTROL_PREFIX + name

    return [
        Route(at("log"), log),
        Route(at("counts"), counts),
        Route(at("scenarios"), scenarios, methods=["GET", "POST"]),
        Route(at("reset"), reset, methods=["POST"]),
        Route(at("approve-token-request"), approve, methods=["POST"]),
    ]
