"""The sentences that the script of a sheet of school data says."""

from __future__ import annotations

from django.utils.translation import gettext as _


def sheet_words() -> dict[str, str]:
    """By name; {n}, {time}, … are put in by the script."""
    return {
        "saved": _("Đã lưu {time}"),
        "ready": _("Gõ vào ô; mọi thay đổi tự lưu."),
        "saving": _("Đang lưu…"),
        "offline": _("Chưa lưu được: mất mạng – {n} ô còn giữ trong máy này, sẽ gửi lại."),
        "server": _("Chưa lưu được: máy chủ chưa trả lời – {n} ô còn giữ trong máy này, sẽ gửi lại."),
        "full": _("Chưa lưu được: máy chủ hết chỗ chứa – {n} ô còn giữ trong máy này. Hãy báo người quản trị; máy sẽ gửi lại."),
        "expired": _("Chưa lưu được: bạn đã đăng xuất – {n} ô còn giữ trong máy này."),
        "sign_in": _("Đăng nhập lại"),
        "gone": _("Bạn không còn quyền ghi số liệu này, hoặc bản tự đánh giá không còn; {n} ô còn giữ trong máy này."),
        "other_user": _("Máy này còn giữ {n} ô chưa gửi của một người dùng khác; người đó đăng nhập rồi mở lại trang này thì được gửi."),
        "no_room": _("Máy này không cho giữ tạm số chưa gửi: đừng đóng trang khi chưa thấy “Đã lưu”."),
        "wait": _("{n} ô chưa lưu: xem các ô có dấu."),
        "not_saved": _("chưa lưu"),
        "undo": _("Hoàn tác: {what}"),
        "undone": _("Đã hoàn tác: {what}"),
        "redone": _("Đã làm lại: {what}"),
        "nothing": _("Không còn gì để hoàn tác."),
        "wait_undo": _("Hãy đợi lưu xong rồi hoàn tác."),
        "failed": _("Chưa làm được: mất mạng hoặc máy chủ chưa trả lời. Hãy thử lại."),
        "one": _("sửa “{cell}”"),
        "paste": _("dán {n} ô"),
        "clear": _("xóa {n} ô"),
        "fill": _("điền xuống {n} ô"),
        "copied": _("Đã chép {n} ô."),
        "pasted": _("Đã dán {n} ô."),
        "over": _("{n} ô đã có số được thay; bấm Hoàn tác nếu không muốn."),
        "outside": _("{n} ô nằm ngoài bảng nên không dán."),
        "clash": _("{who} vừa ghi ô này lúc {when}, trong khi bạn đang ghi."),
        "someone": _("Một người khác"),
        "mine": _("Giữ số của tôi"),
        "theirs": _("Giữ số vừa được lưu"),
        "mine_is": _("Của tôi"),
        "theirs_is": _("Vừa được lưu"),
        "empty": _("(để trống)"),
        "retype": _("Sửa lại"),
        "drop": _("Bỏ chữ này"),
        "row_gone": _("Ô này không còn trong mẫu. Bạn đã ghi: “{words}”"),
        "source": _("Nguồn số liệu"),
        "as_of": _("Số liệu tính đến ngày"),
    }  # fmt: skip
