"""A run over local files opens no socket. That other processes write the same bytes is tested with the wheel."""


def test_no_socket_is_opened(example_run):
    assert example_run.sockets == ()
    assert b"Strait watch" in example_run.files["brief.md"]
