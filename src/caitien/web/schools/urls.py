"""Addresses of a school's own pages."""

from __future__ import annotations

from django.urls import include, path

from caitien.web.schools.views import adding, invitations, members, merging, people, profile, sites, start, years

app_name = "schools"

of_a_person = [
    path("", people.person, name="person"),
    path("sua/", people.person_edit, name="person_edit"),
    path("roi-truong/", people.person_left, name="person_left"),
    path("tai-khoan/", people.person_account, name="person_account"),
    path("trong-to/", people.group_members, name="group_members"),
    path("gop/", merging.merge, name="merge"),
    path("bo/", adding.person_remove, name="person_remove"),
]

urlpatterns = [
    path("", start.school_home, name="home"),
    path("thong-tin/", profile.profile, name="profile"),
    path("thong-tin/sua/", profile.profile_edit, name="profile_edit"),
    path("nam-hoc/", years.years, name="years"),
    path("nam-hoc/<uuid:year>/", years.year_edit, name="year_edit"),
    path("diem-truong/them/", sites.site_add, name="site_add"),
    path("diem-truong/<uuid:site>/", sites.site_edit, name="site_edit"),
    path("diem-truong/<uuid:site>/bo/", sites.site_remove, name="site_remove"),
    path("diem-truong/<uuid:site>/lay-lai/", sites.site_restore, name="site_restore"),
    path("nguoi/", people.people, name="people"),
    path("nguoi/them/", people.person_add, name="person_add"),
    path("nguoi/them-nhieu/", adding.people_add, name="people_add"),
    path("nguoi/lay-lai/<uuid:gone>/", adding.person_restore, name="person_restore"),
    path("nguoi/tach/<uuid:merge>/", merging.unmerge, name="unmerge"),
    path("nguoi/<uuid:person>/", include(of_a_person)),
    path("thanh-vien/", members.member_list, name="members"),
    path("thanh-vien/<uuid:member>/vai-tro/", members.member_role, name="member_role"),
    path("thanh-vien/<uuid:member>/ra/", members.member_remove, name="member_remove"),
    path("thanh-vien/<uuid:member>/mat-khau/", members.member_reset, name="member_reset"),
    path("thanh-vien/vao-lai/<uuid:removed>/", members.member_restore, name="member_restore"),
    path("loi-moi/", invitations.invitation_list, name="invitations"),
    path("loi-moi/moi/", invitations.invite, name="invite"),
    path("loi-moi/<uuid:invitation>/thu-hoi/", invitations.invitation_revoke, name="invitation_revoke"),
]
