"""What a preschool writes under the 25 criteria of Thông tư 19/2018; schools and people are invented."""

from __future__ import annotations

from .items import Item


def _item(code: str, weakness: str, content: str, measures: tuple[str, ...], evidence: tuple[str, ...]) -> Item:
    return Item(criteria=(code,), weakness=weakness, content=content, measures=measures, evidence=evidence)


PRESCHOOL = [
    _item(
        "1.1",
        "Chiến lược phát triển chưa nêu lộ trình bổ sung phòng học cho trẻ nhà trẻ.",
        "Bổ sung chiến lược phát triển giai đoạn 2025-2030",
        ("Họp lấy ý kiến phụ huynh các nhóm lớp", "Trình UBND phường phê duyệt"),
        ("Chiến lược bổ sung", "Văn bản phê duyệt"),
    ),
    _item(
        "1.2",
        "Hội đồng trường chưa có kế hoạch giám sát theo quý.",
        "Xây dựng kế hoạch giám sát của Hội đồng trường",
        ("Phân công thành viên giám sát từng mảng việc",),
        ("Kế hoạch giám sát", "Biên bản giám sát"),
    ),
    _item(
        "1.3",
        "Chi đoàn có 5 đoàn viên, hoạt động chưa đều.",
        "Đổi mới sinh hoạt Chi đoàn, Công đoàn",
        ("Mỗi quý một hoạt động tình nguyện tại điểm trường",),
        ("Kế hoạch hoạt động", "Ảnh hoạt động"),
    ),
    _item(
        "1.4",
        "Sinh hoạt tổ nuôi dưỡng còn lẫn với họp hành chính.",
        "Đổi mới sinh hoạt tổ chuyên môn và tổ nuôi dưỡng",
        ("Sinh hoạt theo chuyên đề 2 tuần/lần", "Trao đổi thực đơn theo mùa"),
        ("Sổ sinh hoạt tổ", "Thực đơn"),
    ),
    _item(
        "1.5",
        "Lớp 3 tuổi A quá số trẻ quy định 4 cháu.",
        "Sắp xếp lại nhóm, lớp bảo đảm số trẻ theo quy định",
        ("Mở thêm 01 lớp 3 tuổi từ tháng 10",),
        ("Danh sách trẻ theo lớp",),
    ),
    _item(
        "1.6",
        "Hồ sơ bán trú còn viết tay, dễ sai sót.",
        "Quản lý bán trú bằng phần mềm, công khai tài chính hằng ngày",
        ("Tập huấn kế toán và nhân viên nấu ăn", "Niêm yết thu chi bữa ăn hằng ngày tại bảng tin"),
        ("Bảng công khai", "Sổ tính khẩu phần ăn"),
    ),
    _item(
        "1.8",
        "Kế hoạch hoạt động giáo dục của lớp ghép còn sao chép.",
        "Hướng dẫn xây dựng kế hoạch giáo dục phù hợp lớp ghép",
        ("Dự giờ, góp ý 100% lớp ghép",),
        ("Kế hoạch giáo dục các lớp ghép", "Phiếu dự giờ"),
    ),
    _item(
        "1.10",
        "Camera ở khu bếp và cổng sau hỏng; cổng chưa có chốt an toàn.",
        "Bảo đảm an toàn trường học, an toàn thực phẩm",
        ("Sửa và lắp mới 06 camera", "Ký hợp đồng thực phẩm có truy xuất nguồn gốc", "Diễn tập thoát hiểm cho trẻ"),
        ("Hợp đồng lắp đặt", "Hợp đồng thực phẩm", "Biên bản diễn tập"),
    ),
    _item(
        "2.1",
        "Phó hiệu trưởng phụ trách nuôi dưỡng chưa học lớp dinh dưỡng.",
        "Bồi dưỡng cán bộ quản lý về dinh dưỡng, chuyển đổi số",
        ("Cử học lớp dinh dưỡng 3 tháng",),
        ("Chứng chỉ",),
    ),
    _item(
        "2.2",
        "03 giáo viên chưa đạt chuẩn trình độ; kỹ năng tổ chức hoạt động theo hướng lấy trẻ làm trung tâm chưa đều.",
        "Nâng chuẩn và bồi dưỡng giáo viên",
        ("Hỗ trợ 03 giáo viên học cao đẳng", "Tổ chức hội thi giáo viên giỏi cấp trường"),
        ("Quyết định cử đi học", "Kết quả hội thi"),
    ),
    _item(
        "2.3",
        "Thiếu 01 nhân viên y tế; nhân viên nấu ăn chưa khám sức khỏe đủ 2 lần/năm.",
        "Bổ sung nhân viên y tế, khám sức khỏe định kỳ",
        ("Ký hợp đồng với trạm y tế phường", "Khám sức khỏe tháng 9 và tháng 3"),
        ("Hợp đồng y tế", "Giấy khám sức khỏe"),
    ),
    _item(
        "3.1",
        "Vườn rau của bé nhỏ, sân điểm lẻ chưa có khu phát triển vận động.",
        "Cải tạo sân vườn, xây khu phát triển vận động",
        ("Lát 120 m2 sân mềm", "Làm 05 đồ chơi vận động từ vật liệu an toàn"),
        ("Ảnh trước và sau", "Biên bản nghiệm thu"),
    ),
    _item(
        "3.4",
        "Bếp điểm Xóm Mới chưa đúng quy trình một chiều.",
        "Sửa bếp theo quy trình một chiều",
        ("Ngăn lại khu sơ chế và khu chia ăn", "Mua tủ cơm ga và tủ lưu mẫu"),
        ("Bản vẽ", "Hóa đơn", "Giấy chứng nhận an toàn thực phẩm"),
    ),
    _item(
        "3.5",
        "Đồ chơi ngoài trời hỏng 7 chiếc; thiết bị tối thiểu lớp 5 tuổi thiếu 18%.",
        "Mua sắm, sửa chữa thiết bị, đồ dùng, đồ chơi",
        ("Rà soát theo danh mục tối thiểu", "Phát động làm đồ chơi từ nguyên liệu địa phương"),
        ("Biên bản rà soát", "Hợp đồng mua sắm"),
    ),
    _item(
        "3.6",
        "Nhà vệ sinh nhóm trẻ 24-36 tháng chưa có vòi nước ấm.",
        "Cải tạo khu vệ sinh nhóm trẻ",
        ("Lắp bình nóng lạnh và vòi thấp",),
        ("Biên bản nghiệm thu",),
    ),
    _item(
        "4.1",
        "Phụ huynh ít tham gia hoạt động trải nghiệm cùng trẻ.",
        "Mở rộng hoạt động phối hợp với cha mẹ trẻ",
        ("Mỗi tháng một buổi “Cùng con khám phá”",),
        ("Kế hoạch phối hợp", "Ảnh hoạt động"),
    ),
    _item(
        "4.2",
        "Chưa có kế hoạch dài hạn huy động nguồn lực xây phòng chức năng.",
        "Tham mưu UBND phường, huy động tài trợ xây phòng nghệ thuật",
        ("Lập đề án", "Vận động 03 doanh nghiệp"),
        ("Đề án", "Biên bản tiếp nhận tài trợ"),
    ),
    _item(
        "5.1",
        "Nội dung giáo dục STEAM mới làm ở 2 lớp 5 tuổi.",
        "Phát triển chương trình, đưa STEAM vào các lớp mẫu giáo",
        ("Tập huấn 100% giáo viên mẫu giáo", "Mỗi chủ đề một dự án nhỏ"),
        ("Kế hoạch dự án", "Sản phẩm của trẻ"),
    ),
    _item(
        "5.3",
        "Tỷ lệ trẻ suy dinh dưỡng thấp còi 4,1%, trẻ thừa cân 3,2%.",
        "Giảm tỷ lệ trẻ suy dinh dưỡng, thừa cân",
        ("Cân đo, theo dõi biểu đồ hằng tháng", "Thực đơn riêng cho trẻ thừa cân", "Tư vấn 25 gia đình"),
        ("Biểu đồ tăng trưởng", "Sổ tư vấn"),
    ),
    _item(
        "5.4",
        "Trẻ 5 tuổi ở điểm lẻ còn hạn chế về ngôn ngữ.",
        "Tăng cường tiếng Việt, chuẩn bị cho trẻ vào lớp 1",
        ("Góc sách ở mỗi lớp", "Kể chuyện có tranh hằng ngày"),
        ("Bảng đánh giá trẻ 5 tuổi", "Ảnh góc sách"),
    ),
]
