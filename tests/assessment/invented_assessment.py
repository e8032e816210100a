"""A self-assessment of an invented lower-secondary school: every person, number and event in it is made up.

`big_assessment()` is as long as such reports are: all criteria of the framework, about a hundred pages, 140 evidences.
"""

from __future__ import annotations

from typing import Any

from caitien.assessment.model import SelfAssessment
from caitien.standards import Framework, load

SCHOOL = "Trường Trung học cơ sở Suối Ngàn"
PEOPLE = (
    ("Vi Thị Hồng Mai", "Hiệu trưởng", "chair"),
    ("Lường Quốc Bình", "Phó Hiệu trưởng", "vice_chair"),
    ("Cầm Thị Thu Lan", "Thư ký hội đồng trường", "secretary"),
    ("Tòng Văn Khánh", "Tổ trưởng tổ Khoa học tự nhiên", "member"),
    ("Hà Thị Bích Đào", "Tổ trưởng tổ Khoa học xã hội", "member"),
    ("Quàng Minh Đức", "Chủ tịch Công đoàn", "member"),
    ("Lò Thị Ngọc", "Kế toán", "member"),
)
FACTS = (
    "Nhà trường xây dựng kế hoạch từ đầu năm học, có ý kiến của tổ chuyên môn, cha mẹ học sinh và chính quyền xã {code}.",
    "Kế hoạch nêu rõ chỉ tiêu, người phụ trách và thời hạn; Hội đồng trường thông qua trước khi ban hành {code}.",
    "Mỗi tháng CBQL và tổ trưởng rà soát một lần; việc chậm được ghi vào sổ nghị quyết kèm biện pháp xử lý {code}.",
    "Trong năm học có 31 GV, 100% đạt chuẩn trình độ đào tạo, trong đó 6 GV trên chuẩn {code}.",
    "Dữ liệu về lớp, HS, đội ngũ được cập nhật trên phần mềm ngành và đối chiếu với sổ của nhà trường {code}.",
    "Ý kiến của HS và CMHS được lấy hai lần trong năm học bằng phiếu không ghi tên; kết quả công khai trong cuộc họp {code}.",
    "Kết quả khảo sát cho thấy 92,4% CMHS hài lòng với việc thông báo kết quả học tập, tăng 3,1 điểm so với năm trước {code}.",
    "Tổ chuyên môn sinh hoạt hai tuần một lần theo hướng nghiên cứu bài học; biên bản lưu tại tổ và trên kho dùng chung {code}.",
    "Nhà trường phối hợp với trạm y tế xã khám sức khỏe cho 486 HS, lập sổ theo dõi riêng cho em cần giúp đỡ {code}.",
    "Sau khi rà soát cuối học kỳ I, nhà trường điều chỉnh lịch phụ đạo và phân công lại GV dạy thay {code}.",
    "So với ba năm học trước, tỷ lệ HS bỏ học giảm từ 0,9% xuống 0,2%; ba em nghỉ học dài ngày đã trở lại lớp {code}.",
    "Việc thu chi công khai theo quý tại bảng tin và trên trang thông tin điện tử của nhà trường {code}.",
    "Ban đại diện CMHS tham gia giám sát bữa ăn bán trú, có biên bản từng đợt kiểm tra {code}.",
    "Các góp ý của đoàn kiểm tra năm trước đã được khắc phục, có minh chứng trước và sau khi làm {code}.",
)
EVIDENCE = (
    "Kế hoạch giáo dục nhà trường",
    "Nghị quyết Hội đồng trường",
    "Biên bản họp tổ chuyên môn",
    "Báo cáo sơ kết học kỳ I",
    "Bảng tổng hợp phiếu khảo sát CMHS",
    "Sổ theo dõi thiết bị, phòng học bộ môn",
    "Hồ sơ bồi dưỡng GV",
    "Ảnh hoạt động trải nghiệm có chú thích ngày, nơi chụp",
    "Báo cáo công khai tài chính",
    "Biên bản kiểm tra an toàn trường học",
)
STRENGTHS = (
    "Kế hoạch sát điều kiện của trường, được rà soát theo tháng và điều chỉnh có lý do {code}.",
    "Đội ngũ ổn định, tổ trưởng có kinh nghiệm, việc dự giờ góp ý thành nền nếp {code}.",
    "Phối hợp với gia đình và xã chặt chẽ, thông tin hai chiều kịp thời {code}.",
)
WEAK = (
    ("Dữ liệu ở hai phần mềm có lúc chưa khớp nhau.", "Chưa phân công một người đối chiếu hằng tháng."),
    (
        "Phòng học bộ môn Khoa học tự nhiên thiếu thiết bị theo danh mục tối thiểu.",
        "Kinh phí mua sắm cấp chậm hai năm liền.",
    ),
    ("Một số GV còn ngại dùng học liệu số.", "Tập huấn tập trung vào công cụ, ít gắn với bài dạy cụ thể."),
)


