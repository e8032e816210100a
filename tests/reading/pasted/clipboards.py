"""The same cells as Word, Excel, LibreOffice and Google Sheets put them on the clipboard, with what each of them adds."""

from __future__ import annotations

from html import escape

HEADINGS = ["STT", "Tiêu chí", "Nội dung cải tiến", "Biện pháp thực hiện", "Thời gian", "Người phụ trách", "Kinh phí (đồng)"]  # fmt: skip
ROWS = [
    ["1", "1.2", "Hội đồng trường họp đúng định kỳ", "- Lập lịch họp cả năm\n- Ghi biên bản từng phiên", "Tháng 9/2026", "Hiệu trưởng", "0"],
    ["2", "2.3", "Giáo viên dùng được phần mềm soạn bài", "- Mở 02 lớp tập huấn\n- Dự giờ, góp ý", "10/2026 – 12/2026", "Quàng Văn Thiện; Tổ 1", "2.500.000"],
    ["3", "3.5", "Đủ máy tính cho phòng tin học", "- Lập tờ trình\n- Tham mưu UBND xã", "Trước 15/11/2026", "Kế toán", "27.499.000"],
]  # fmt: skip

_WORD_HEAD = """<html xmlns:v="urn:schemas-microsoft-com:vml"
xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:w="urn:schemas-microsoft-com:office:word"
xmlns:m="http://schemas.microsoft.com/office/2004/12/omml"
xmlns="http://www.w3.org/TR/REC-html40">

<head>
<meta http-equiv=Content-Type content="text/html; charset=utf-8">
<meta name=ProgId content=Word.Document>
<meta name=Generator content="Microsoft Word 15">
<link rel=File-List href="file:///C:/Users/MAY/AppData/Local/Temp/msohtmlclip1/01/clip_filelist.xml">
<!--[if gte mso 9]><xml>
 <o:OfficeDocumentSettings>
  <o:AllowPNG/>
 </o:OfficeDocumentSettings>
</xml><![endif]-->
<!--[if gte mso 9]><xml>
 <w:WordDocument>
  <w:View>Normal</w:View>
  <w:LidThemeOther>VI</w:LidThemeOther>
 </w:WordDocument>
</xml><![endif]--><!--[if gte mso 9]><xml>
 <w:LatentStyles DefLockedState="false" LatentStyleCount="376">
  <w:LsdException Locked="false" Priority="0" QFormat="true" Name="Normal"/>
 </w:LatentStyles>
</xml><![endif]-->
<style>
<!--
 /* Font Definitions */
 @font-face
	{font-family:Wingdings;
	panose-1:5 0 0 0 0 0 0 0 0 0;}
 p.MsoNormal, li.MsoNormal, div.MsoNormal
	{mso-style-unhide:no;
	mso-style-qformat:yes;
	margin:0cm;}
 @list l0:level1
	{mso-level-number-format:bullet;
	mso-level-text:-;}
-->
</style>
</head>

<body lang=VI style='tab-interval:36.0pt;word-wrap:break-word'>
<!--StartFragment-->
"""


def word(headings: list[str] = HEADINGS, rows: list[list[str]] = ROWS) -> str:
    """Word: a paragraph a line, bullets as text of the font Symbol in a span that Word itself ignores, empty <o:p>."""
    made = [_WORD_HEAD, "<table class=MsoTableGrid border=1 cellspacing=0 cellpadding=0\n style='border-collapse:collapse;mso-yfti-tbllook:1184'>"]  # fmt: skip
    for r, row in enumerate([headings, *rows]):
        made.append(f" <tr style='mso-yfti-irow:{r};page-break-inside:avoid'>")
        for text in row:
            made.append(
                "  <td width=90 valign=top style='width:67.5pt;border:solid windowtext 1.0pt;\n  mso-border-alt:solid windowtext .5pt;padding:0cm 5.4pt 0cm 5.4pt'>"
            )
            made += [_word_line(line, heading=r == 0) for line in text.split("\n")]
            made.append("  </td>")
        made.append(" </tr>")
    made.append("</table>\n\n<p class=MsoNormal><o:p>&nbsp;</o:p></p>\n<!--EndFragment-->\n</body>\n\n</html>")
    return "\n".join(made)


