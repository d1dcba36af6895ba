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


class InOrder(click.Group):
    """A group whose help lists the commands as they were added, not by the alphabet."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Their names in that order."""
        return list(self.commands)


@click.group(cls=InOrder, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="digest")
def main() -> None:
    """Write a daily brief you can check: every line opens to the sentences it came from.

    Exit codes: 0 all is well; 1 failed, or a fault was found; 2 the command line is wrong; 3 nothing new.
    """


for command in (
    issues.init,
    issues.run,
    issues.verify,
    issues.explain,
    why,
    issues.render,
    issues.compare,
    delivery.send,
    delivery.lint,
    delivery.archive,
    asking.stats,
    memory.history,
    memory.replay,
    memory.prune,
    sources,
    asking.doctor,
):
    main.add_command(command)
