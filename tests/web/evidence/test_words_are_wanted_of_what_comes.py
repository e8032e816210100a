"""What was sent is found by the words inside it, without anybody asking for that."""

from __future__ import annotations

from caitien.web.evidence.models import StoredFile
from web.evidence import files
from web.evidence.sending import Sender


def test_a_file_that_came_is_read_in_the_background(browser, school):
    Sender(browser, school).whole("bien-ban.docx", files.docx("Phụ huynh góp ý về sân chơi"))
    stored = StoredFile.objects.get()
    assert stored.text_state == StoredFile.Words.READ
    assert "góp ý về sân chơi" in stored.text