def _word_line(line: str, *, heading: bool) -> str:
    words = escape(line.removeprefix("- ")).replace(" ", "\n  ", 1)
    if line.startswith("- "):
        return (
            "  <p class=MsoListParagraph style='margin-left:18.0pt;mso-add-space:auto;\n  text-indent:-18.0pt;mso-list:l0 level1 lfo1'>"
            "<![if !supportLists]><span\n  lang=VI style='font-family:Symbol;mso-fareast-font-family:Symbol'><span\n"
            "  style='mso-list:Ignore'>·<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;\n"
            f"  </span></span></span><![endif]><span lang=VI>{words}<o:p></o:p></span></p>"
        )
    inner = f"<b style='mso-bidi-font-weight:normal'>{words}</b>" if heading else words
    return f"  <p class=MsoNormal align=center style='text-align:center;mso-element:frame'><span\n  lang=VI style='font-size:13.0pt'>{inner}<o:p></o:p></span></p>"


def excel(headings: list[str] = HEADINGS, rows: list[list[str]] = ROWS) -> str:
    """Excel: <col> elements, line breaks as <br> with the source's indentation after it, a hidden row of widths at the end."""
    width = max(len(row) for row in [headings, *rows])
    made = [
        '<html xmlns:v="urn:schemas-microsoft-com:vml"\nxmlns:o="urn:schemas-microsoft-com:office:office"\n'
        'xmlns:x="urn:schemas-microsoft-com:office:excel"\nxmlns="http://www.w3.org/TR/REC-html40">\n<head>\n'
        '<meta name=ProgId content=Excel.Sheet>\n<meta name=Generator content="Microsoft Excel 15">\n<style>\n<!--table\n\t'
        '{mso-displayed-decimal-separator:"\\,";\n\tmso-displayed-thousand-separator:"\\.";}\n.xl65\n\t{mso-number-format:"\\@";}\n-->\n</style>\n</head>\n'
        "<body link=\"#0563C1\" vlink=\"#954F72\">\n<table border=0 cellpadding=0 cellspacing=0 width=800 style='border-collapse:\n collapse;width:600pt'>\n"
        "<!--StartFragment-->\n" + " <col width=64 style='width:48pt'>\n" * width
    ]  # fmt: skip
    for r, row in enumerate([headings, *rows]):
        made.append(" <tr height=20 style='height:15.0pt;mso-height-source:userset'>")
        for c, text in enumerate(row):
            number = " align=right" if text.replace(".", "").isdigit() else ""
            words = escape(text).replace("\n", "<br>\n    ")
            made.append(f"  <td{number} class=xl6{5 + (r > 0)} width=64 style='{'height:15.0pt;' if c == 0 else 'border-left:none;'}width:48pt'>{words}</td>")  # fmt: skip
        made.append(" </tr>")
    made.append(
        "<!--EndFragment-->\n <![if supportMisalignedColumns]>\n <tr height=0 style='display:none'>\n"
        + "  <td width=64 style='width:48pt'></td>\n" * width
        + " </tr>\n <![endif]>\n</table>\n</body>\n</html>"
    )
    return "\n".join(made)


def excel_text(headings: list[str] = HEADINGS, rows: list[list[str]] = ROWS) -> str:
    """Excel's plain text: tabs between cells, cells with line breaks in quotes, CR LF after each row."""

    def cell(text: str) -> str:
        return '"' + text.replace('"', '""') + '"' if "\n" in text or "\t" in text else text

    return "".join("\t".join(cell(text) for text in row) + "\r\n" for row in [headings, *rows])


