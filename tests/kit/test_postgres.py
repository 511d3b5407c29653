import os
import signal
import stat
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from mediane.kit import cluster, postgres

LOWERED = "SELECT lower('É'), unaccent('é'), current_user"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("server")


@pytest.fixture
def server(folder: Path) -> Iterator[postgres.Server]:
    running = postgres.start(folder, durable=False)
    yield running
    running.stop()


def test_both_roles_connect_and_french_letters_fold(server: postgres.Server) -> None:
    for url, user in ((server.url(), postgres.APPLICATION), (server.owner_url, postgres.OWNER)):
        with psycopg.connect(url) as connection:
            assert connection.execute(LOWERED).fetchone() == ("é", "e", user)


def test_neither_role_may_go_round_row_security(server: postgres.Server) -> None:
    with psycopg.connect(server.owner_url) as connection:
        powers = "SELECT rolname FROM pg_roles WHERE rolname LIKE 'mediane%' AND (rolsuper OR rolbypassrls)"
        assert connection.execute(powers).fetchall() == []


def test_new_databases_have_the_extensions(server: postgres.Server) -> None:
    with psycopg.connect(server.owner_url, autocommit=True) as connection:
        connection.execute("DROP DATABASE IF EXISTS other")
        connection.execute("CREATE DATABASE other")
    with psycopg.connect(server.url("other", postgres.OWNER)) as connection:
        rows = connection.execute("SELECT extname FROM pg_extension").fetchall()
    assert {name for (name,) in rows} >= set(postgres.EXTENSIONS)


def test_other_users_cannot_reach_the_socket(server: postgres.Server) -> None:
    assert stat.S_IMODE(server.socket.stat().st_mode) == 0o700


def test_a_running_server_is_adopted(server: postgres.Server, folder: Path) -> None:
    other = postgres.start(folder, durable=False)

    assert other.is_adopted
    assert other.pid == server.pid


def test_comes_back_after_a_kill_with_what_was_committed(folder: Path) -> None:
    server = postgres.start(folder)
    with psycopg.connect(server.owner_url, autocommit=True) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS kept (word text)")
        os.kill(server.pid, signal.SIGKILL)
        again = postgres.start(folder)
    try:
        assert not server.is_running()
        assert again.pid != server.pid
        with psycopg.connect(again.owner_url) as connection:
            assert connection.execute("SELECT to_regclass('kept')").fetchone() == ("kept",)
    finally:
        again.stop()
    assert not again.is_running()


def test_a_number_now_of_another_program_does_not_stop_it(folder: Path) -> None:
    (folder / "data" / "postmaster.pid").write_text(f"{os.getpid()}\n{folder / 'data'}\n")

    server = postgres.start(folder, durable=False)

    assert server.pid != os.getpid()
    server.stop()


def test_a_folder_of_another_version_is_refused(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "PG_VERSION").write_text("9\n")

    with pytest.raises(
        postgres.Unusable, match="vient de PostgreSQL\u00a09, mais cette machine a la version"
    ):
        postgres.start(tmp_path)


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")

    with pytest.raises(postgres.Unusable, match="Impossible d’écrire dans le dossier"):
        postgres.start(tmp_path / "taken" / "below")


def test_a_full_disk_is_said_with_the_room_needed(tmp_path: Path) -> None:
    with pytest.raises(cluster.Unusable, match=r"plus assez de place .* Libérez au moins [0-9]+\u00a0Mo"):
        cluster.check_room(tmp_path, 1 << 60)


def test_a_long_path_gets_a_socket_the_kernel_accepts(tmp_path: Path) -> None:
    long = tmp_path / ("x" * 120)

    assert len(os.fsencode(postgres._socket_folder(long))) <= postgres.LONGEST_SOCKET_FOLDER
