"""The command line. The only part that prints; turns a DigestError into a message and an exit code.

Exit codes: 0 all is well; 1 the run failed, or `verify` or `lint` found a fault; 2 the command line is wrong; 3 there
was nothing new to tell or to send.

Imports of the program's stages stand inside the commands: `digest --help` must answer at once.
"""

from __future__ import annotations

import click

from digest import __version__
from digest.cli import asking, delivery, issues, memory
from digest.cli.feeds import sources
from digest.cli.why import why


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="digest")
def main() -> None:
    """Write a daily brief you can check: every line opens to the sentences it came from.

    Exit codes: 0 all is well; 1 failed, or a fault was found; 2 the command line is wrong; 3 nothing new.
    """


for command in (
    issues.init,
    issues.run,
    issues.render,
    issues.verify,
    issues.explain,
    issues.compare,
    delivery.send,
    delivery.lint,
    delivery.archive,
    memory.history,
    memory.replay,
    memory.prune,
    why,
    asking.doctor,
    asking.stats,
    sources,
):
    main.add_command(command)
