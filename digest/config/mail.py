"""Where the brief is mailed."""

from __future__ import annotations

from ipaddress import ip_address
from typing import Literal

from pydantic import Field, model_validator

from digest.config.values import Address, ListId, Table, UnsubscribeLink, WebAddress


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


class MailConfig(Table):
    """Where `digest send` mails the brief. Without this table nothing is mailed."""

    sender: Address = Field(
        alias="from",
        examples=["Daily brief <brief@example.org>"],
        description="the sender, as 'Daily brief <brief@example.org>'",
    )
    to: tuple[Address, ...] = Field(
        (), examples=[("you@example.org",)], description="recipients; each of them sees these addresses"
    )
    bcc: tuple[Address, ...] = Field((), description="recipients that nobody sees")
    host: str = Field(
        "", examples=["smtp.example.org"], description="the mail server; without one only `digest send --eml` works"
    )
    port: int | None = Field(
        None,
        ge=1,
        le=65535,
        examples=[587],
        description="its port; unset: 587 with starttls, 465 with ssl, 25 with none",
    )
    security: Literal["starttls", "ssl", "none"] = Field(
        "starttls", description="how the connection is encrypted; 'none' only to this machine, or with allow_plain"
    )
    allow_plain: bool = Field(False, description='true: security = "none" may reach another machine, unencrypted')
    ca_file: str | None = Field(
        None, examples=["ca.pem"], description="certificates (PEM) to trust instead of the system's: a private CA"
    )
    username: str | None = Field(
        None,
        examples=["brief@example.org"],
        description="the name to log in with, together with one of the next two; unset: no login",
    )
    password_env: str | None = Field(
        None, examples=["BRIEF_PASSWORD"], description="the environment variable that holds the password"
    )
    secrets_file: str | None = Field(
        None,
        examples=["secret"],
        description="or a file whose first line is the password; only its owner may read it (chmod 600)",
    )
    list_id: ListId | None = Field(
        None, examples=["strait-watch.example.org"], description="List-Id, for the readers' filters"
    )
    unsubscribe: tuple[UnsubscribeLink, ...] = Field(
        (), description="List-Unsubscribe: an https: address (one click, by POST) and/or a mailto: one"
    )
    archive: WebAddress | None = Field(
        None,
        examples=["https://example.org/briefs/"],
        description="address of the folder `digest archive` wrote; the mail links to its issue there",
    )
    attempts: int = Field(4, ge=1, le=20, description="how often a server that says 'later' is asked in one run")
    retry_seconds: float = Field(60, ge=0, description="wait before the second attempt; doubled each time")
    timeout: float = Field(60, gt=0, description="seconds to wait for the server's answer")

    @model_validator(mode="after")
    def _consistent(self) -> MailConfig:
        if not self.to and not self.bcc:
            raise ValueError("names no recipient; set to or bcc")
        if self.security == "none" and not self.allow_plain and self.host and not _is_loopback(self.host):
            raise ValueError(
                f"security = 'none' would send the mail unencrypted to {self.host}; use 'starttls' or 'ssl', or set "
                "allow_plain"
            )
        if self.username and not (self.password_env or self.secrets_file):
            raise ValueError("username is set without a password; set password_env or secrets_file")
        if self.password_env and self.secrets_file:
            raise ValueError("password_env and secrets_file are both set; keep one")
        return self
