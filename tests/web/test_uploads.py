import pytest
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from mediane.documents.rules import MAX_FILE_BYTES, FileRefused, check
from mediane.web.uploads import InMemory


def received(size: int) -> bytes:
    file = SimpleUploadedFile("photo.jpg", b"\xff" * size)
    request = RequestFactory().post("/", {"file": file})
    return request.FILES["file"].read()


def test_a_file_within_the_limit_arrives_whole() -> None:
    assert received(3_000_000) == b"\xff" * 3_000_000


def test_a_heavier_file_is_cut_and_refused_with_its_sentence() -> None:
    data = received(MAX_FILE_BYTES + 5_000_000)
    assert len(data) == MAX_FILE_BYTES + 1
    with pytest.raises(FileRefused, match="la limite est de 10"):
        check("photo.jpg", data)


def test_a_request_heavier_than_everything_allowed_is_not_read() -> None:
    with pytest.raises(RequestDataTooBig):
        InMemory().handle_raw_input(None, {}, 10**9, b"")
