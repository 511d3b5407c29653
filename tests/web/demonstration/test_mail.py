"""The mail that left."""

import pytest

URL = "/demonstration/courriels/"
LETTER = """\
From: Caf de Paris <ne-pas-repondre@mediane.invalid>
To: samira.belkacem@courriel.invalid
Subject: =?utf-8?q?Vous_avez_un_message_de_la_m=C3=A9diation?=
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

Bonjour,

Ouvrez votre espace : un message vous attend. <b>Bien</b> à vous.
"""


@pytest.fixture
def folder(tmp_path, settings):
    settings.DATA = tmp_path
    (tmp_path / "courrier").mkdir()
    return tmp_path / "courrier"


def test_nothing_left_yet(browser, folder):
    assert "Aucun courriel n’est encore parti" in browser.get(URL).content.decode()


def test_without_even_a_letter_box(browser, folder):
    folder.rmdir()

    assert browser.get(URL).status_code == 200


def test_a_message_is_listed_and_read_as_text(browser, folder):
    (folder / "20261109T134100.000001Z-0a1b2c3d.eml").write_text(LETTER)

    listed = browser.get(URL).content.decode()
    read = browser.get(f"{URL}20261109T134100.000001Z-0a1b2c3d/").content.decode()

    assert "Vous avez un message de la médiation" in listed
    assert "un message vous attend. &lt;b&gt;Bien&lt;/b&gt;" in read
    assert "samira.belkacem@courriel.invalid" in read


def test_a_message_half_written_is_not_listed(browser, folder):
    (folder / "20261109T134100.000001Z-0a1b2c3d.new").write_text(LETTER)

    assert "Aucun courriel" in browser.get(URL).content.decode()


@pytest.mark.parametrize("name", ["absent", "..%2f..%2fetc%2fpasswd", "..", "%2e%2e"])
def test_an_address_leads_to_no_other_file(browser, folder, name):
    assert browser.get(f"{URL}{name}/").status_code == 404
