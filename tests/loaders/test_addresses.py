"""An address leads to a public host, carries no secret and misleads nobody."""

import pytest

from helpers.loaders.addresses import is_address, problem_of_address

BAD = {
    "https://user:secret@example.org/x": "password",
    "https://user@example.org/x": "password",
    "http://localhost/x": "private or loopback",
    "http://a.localhost./x": "private or loopback",
    "http://127.0.0.1:8000/x": "private or loopback",
    "http://[::1]/x": "private or loopback",
    "http://10.0.0.1/x": "private or loopback",
    "http://192.168.1.1/x": "private or loopback",
    "http://169.254.169.254/latest": "private or loopback",
    "http://[fe80::1]/x": "private or loopback",
    "http://[64:ff9b::7f00:1]/x": "private or loopback",
    "http://[2002:7f00:1::]/x": "private or loopback",
    "http://[::ffff:10.0.0.1]/x": "private or loopback",
    "https://example.org/x?a=1&access_token=abc": "holds access_token=, which is somebody's key",
    "https://example.org/x?PASSWORD=abc": "holds PASSWORD=",
    "http://printer.local/x": "private or loopback",
    "http://intranet/x": "private or loopback",
    "http://2130706433/x": "no address of four parts",
    "http://127.1/x": "no address of four parts",
    "http://0x7f.0.0.0x1/x": "no address of four parts",
    "http://0177.0.0.1/x": "no address of four parts",
    "https://ex\u0430mple.org/x": "letters outside ASCII in its host",
    "https://мвд.рф/x": "xn--b1aew.xn--p1ai",
    "https://xn--a.org/x": "cannot be",
    "https://-example.org/x": "cannot be",
    "https://exam_ple.org/x": "cannot be",
    "https://a..org/x": "cannot be",
    "https:///x": "private or loopback",
    "https://example.org\\@evil.org/": "password",
    "https://example.org\\evil": "backslash",
    "https://example.org:99999/x": "can be read",
    "https://[::1/x": "can be read",
}


@pytest.mark.parametrize(("value", "said"), BAD.items())
def test_an_address_that_is_not_public_is_refused(value, said):
    assert is_address(value)
    assert said in problem_of_address(value)


@pytest.mark.parametrize(
    "value",
    [
        "https://example.org",
        "http://example.org./x",
        "https://xn--b1aew.xn--p1ai:443/news",
        "http://8.8.8.8/x",
        "http://[64:ff9b::808:808]/x",
        "http://[2606:4700::1111]/x",
        "https://a.example.co.uk/x?y=1#z",
        "https://example.org/ՀԱՊԿ",
    ],
)
def test_a_public_address_passes(value):
    assert problem_of_address(value) == ""


def test_every_address_of_the_record_is_public(data):
    addresses = [url for url in data["sources"]["url"] if url]
    assert len(addresses) > 1000 and all(map(is_address, addresses))
    assert not {url: problem for url in addresses if (problem := problem_of_address(url))}


@pytest.mark.parametrize(("letters", "said"), [(57, ""), (58, "a host that cannot be")])
def test_a_host_has_no_more_characters_than_a_name_of_the_network_may_have(letters, said):
    host = ".".join(["a" * 63] * 3 + ["a" * letters, "org"])
    assert len(host) == 196 + letters  # 253 are the most
    problem = problem_of_address(f"https://{host}/x")
    assert said in problem if said else problem == ""