def framework(framework_id: str = "tt57-2026-pho-thong") -> Framework:
    return load(framework_id)


def small_assessment(framework_id: str = "tt57-2026-pho-thong", **changes: Any) -> SelfAssessment:
    """As a school has it in the middle of the year: some criteria judged, one not met, most not yet."""
    return _made(framework_id, evidence_each=3, facts=3, **changes)


def big_assessment(framework_id: str = "tt57-2026-pho-thong", evidence: int = 140, **changes: Any) -> SelfAssessment:
    """As it stands at the end of the year: everything written and judged, about a hundred pages."""
    return _made(framework_id, evidence_each=0, evidence_all=evidence, facts=56, complete=True, **changes)


def _made(
    framework_id: str,
    *,
    facts: int,
    evidence_each: int,
    evidence_all: int = 0,
    complete: bool = False,
    **changes: Any,
) -> SelfAssessment:
    known = framework(framework_id)
    old = framework_id.startswith("tt1")
    criteria = [*known.criteria, *known.level_items]
    coded = [criterion.code for criterion in known.criteria]
    count = evidence_all or evidence_each * len(coded)
    evidence = [_evidence(n, coded[n % len(coded)], n // len(coded) + 1, old=old) for n in range(count)]
    by_code: dict[str, list[str]] = {}
    for one in evidence:
        by_code.setdefault(one["criteria"][0], []).append(one["code"])
    reviews = []
    for n, criterion in enumerate(criteria):
        codes = by_code.get(criterion.code, ["MC.9.9.99"])
        if not complete and n > 4:
            continue
        review: dict[str, Any] = {
            "code": criterion.code,
            "levels": [
                {
                    "level": level.level,
                    "description": _description(n, m, max(facts - 6 * m, 1), codes, old=old),
                    "judged": _judged(n, m, complete=complete),
                }
                for m, level in enumerate(criterion.levels)
            ],
            "writers": [PEOPLE[n % len(PEOPLE)][0]],
            "state": "approved" if complete else "writing",
        }
        if old:
            review["strengths"] = [_with(STRENGTHS[n % 3], codes, n, old=old)]
            review["weaknesses"] = [{"text": WEAK[n % 3][0], "cause": WEAK[n % 3][1]}]
            review["improvement"] = "Hiệu trưởng phân công Phó Hiệu trưởng phụ trách, hoàn thành trước tháng 5/2027."
        reviews.append(review)
    standards = [
        {
            "code": standard.code,
            "opening": f"Tiêu chuẩn {standard.code} nói về: {standard.title.lower()}.",
            "strengths": [_with(text, by_code.get(standard.criteria[0].code, []), 0, old=old) for text in STRENGTHS],
            "weaknesses": [
                {"text": text, "cause": cause, "priority": "high", "criteria": [standard.criteria[0].code]}
                for text, cause in WEAK
            ],
            "trend": "Ba năm học liên tiếp các chỉ số chính tăng nhẹ; tỷ lệ chuyên cần ổn định trên 98%.",
            "priorities": ["Đối chiếu dữ liệu hằng tháng", "Bổ sung thiết bị phòng học bộ môn"],
            "conclusion": "Nhà trường giữ được nền nếp, cần đầu tư thêm cho thiết bị và dữ liệu.",
        }
        for standard in known.standards
    ]
    value: dict[str, Any] = {
        "schema": "caitien.assessment/1",
        "school": {
            "name": SCHOOL,
            "level": "tieu_hoc" if "tieu-hoc" in framework_id else "thcs",
            "ownership": "công lập",
            "address": "Bản Ngàn, xã Suối Ngàn",
        },
        "school_year": "2026-2027",
        "framework": framework_id,
        "document": {
            "place": "Suối Ngàn",
            "date": "2027-06-10",
            "parent_body": "Ủy ban nhân dân xã Suối Ngàn",
            "signer": {"role": "Hiệu trưởng", "name": PEOPLE[0][0]},
        },
        "legal_bases": [
            {"kind": "Thông tư", "number": known.document.number, "date": known.document.issued.isoformat()},
        ],
        "council": {
            "decision": {"number": "45/QĐ-THCSSN", "date": "2026-09-10", "place": "Suối Ngàn"},
            "members": [
                {"name": name, "position": position, "role": role, "tasks": [f"Phụ trách tiêu chuẩn {n % 4 + 1}"]}
                for n, (name, position, role) in enumerate(PEOPLE)
            ],
            "groups": [
                {
                    "name": "Nhóm thư ký",
                    "kind": "secretariat",
                    "leader": PEOPLE[2][0],
                    "members": [PEOPLE[6][0]],
                    "tasks": ["Tổng hợp phiếu, viết báo cáo"],
                },
                *(
                    {
                        "name": f"Nhóm {n}",
                        "leader": PEOPLE[n + 2][0],
                        "members": [PEOPLE[(n + 3) % 7][0]],
                        "criteria": [c.code for c in standard.criteria],
                        "tasks": [f"Viết phiếu tiêu chuẩn {standard.code}"],
                    }
                    for n, standard in enumerate(known.standards[:3], start=1)
                ),
            ],
        },
        "overview": {
            "contact": "Điện thoại 0212 000 000; thcssuoingan@truong.example",
            "governing_body": "UBND xã Suối Ngàn",
            "founded": "1998",
            "scale": "14 lớp, 486 HS, 42 cán bộ, giáo viên, nhân viên",
            "setting": "Xã Suối Ngàn có 2.140 hộ, đa số làm nông nghiệp.\nTình hình an ninh trật tự ổn định.",
            "advantages": "UBND xã quan tâm; CMHS đồng thuận; đội ngũ cán bộ quản lý (CBQL) đoàn kết.",
            "difficulties": "Bốn bản ở xa trường trên 7 km; thiết bị dạy học (TBDH) thiếu.",
            "pupils": "87% HS là người dân tộc thiểu số; 112 HS ở bán trú.",
            "purpose": "Xác định mức đạt được, điểm mạnh, hạn chế để cải tiến chất lượng.",
            "scope": "Toàn bộ hoạt động của nhà trường theo các tiêu chí của khung.",
            "period": "Năm học 2026-2027, số liệu 03 năm học",
            "process": [
                "Lập kế hoạch tự đánh giá ngày 12/9/2026.",
                "Phân công, thu thập minh chứng từ tháng 10/2026.",
                "Kiểm tra, phân tích trong tháng 4 và tháng 5/2027.",
                "Tổng hợp, thông qua báo cáo ngày 08/6/2027.",
            ],
        },
        "criteria": reviews,
        "standards": standards,
        "conclusion": {
            "summary": "Nhà trường tự đánh giá nghiêm túc, có minh chứng cho từng nhận định.",
            "to_department": ["Bổ sung chỉ tiêu giáo viên Tin học."],
            "to_commune": ["Đầu tư nhà đa năng và đường vào điểm bản Ngàn."],
            "to_others": [],
        },
        "evidence": evidence,
        "tables": _tables(),
        "abbreviations": {"SN": "Suối Ngàn"},
    }
    return SelfAssessment.model_validate(value | changes)


def _tables() -> list[dict[str, Any]]:
    """School data by the ids of `tt57-thcs`, and one table of the school's own that no file describes."""
    years = ("2024-2025", "2025-2026", "2026-2027")
    by_year = {"source": "Phần mềm của nhà trường", "as_of": "2027-05-30"}
    return [
        {
            "table": "head",
            "cells": {"public": {"value": 1}, "sites": {"value": 1}, "hard-area": {"value": 1}},
            "texts": {"commune": {"value": "Xã Suối Ngàn"}, "head-teacher": {"value": PEOPLE[0][0]}},
        },
        {
            "table": "classes",
            "cells": {f"grade-{g}": dict(zip(years, (4, 4, 3 + g % 2), strict=True)) for g in (6, 7, 8, 9)},
            **by_year,
        },
        {
            "table": "staff-now",
            "cells": {
                "head-teacher": {"total": 1, "female": 1, "minority": 1, "above": 1},
                "teachers": {"total": 31, "female": 19, "minority": 22, "below": 0, "standard": 25, "above": 6},
            },
        },
        {
            "table": "pupils",
            "cells": {
                **{f"grade-{g}": dict(zip(years, (320 + g, 118 + g, 112 + g), strict=True)) for g in (6, 7, 8, 9)},
                "female": dict(zip(years, (640, 231, 228), strict=True)),
                "right-age": dict(zip(years, (None, 480, 470), strict=True)),
            },
            **by_year,
        },
        {
            "table": "thu-vien",
            "cells": {"dau-sach": {"2025-2026": 1480, "2026-2027": 1492.5}, "luot-muon": {"2026-2027": None}},
            "source": "Sổ thư viện",
        },
    ]


def _evidence(n: int, criterion: str, number: int, *, old: bool) -> dict[str, Any]:
    standard, _, last = criterion.partition(".")
    code = f"[H{standard}-{standard}.{last}-{number:02d}]" if old else f"MC.{standard}.{last}.{number:02d}"
    return {
        "code": code,
        "name": f"{EVIDENCE[n % len(EVIDENCE)]} năm học 2026-2027",
        "number": f"{n + 3}/BC-THCSSN" if n % 3 else None,
        "date": f"2026-{9 + n % 4:02d}-{1 + n % 28:02d}",
        "issuer": "Nhà trường" if n % 2 else "Tổ Khoa học tự nhiên",
        "place": f"PDF; https://kho.truong.example/minh-chung/2026/{n:03d}" if n % 4 else "Bản giấy, tủ số 2, ngăn 3",
        "criteria": [criterion],
        "state": "verified",
    }


def _judged(criterion: int, level: int, *, complete: bool) -> str | None:
    if complete:
        return "not_met" if level and criterion % 7 == 6 else "met"
    return {0: "met", 1: "not_met" if level == 0 else None, 2: "met" if level == 0 else None, 3: None}.get(criterion)


def _description(criterion: int, level: int, count: int, codes: list[str], *, old: bool) -> str:
    parts = []
    for n in range(count):
        text = FACTS[(3 * criterion + 5 * level + n) % len(FACTS)]
        parts.append(_with(text, codes, n, old=old))
    return "\n".join(" ".join(parts[i : i + 3]) for i in range(0, len(parts), 3))


def _with(text: str, codes: list[str], n: int, *, old: bool) -> str:
    """The sentence with one code in it, or two, as the framework cites them."""
    cited = list(dict.fromkeys(codes[(n + k) % len(codes)] for k in range(1 + n % 2))) if codes else []
    said = "; ".join(cited) if old else f"({', '.join(cited)})"
    return text.format(code=said if cited else "").replace(" .", ".")
