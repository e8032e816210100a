"""What the grid of the plan page has to know: what may be edited now, its words, what the reader did last."""

from __future__ import annotations

import json
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from caitien.web.plans.editing import permitted
from caitien.web.plans.fields import FIELDS, STATUSES
from caitien.web.plans.models import Plan
from caitien.web.plans.states import REPORTED, PlanLocked
from caitien.web.plans.table_cells import NOBODY
from caitien.web.plans.views.context import link
from caitien.web.schools.guard import SchoolRequest
from caitien.web.schools.roles import Capability, may
from caitien.web.ui.templatetags.ui import link_to


@dataclass(frozen=True, slots=True)
class Editing:
    """`mode`: "all", "reported" (the plan is frozen, what is reported goes on) or "" (nothing). `why`: the sentence of it."""

    mode: str = ""
    why: str = ""

    def may_edit(self, field: str | None) -> bool:
        """Whether a column of the table can be edited."""
        if field is None or not self.mode:
            return False
        return self.mode == "all" or set(FIELDS[field].columns) <= REPORTED


def editing_of(request: SchoolRequest, plan: Plan) -> Editing:
    """What the reader may edit of the plan in its state (at most one query)."""
    if not may(request.membership.role, Capability.EDIT_PLAN):
        return Editing()
    try:
        permitted(plan, content=True)
    except PlanLocked as locked:
        why = str(locked)
    else:
        return Editing("all")
    try:
        permitted(plan, content=False)
    except PlanLocked:
        return Editing("", why)
    return Editing("reported", why)


def grid_data(request: SchoolRequest, plan: Plan, editing: Editing) -> dict[str, str]:
    """What the grid's script is told: addresses, words, the statuses to choose from; data-… attributes of the table."""
    addresses = {name: link(name, plan) for name in ("add", "move", "bulk")}
    return {
        "mode": editing.mode,
        "plan": str(plan.pk),
        "user": str(request.user.pk),
        "o": link("cells", plan),
        "undo": link("undo_batch", plan, batch=NOBODY),
        "login": reverse("account_login"),
        "choices": json.dumps([(name, str(word)) for name, word in STATUSES.items() if name != "overdue"], ensure_ascii=False),
        "words": grid_words(),
        **(addresses if editing.mode == "all" else {}),
        **({"paste": paste} if editing.mode == "all" and (paste := link_to("plans:paste", school=request.school.slug, plan=plan.pk)) else {}),
    }  # fmt: skip


def grid_words() -> str:
    """The sentences that the grid's script says, as JSON."""
    return json.dumps(
        {
            "saved": _("Đã lưu {time}"),
            "ready": _("Gõ vào ô để sửa; mọi thay đổi tự lưu."),
            "saving": _("Đang lưu…"),
            "offline": _("Chưa lưu được: mất mạng – {n} ô còn giữ trong máy này, sẽ gửi lại."),
            "server": _("Chưa lưu được: máy chủ chưa trả lời – {n} ô còn giữ trong máy này, sẽ gửi lại."),
            "full": _("Chưa lưu được: máy chủ hết chỗ chứa – {n} ô còn giữ trong máy này. Hãy báo người quản trị; máy sẽ gửi lại."),
            "expired": _("Chưa lưu được: bạn đã đăng xuất – {n} ô còn giữ trong máy này."),
            "sign_in": _("Đăng nhập lại"),
            "gone": _("Bạn không còn quyền sửa kế hoạch này, hoặc kế hoạch không còn; {n} ô còn giữ trong máy này."),
            "other_user": _("Máy này còn giữ {n} ô chưa gửi của một người dùng khác; người đó đăng nhập rồi mở lại trang này thì được gửi."),
            "no_room": _("Máy này không cho giữ tạm chữ chưa gửi: đừng đóng trang khi chưa thấy “Đã lưu”."),
            "wait": _("{n} ô chưa lưu: xem các ô có dấu."),
            "not_saved": _("chưa lưu"),
            "read_only": _("Cột này không sửa ở đây."),
            "locked": _("Nội dung đã khóa; chỉ sửa được các cột tiến độ."),
            "sums": _("Mục này có các khoản kinh phí riêng: hãy sửa ở trang của mục."),
            "undo": _("Hoàn tác: {what}"),
            "redo": _("Làm lại: {what}"),
            "undone": _("Đã hoàn tác: {what}"),
            "redone": _("Đã làm lại: {what}"),
            "nothing": _("Không còn gì để hoàn tác."),
            "wait_undo": _("Hãy đợi lưu xong rồi hoàn tác."),
            "one": _("sửa “{column}”"),
            "many": _("sửa {n} ô"),
            "fill": _("điền xuống {n} ô"),
            "paste": _("dán {n} ô"),
            "clear": _("xóa chữ ở {n} ô"),
            "add": _("thêm một mục"),
            "remove": _("bỏ {n} mục"),
            "move": _("đổi chỗ một mục"),
            "copied": _("Đã chép {n} ô."),
            "over": _("Dán {n} ô sẽ thay chữ đang có ở {m} ô."),
            "beyond": _("{n} dòng vượt quá bảng: xem trước rồi thêm thành mục mới."),
            "skipped": _("{n} ô không dán được vì cột không sửa được."),
            "do_paste": _("Dán"),
            "preview": _("Xem trước các dòng mới"),
            "cancel": _("Thôi"),
            "moved": _("Đã chuyển đến vị trí {n} trong nhóm."),
            "edge": _("Mục đã ở đầu hoặc cuối nhóm."),
            "sorted": _("Bảng đang xếp theo cột; hãy bỏ xếp rồi đổi chỗ."),
            "chosen": _("Đã chọn {n} mục"),
            "together": _("sửa {n} mục"),
            "set_what": _("Hãy ghi cần đặt thành gì."),
            "failed": _("Chưa làm được: mất mạng hoặc máy chủ chưa trả lời. Hãy thử lại."),
            "clash": _("{who} vừa lưu ô này lúc {when}, trong khi bạn đang viết."),
            "someone": _("Một người khác"),
            "mine": _("Giữ lời của tôi"),
            "theirs": _("Giữ lời vừa được lưu"),
            "mine_is": _("Lời của tôi"),
            "theirs_is": _("Lời vừa được lưu"),
            "both": _("Giữ cả hai"),
            "empty": _("(để trống)"),
            "use": _("Ghi “{words}”"),
            "keep": _("Giữ như đã ghi"),
            "retype": _("Sửa lại"),
            "drop": _("Bỏ chữ này"),
            "row_gone": _("Mục này không còn trong kế hoạch. Chữ bạn viết: “{words}”"),
            "drag": _("Kéo để đổi chỗ"),
            "open": _("Mở trang của mục"),
        },
        ensure_ascii=False,
    )  # fmt: skip
