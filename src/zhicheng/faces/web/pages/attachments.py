"""附件的下载: a file leaves only through the policy, and only as a download. Not here: adding one."""

from __future__ import annotations

from django.http import FileResponse, HttpRequest

from zhicheng.faces.web.gate import gated
from zhicheng.usecases.attachments import open_attachment


@gated("attachments.read")
def read(request: HttpRequest, address: str) -> FileResponse:
    """The content, never shown inside our pages: a file from outside must not run with our address."""
    attachment, file = open_attachment(request.person, address)  # type: ignore[attr-defined]
    return FileResponse(
        file.open("rb"), as_attachment=True, filename=attachment.name, content_type=attachment.media_type
    )
