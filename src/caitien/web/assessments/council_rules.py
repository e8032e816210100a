"""What is asked of a council, as the library says it: the page asks the catalogue for these by name.

A test compares them with the library; which exact fault there is stays in Vietnamese.
"""

from __future__ import annotations

from django.utils.translation import gettext_noop

RULES = (
    gettext_noop("Có ít nhất 5 thành viên"),
    gettext_noop("Có ít nhất 7 thành viên"),
    gettext_noop("Số thành viên là số lẻ"),
    gettext_noop("Có đúng một chủ tịch"),
    gettext_noop("Có đúng một thư ký"),
    gettext_noop("Mỗi thành viên được giao việc cụ thể"),
    gettext_noop("Mỗi người có tên một lần"),
    gettext_noop("Tiêu chí nào cũng có người viết"),
    gettext_noop("Có quyết định thành lập, đủ số và ngày"),
)
OURS = gettext_noop("kiểm tra của phần mềm")
