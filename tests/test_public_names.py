import digest


def test_every_public_name_can_be_had():
    for name in digest.__all__:
        assert getattr(digest, name).__module__.startswith("digest."), name
    assert digest.__all__ == sorted(digest.__all__)
