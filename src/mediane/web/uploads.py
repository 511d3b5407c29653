"""Files being received: kept in memory, never in the clear on a disk, and never beyond a bound."""

from io import BytesIO
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from mediane.documents.rules import MAX_FILE_BYTES, MAX_TOTAL_BYTES


class FilesTooHeavy(RequestDataTooBig):
    """All the files of a request together, before any is read."""


class InMemory(FileUploadHandler):
    """Keeps one byte more than allowed of each file: enough for the rule to refuse it in words."""

    def handle_raw_input(self, *request: Any, **rest: Any) -> None:
        content_length: int = request[2]
        if content_length > MAX_TOTAL_BYTES + MAX_FILE_BYTES:
            raise FilesTooHeavy("request body larger than all the files allowed together")

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.received = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        room = MAX_FILE_BYTES + 1 - self.received.tell()
        self.received.write(raw_data[: max(room, 0)])

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        self.received.seek(0)
        return InMemoryUploadedFile(
            file=self.received,
            field_name=self.field_name,
            name=self.file_name,
            content_type=self.content_type,
            size=file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )
