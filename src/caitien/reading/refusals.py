"""Every sentence with which a file is refused, by its code: what is wrong and what to do, in one place."""

from __future__ import annotations

from caitien.errors import ReadingError

SAVE_AS_DOCX = "hãy mở bằng Word, chọn “Lưu thành” (Save As), kiểu “Word Document (*.docx)”, rồi gửi lại tệp .docx"

SENTENCES: dict[str, str] = {
    "missing": "Không tìm thấy tệp “{name}”; hãy kiểm tra lại tên và thư mục.",
    "not_a_file": "“{name}” là thư mục, không phải tệp; hãy chọn đúng tệp kế hoạch.",
    "no_permission": "Không được phép mở tệp “{name}”; hãy đóng chương trình đang giữ tệp hoặc xin quyền đọc.",
    "empty": "Tệp trống, không có nội dung nào; hãy kiểm tra và chọn lại tệp kế hoạch.",
    "too_large": "Tệp nặng {size} MB, quá giới hạn {limit} MB; hãy bỏ bớt ảnh hoặc chỉ gửi phần kế hoạch cải tiến.",
    "too_many_pages": "Tệp có {pages} trang, quá giới hạn {limit} trang; hãy tách riêng phần kế hoạch cải tiến rồi gửi lại.",
    "too_many_cells": "Bảng có quá nhiều ô (trên {limit} ô); hãy chép riêng bảng kế hoạch sang một tệp mới rồi gửi lại.",
    "too_much_text": "Tệp có quá nhiều chữ để là một bản kế hoạch; hãy tách riêng phần kế hoạch cải tiến rồi gửi lại.",
    "too_slow": "Tệp này làm máy đọc quá lâu (trên {seconds} giây); hãy chép riêng bảng kế hoạch sang một tệp mới rồi gửi lại.",
    "too_much_memory": "Tệp này cần quá nhiều bộ nhớ để đọc; hãy chép riêng bảng kế hoạch sang một tệp mới rồi gửi lại.",
    "crashed": "Tệp này làm chương trình đọc dừng đột ngột; hãy mở bằng Word, lưu lại thành tệp .docx mới rồi gửi lại.",
    "zip_bomb": "Tệp nén bất thường, khi mở ra lớn quá mức an toàn nên không được đọc; hãy lưu lại bằng Word hoặc Excel rồi gửi lại.",
    "damaged": "Tệp bị hỏng hoặc chưa tải xong nên không mở được; hãy mở thử bằng {program}, lưu lại rồi gửi lại.",
    "encrypted": "Tệp được đặt mật khẩu nên không đọc được; hãy mở bằng {program}, bỏ mật khẩu, lưu lại rồi gửi lại.",
    "macro": "Tệp có chứa macro nên không được nhận; hãy mở bằng {program}, lưu thành tệp {extension} (không macro) rồi gửi lại.",
    "unsafe_xml": "Bên trong tệp có phần khai báo lạ, không an toàn nên không được đọc; hãy mở bằng {program}, lưu lại rồi gửi lại.",
    "old_word": f"Đây là tệp Word kiểu cũ (.doc); {SAVE_AS_DOCX}.",
    "old_excel": "Đây là tệp Excel kiểu cũ (.xls); hãy mở bằng Excel, lưu thành kiểu “Excel Workbook (*.xlsx)” rồi gửi lại.",
    "old_excel_binary": "Đây là tệp Excel nhị phân (.xlsb); hãy mở bằng Excel, lưu thành kiểu “Excel Workbook (*.xlsx)” rồi gửi lại.",
    "old_powerpoint": "Đây là tệp trình chiếu PowerPoint, không phải bản kế hoạch; hãy gửi tệp Word, PDF hoặc Excel của kế hoạch.",
    "old_office": f"Đây là tệp Office kiểu cũ; {SAVE_AS_DOCX}.",
    "rtf": f"Đây là tệp RTF; {SAVE_AS_DOCX}.",
    "odt": f"Đây là tệp OpenDocument (.odt) của LibreOffice; {SAVE_AS_DOCX}.",
    "ods": "Đây là bảng tính OpenDocument (.ods); hãy mở bằng Excel hoặc LibreOffice, lưu thành tệp .xlsx rồi gửi lại.",
    "html": f"Đây là trang web (HTML), dù tên tệp có thể là .doc; {SAVE_AS_DOCX}.",
    "word_xml": f"Đây là tệp Word dạng XML; {SAVE_AS_DOCX}.",
    "presentation": "Đây là tệp trình chiếu PowerPoint, không phải bản kế hoạch; hãy gửi tệp Word, PDF hoặc Excel của kế hoạch.",
    "picture": "Đây là ảnh chụp ({kind}), không có chữ để đọc; hãy gửi tệp Word gốc hoặc tệp PDF xuất từ Word.",
    "scanned": "Tệp PDF này là bản quét (ảnh chụp), không có chữ để đọc; hãy gửi tệp Word gốc hoặc tệp PDF xuất từ Word.",
    "unreadable_text": "Chữ trong tệp PDF này bị mã hoá bằng phông riêng, không chép ra được; hãy gửi tệp Word gốc của kế hoạch.",
    "not_tables": "Đây không phải tệp số liệu tải về từ phần mềm; hãy tải tệp Excel của các bảng số liệu, ghi số vào đó rồi nộp lại.",
    "no_evidence_list": "Không tìm thấy danh mục minh chứng nào; hãy thêm dòng tiêu đề có “Mã minh chứng” và “Tên minh chứng” lên đầu bảng rồi gửi lại.",
    "no_text": "Tệp không có chữ nào để đọc; hãy kiểm tra và chọn lại tệp kế hoạch.",
    "archive": "Đây là tệp nén ({kind}), không phải một văn bản; hãy giải nén rồi gửi riêng tệp kế hoạch (.docx, .pdf, .xlsx).",
    "unknown_type": "Không nhận ra loại tệp này; hãy gửi tệp Word (.docx), PDF, Excel (.xlsx) hoặc văn bản (.txt).",
    "paste_empty": "Chưa có gì để đọc; hãy chọn các dòng trong Excel hoặc Word, bấm Ctrl+C, rồi dán vào ô này.",
    "paste_picture": "Trong bộ nhớ tạm chỉ có ảnh, không có chữ; hãy chọn các ô chữ trong Excel hoặc Word rồi sao chép lại.",
    "paste_too_large": "Khối dán quá lớn (trên {limit} ký tự); hãy chép từng phần, hoặc dùng “Nhập tài liệu” để nộp cả tệp.",
    "paste_too_many_rows": "Khối dán có {rows} dòng, quá giới hạn {limit} dòng một lần; hãy chép từng phần, hoặc dùng “Nhập tài liệu” để nộp cả tệp.",
    "paste_too_many_columns": "Khối dán có {columns} cột, quá giới hạn {limit} cột; hãy chỉ chọn các cột của kế hoạch rồi sao chép lại.",
    "paste_too_many_cells": "Khối dán có quá nhiều ô (trên {limit} ô); hãy chỉ chọn các dòng, các cột của kế hoạch rồi sao chép lại.",
    "paste_long_cell": "Một ô có {letters} ký tự, quá giới hạn {limit}: “{start}…”; hãy chép lại các ô của bảng kế hoạch, không chép cả văn bản vào một ô.",
    "paste_too_deep": "Khối dán có quá nhiều bảng lồng trong nhau nên không đọc được; hãy dán vào Excel trước, rồi chép lại từ Excel.",
    "paste_too_slow": "Khối dán này làm máy đọc quá lâu (trên {seconds} giây); hãy chép từng phần nhỏ hơn rồi dán lại.",
    "bad_encoding": "Chữ trong tệp văn bản không đúng bảng mã Unicode (UTF-8); hãy mở bằng Notepad, chọn Lưu thành với mã hoá UTF-8 rồi gửi lại.",
    "legacy_font": (
        "Tệp dùng bảng mã cũ {encoding} nên chữ đọc ra bị sai; hãy mở trong Word, chọn toàn bộ, dùng công cụ Unikey "
        "(Ctrl+Shift+F6) chuyển mã từ {encoding} sang Unicode, lưu lại rồi gửi lại."
    ),
}


def refuse(code: str, **fields: object) -> ReadingError:
    """The error of a code, ready to raise. `fields` fill the sentence; raises KeyError for a code without a sentence."""
    return ReadingError(SENTENCES[code].format(**fields), code=code)
