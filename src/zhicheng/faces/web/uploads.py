"""How much one upload may hold: refused while it still comes in (413). Not here: what a file is (usecases)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler


class Ceiling(FileUploadHandler):
    """Stops a request whose files together pass settings.ATTACHMENT_MAX_BYTES bytes, whatever its header says."""

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self.seen = 0

    def handle_raw_input(
        self, input_data: Any, META: Any, content_length: int, boundary: Any, encoding: Any = None
    ) -> None:
        if content_length > settings.ATTACHMENT_MAX_BYTES + 100_000:  # the form around the file
            raise RequestDataTooBig(content_length)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.seen += len(raw_data)
        if self.seen > settings.ATTACHMENT_MAX_BYTES:
            raise RequestDataTooBig(self.seen)
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None