def google_sheets(headings: list[str] = HEADINGS, rows: list[list[str]] = ROWS) -> str:
    """Google Sheets: its own elements and attributes round a plain table."""
    made = [
        "<meta charset='utf-8'><google-sheets-html-origin><style type=\"text/css\"><!--td {border: 1px solid #cccccc;}br {mso-data-placement:same-cell;}--></style>"
        '<table xmlns="http://www.w3.org/1999/xhtml" cellspacing="0" cellpadding="0" dir="ltr" border="1" data-sheets-root="1" data-sheets-baot="1"><colgroup>'
        + '<col width="100"/>' * len(headings)
        + "</colgroup><tbody>"
    ]
    for row in [headings, *rows]:
        made.append('<tr style="height:21px;">')
        for text in row:
            value = escape(f'{{"1":2,"2":"{text}"}}'.replace("\n", "\\n"), quote=True)
            made.append(f'<td style="overflow:hidden;padding:2px 3px 2px 3px;vertical-align:bottom;" data-sheets-value="{value}">{escape(text).replace(chr(10), "<br/>")}</td>')  # fmt: skip
        made.append("</tr>")
    return "".join(made) + "</tbody></table>"


def calc(headings: list[str] = HEADINGS, rows: list[list[str]] = ROWS) -> str:
    """LibreOffice Calc: numbers in attributes, fonts in elements."""
    made = [
        '<!DOCTYPE html>\n<html>\n<head>\n\t<meta http-equiv="content-type" content="text/html; charset=utf-8"/>\n\t<title></title>\n'
        '\t<meta name="generator" content="LibreOffice 24.2 (Windows)"/>\n\t<style type="text/css">\n\t\tbody,div,table { font-family:"Liberation Sans"; }\n\t</style>\n'
        '</head>\n<body>\n<table cellspacing="0" border="0">\n\t' + "<colgroup width=\"85\"></colgroup>\n\t" * len(headings)
    ]  # fmt: skip
    for row in [headings, *rows]:
        made.append("\t<tr>")
        for text in row:
            plain = text.replace(".", "")
            number = f' sdval="{plain}" sdnum="1066;0;#.##0"' if plain.isdigit() and text.count(".") != 1 else ""
            made.append(f'\t\t<td style="border: 1px solid #000000" height="17" align="left"{number}><font face="Times New Roman">{escape(text).replace(chr(10), "<br>")}</font></td>')  # fmt: skip
        made.append("\t</tr>")
    return "\n".join(made) + "\n</table>\n</body>\n</html>"


def writer(headings: list[str] = HEADINGS, rows: list[list[str]] = ROWS) -> str:
    """LibreOffice Writer: lists as lists, lines of the source broken anywhere."""
    made = ['<html><head><meta name="generator" content="LibreOffice 7.4.7.2 (Linux)"/>\n<style type="text/css">\n@page { size: 11.69in 8.27in }\n</style></head>\n<body lang="vi-VN">\n<center>\n<table width="954" cellpadding="7" cellspacing="0">\n<col width="33"/>\n']  # fmt: skip
    for row in [headings, *rows]:
        made.append('<tr valign="top">')
        for text in row:
            made.append('<td width="33" style="border: 1px solid #000000; padding: 0in">')
            items = [line.removeprefix("- ") for line in text.split("\n") if line.startswith("- ")]
            if items:
                made.append("<ul>" + "".join(f'\n\t<li><p class="western" style="margin-bottom: 0in">\n\t{escape(i).replace(" ", chr(10) + chr(9), 1)}</p></li>' for i in items) + "\n</ul>")  # fmt: skip
            else:
                made.append(f'<p class="western" align="justify"><font face="Times New Roman, serif"><font size="3"\n\tstyle="font-size: 12pt">{escape(text)}</font></font></p>')  # fmt: skip
            made.append("</td>")
        made.append("</tr>")
    return "\n".join(made) + "</table></center></body></html>"


PROGRAMS = {"word": word, "excel": excel, "google_sheets": google_sheets, "calc": calc, "writer": writer}
