"""Every sentence that says why words of a file were not read, by its code, and what a school can do about it."""

from __future__ import annotations

from caitien.reading.limits import Limits

_AGAIN = "Muốn tìm được theo nội dung, hãy {do} rồi nộp lại"

SENTENCES: dict[str, str] = {
    "empty": "Tệp trống, không có chữ nào.",
    "too_large": "Tệp nặng hơn {limit} MB nên chữ bên trong không được đọc; vẫn tìm được theo tên và mã.",
    "encrypted": "Tệp đặt mật khẩu nên không đọc được chữ bên trong. " + _AGAIN.format(do="bỏ mật khẩu") + ".",
    "damaged": "Tệp hỏng hoặc chưa tải lên trọn vẹn nên không đọc được chữ bên trong. Hãy mở thử tệp trên máy của mình, lưu lại rồi nộp lại.",
    "zip_bomb": "Tệp nén bất thường, mở ra lớn quá mức an toàn nên chữ bên trong không được đọc. Hãy mở bằng Word hoặc Excel, lưu lại rồi nộp lại.",
    "macro": "Tệp có macro nên chữ bên trong không được đọc. " + _AGAIN.format(do="lưu thành tệp không macro") + ".",
    "unsafe_xml": "Bên trong tệp có phần khai báo lạ, không an toàn nên chữ không được đọc. Hãy mở bằng Word hoặc Excel, lưu lại rồi nộp lại.",
    "too_slow": "Tệp này đọc quá lâu (trên {seconds} giây) nên chữ bên trong không được đọc; vẫn tìm được theo tên và mã.",
    "too_much_memory": "Tệp này cần quá nhiều bộ nhớ nên chữ bên trong không được đọc; vẫn tìm được theo tên và mã.",
    "crashed": "Tệp này làm chương trình đọc dừng đột ngột nên chữ bên trong không được đọc; vẫn tìm được theo tên và mã.",
    "old_word": "Tệp Word kiểu cũ (.doc): chữ bên trong không được đọc. " + _AGAIN.format(do="lưu thành .docx") + ".",
    "old_excel": "Tệp Excel kiểu cũ (.xls): chữ bên trong không được đọc. " + _AGAIN.format(do="lưu thành .xlsx") + ".",
    "old_excel_binary": "Tệp Excel nhị phân (.xlsb): chữ bên trong không được đọc. "
    + _AGAIN.format(do="lưu thành .xlsx")
    + ".",
    "old_powerpoint": "Tệp trình chiếu: chữ bên trong không được đọc. " + _AGAIN.format(do="lưu thành PDF") + ".",
    "presentation": "Tệp trình chiếu: chữ bên trong không được đọc. " + _AGAIN.format(do="lưu thành PDF") + ".",
    "archive": "Tệp nén: chữ bên trong không được đọc. " + _AGAIN.format(do="giải nén, chọn các tệp cần") + ".",
    "heic": "Ảnh kiểu HEIC của iPhone: chữ trong ảnh không được đọc. "
    + _AGAIN.format(do="đổi ảnh sang JPEG (Cài đặt, Camera, Định dạng, “Tương thích nhất”)")
    + ".",
    "large_picture": "Ảnh có quá {limit} triệu điểm ảnh nên chữ trong ảnh không được đọc; vẫn tìm được theo tên và mã.",
    "legacy_font": "Chữ trong tệp viết bằng bảng mã cũ {encoding} nên tìm theo nội dung không đúng. "
    + _AGAIN.format(do="chuyển sang Unicode bằng Unikey (Ctrl+Shift+F6)")
    + ".",
    "bad_encoding": "Chữ trong tệp văn bản không đúng bảng mã Unicode (UTF-8) nên không được đọc. "
    + _AGAIN.format(do="mở bằng Notepad, lưu với mã hoá UTF-8")
    + ".",
    "cut": "Tệp rất dài: chỉ phần đầu (đến {limit} chữ cái) tìm được theo nội dung.",
    "many_pages": "Tệp có {pages} trang: chỉ {limit} trang đầu tìm được theo nội dung.",
    "late": "Tệp đọc lâu: chỉ các trang từ 1 đến {pages} tìm được theo nội dung.",
    "pages_damaged": "Trang {pages} bị hỏng, không đọc được.",
    "not_recognised": "Chữ trong trang quét hoặc ảnh chụp chưa nhận dạng được; vẫn tìm được theo tên và mã.",
    "not_all_recognised": "Chữ trong trang quét {pages} chưa được nhận dạng (tệp quét dài, hoặc trang quá nặng).",
}
_OTHER = "Loại tệp này không đọc được chữ bên trong; vẫn tìm được theo tên và mã."
_MB = 1024 * 1024


def note_of(code: str, limits: Limits, **fields: object) -> str:
    """The sentence of a code. `fields` fill it; bounds are those of `limits` where none is given."""
    bounds = {"limit": limits.file_bytes // _MB, "seconds": round(limits.seconds), "encoding": "(TCVN3, VNI)"}
    return SENTENCES.get(code, _OTHER).format(**(bounds | fields))
