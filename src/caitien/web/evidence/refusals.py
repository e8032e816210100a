"""Every sentence with which a file is refused as evidence, by its code: what it is and what to do, in one place."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Any] = {
    "empty": _("Tệp trống (0 byte). Hãy mở thử tệp trên máy; nếu nó nằm ở OneDrive, iCloud hay Drive thì đợi tải về hết rồi gửi lại."),
    "zeros": _("Tệp chỉ toàn số 0: máy chép dở, hoặc tệp chưa tải về hết từ OneDrive, iCloud. Hãy mở thử tệp trên máy rồi gửi lại."),
    "leftover": _("Đây là tệp phụ do máy tính tự tạo, không phải tài liệu. Bỏ qua được, không cần gửi."),
    "too_large": _(
        "Tệp nặng %(size)s MB, quá mức %(limit)s MB. Nếu là bản quét: quét lại ở 150–200 dpi hoặc tách thành nhiều tệp. "
        "Nếu phải giữ nguyên: để tệp trên Drive của trường rồi dùng “Dán đường dẫn”."
    ),
    "film_too_large": _(
        "Tệp nặng %(size)s MB, quá mức %(limit)s MB của phim và âm thanh. Hãy cắt lấy đoạn cần làm minh chứng, "
        "hoặc để tệp trên Drive của trường rồi dùng “Dán đường dẫn”."
    ),
    "unknown": _("Không nhận ra loại tệp này. Hãy mở bằng chương trình đã tạo ra nó, xuất (hoặc in) thành PDF rồi gửi tệp PDF."),
    "damaged": _("Tệp bị hỏng hoặc chép chưa xong nên không mở được. Hãy mở thử bằng %(program)s, lưu thành tệp mới rồi gửi lại."),
    "program": _("Đây là chương trình hoặc tệp lệnh, không phải tài liệu, nên không được nhận. Hãy gửi tài liệu, ảnh, bản quét."),
    "shortcut": _(
        "Đây chỉ là lối tắt, bên trong không có tài liệu. Hãy mở nó rồi tải tài liệu về máy (PDF, Word, Excel) để gửi; "
        "nếu là đường dẫn tới Drive thì dùng “Dán đường dẫn”."
    ),
    "web": _("Đây là trang web (HTML), có thể chạy lệnh nên không được nhận. Hãy mở trang đó, bấm Ctrl+P, chọn “Lưu thành PDF” rồi gửi tệp PDF."),
    "web_as_sheet": _(
        "Tên tệp là .xls nhưng bên trong là trang web (nhiều phần mềm xuất như vậy). Hãy mở bằng Excel, chọn Lưu thành, "
        "kiểu “Excel Workbook (*.xlsx)”, rồi gửi tệp .xlsx."
    ),
    "web_as_other": _(
        "Tên tệp là .%(ending)s nhưng bên trong là trang web (HTML), nên không được nhận. Hãy tải lại tệp gốc từ nơi lấy nó; "
        "nếu chỉ có trang web thì mở ra, bấm Ctrl+P, chọn “Lưu thành PDF” rồi gửi tệp PDF."
    ),
    "xml": _("Đây là tệp XML, người đọc không xem được. Hãy mở bằng phần mềm của nó, in hoặc xuất thành PDF rồi gửi tệp PDF."),
    "svg": _("Đây là hình vẽ SVG, có thể chạy lệnh nên không được nhận. Hãy lưu hình thành PNG hoặc PDF rồi gửi lại."),
    "office_xml": _("Đây là tệp Word hoặc Excel dạng XML. Hãy mở bằng Word hoặc Excel, lưu thành .docx hoặc .xlsx rồi gửi lại."),
    "rtf": _("Đây là tệp RTF. Hãy mở bằng Word, chọn Lưu thành, kiểu “Word Document (*.docx)” hoặc PDF, rồi gửi lại."),
    "mail": _("Đây là một bức thư điện tử. Hãy mở thư, chọn In, “Lưu thành PDF”, rồi gửi tệp PDF; tệp đính kèm thì tải về và gửi riêng."),
    "password": _("Tệp được đặt mật khẩu nên người đọc không mở được. Hãy mở bằng %(program)s, bỏ mật khẩu, lưu lại rồi gửi lại."),
    "macro": _(
        "Tệp có macro (chương trình chạy kèm) nên không được nhận. Hãy mở bằng %(program)s, chọn Lưu thành, kiểu “%(kind)s” "
        "(không macro), hoặc xuất thành PDF, rồi gửi lại."
    ),
    "sheet_binary": _("Đây là tệp Excel nhị phân (.xlsb). Hãy mở bằng Excel, lưu thành “Excel Workbook (*.xlsx)” rồi gửi lại."),
    "office_other": _("Đây là tệp của một phần mềm Office khác (Visio, Publisher, Project…). Hãy mở ra, xuất thành PDF rồi gửi tệp PDF."),
    "apple": _("Đây là tệp Pages, Numbers hoặc Keynote của Apple. Hãy mở ra, chọn Xuất sang PDF (hoặc Word, Excel) rồi gửi lại."),
    "book": _("Đây là sách điện tử EPUB. Hãy xuất thành PDF rồi gửi lại."),
    "archive": _("Đây là tệp nén %(kind)s. Hãy giải nén rồi thả các tệp bên trong vào đây, mỗi tệp là một minh chứng hoặc một phần của minh chứng."),
    "zip_in_zip": _(
        "Trong tệp nén này còn có tệp nén “%(inside)s”, nên không biết bên trong có gì. Hãy giải nén hết rồi thả các tệp bên trong vào đây."
    ),
    "zip_empty": _("Tệp nén không có gì bên trong. Hãy nén lại, hoặc gửi thẳng các tệp."),
    "zip_password": _("Tệp nén được đặt mật khẩu nên không xem được bên trong. Hãy giải nén rồi thả các tệp bên trong vào đây."),
    "zip_too_much": _("Tệp nén bất thường: mở ra thì lớn hoặc nhiều tệp quá mức an toàn. Hãy giải nén rồi thả từng tệp bên trong vào đây."),
    "zip_names": _("Trong tệp nén có tên tệp lạ (“%(inside)s”), có thể ghi đè lên tệp khác. Hãy giải nén rồi thả từng tệp bên trong vào đây."),
    "zip_method": _("Tệp nén theo một kiểu lạ nên không xem được bên trong. Hãy giải nén rồi thả các tệp bên trong vào đây."),
    "zip_part": _("Không nhận tệp nén này vì “%(inside)s” bên trong: %(why)s"),
    "infected": _(
        "Tệp có mã độc (%(what)s) nên không được nhận và đã được xóa khỏi máy chủ. Hãy quét vi-rút máy đã tạo ra tệp, "
        "rồi gửi bản sạch hoặc bản in được quét lại."
    ),
}  # fmt: skip


class RefusedFile(ValueError):
    """A file that is not taken. `str()` is the sentence for who sent it, in the language of who reads it now; `code`: which one."""

    def __init__(self, code: str, fields: dict[str, Any]) -> None:
        super().__init__(code)
        self.code, self.fields = code, fields

    def __str__(self) -> str:
        sentence = str(SENTENCES[self.code])
        return sentence % self.fields if self.fields else sentence


def refuse(code: str, **fields: Any) -> RefusedFile:
    """The refusal of a code, ready to raise. `fields` fill the sentence; raises KeyError for a code without a sentence."""
    if code not in SENTENCES:
        raise KeyError(code)
    return RefusedFile(code, fields)
