"""The verbs that open the graph to others: serve, publish."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from waqai import publish as releases
from waqai import web
from waqai.cli.app import DEFAULT_STORE, StoreAt, app, examples
from waqai.cli.terminal import tell
from waqai.store import open_store


@app.command(epilog=examples("waqai serve", "waqai serve --port 8080 --time-limit 5"))
def serve(
    store: StoreAt = DEFAULT_STORE,
    host: Annotated[
        str, typer.Option(help="The address to listen on; others than this machine's need care.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port to listen on.", min=1, max=65535)] = 8321,
    time_limit: Annotated[float, typer.Option(help="Seconds that a query may take.", min=0.1)] = 10.0,
) -> None:
    """Serve the site and a read-only SPARQL endpoint; stops with Ctrl-C."""
    tell(f"the site: http://{host}:{port}/ · the SPARQL endpoint: http://{host}:{port}/sparql")
    web.serve(store, host=host, port=port, time_limit=time_limit)


@app.command(epilog=examples("waqai publish release/", "waqai publish release/ --force"))
def publish(
    folder: Annotated[Path, typer.Argument(help="Where the release is written.")],
    store: StoreAt = DEFAULT_STORE,
    force: Annotated[bool, typer.Option("--force", help="Replace what the folder holds.")] = False,
) -> None:
    """Write a release that partners can load: N-Quads, Turtle, JSON-LD, and a DCAT/VoID description."""
    with open_store(store) as opened:
        for path in releases.publish(opened, folder, force=force):
            typer.echo(path)
        tell(f"revision {opened.revision()}")
