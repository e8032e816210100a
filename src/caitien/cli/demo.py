"""`caitien demo`: the web application with invented schools, whose sample documents go through the real import."""

from __future__ import annotations

import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", nargs="?", help="thư mục dữ liệu của bản dùng thử (mặc định: var/demo)")
    parser.add_argument("--fresh", action="store_true", help="làm lại từ đầu, bỏ dữ liệu dùng thử cũ")
    parser.add_argument("--host", default="127.0.0.1", help="địa chỉ nghe (mặc định: %(default)s)")
    parser.add_argument("--port", type=int, default=8000, help="cổng (mặc định: %(default)s)")
    parser.add_argument("--no-serve", action="store_true", help="chỉ tạo dữ liệu, không chạy máy chủ")


def run(args: argparse.Namespace) -> int:
    import os
    from pathlib import Path

    from caitien.web.data_folder import data_folder

    folder = Path(args.folder) if args.folder else data_folder() / "demo"
    os.environ["CAITIEN_DATA"] = str(folder.resolve())
    os.environ.pop("CAITIEN_DATABASE_URL", None)  # never into a real database

    from caitien.web import sample_schools
    from caitien.web.serving import address, prepare_folder, serve

    if args.fresh:
        sample_schools.remove(folder)
    prepare_folder()
    people = sample_schools.ensure(folder)
    print("\nĐăng nhập bằng một trong các tên sau, mật khẩu chung:", people.password)
    for name, what in people.names:
        print(f"  {name:<14} {what}")
    print()
    if args.no_serve:
        print(f"Chạy: caitien demo {folder} → {address(args.host, args.port)}")
        return 0
    return serve(args.host, args.port, workers=1)
