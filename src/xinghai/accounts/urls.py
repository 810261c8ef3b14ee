"""Addresses of people and organisations, by audience; `account` holds the sign-in pages."""

from allauth.account import views as account_views
from django.urls import include, path, re_path

from xinghai.accounts.selectors import roles_to_try
from xinghai.accounts.views import (
    departments,
    entrance,
    identity,
    merging,
    own,
    qualifications,
    recommending,
)
from xinghai.accounts.views import office as desk
from xinghai.accounts.views import staff as staff_desk
from xinghai.accounts.views import unit as own_unit

# The pages of the sign-in library that this house uses; its other pages have no address here.
account = [
    path(
        "login/",
        account_views.LoginView.as_view(extra_context={"roles_to_try": roles_to_try}),
        name="account_login",
    ),
    path("logout/", account_views.logout, name="account_logout"),
    path("signup/", entrance.sign_up, name="account_signup"),
    path("email/", entrance.own_email, name="account_email"),
    path("inactive/", account_views.account_inactive, name="account_inactive"),
    path("reauthenticate/", account_views.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account_views.password_change, name="account_change_password"),
    path("password/set/", account_views.password_set, name="account_set_password"),
    path("password/reset/", account_views.password_reset, name="account_reset_password"),
    path(
        "password/reset/done/",
        account_views.password_reset_done,
        name="account_reset_password_done",
    ),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account_views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        account_views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("2fa/", include("allauth.mfa.urls")),
]

public = [
    path("account/invitation/<slug:token>/", entrance.invitation, name="invitation"),
    path("orgs/search/", own.search_organisations, name="search-organisations"),
]

my = [
    path("profile/", own.profile, name="profile"),
    path("profile/identity/", identity.identity, name="identity"),
    path("profile/identity/forget/", identity.forget, name="identity-forget"),
    path("unit/", own.my_unit, name="my-unit"),
    path("unit/register/", own.register_unit, name="register-unit"),
    path("unit/join/", own.ask_to_join, name="ask-to-join"),
    path("memberships/<int:pk>/department/", own.own_department, name="own-department"),
    re_path(
        r"^memberships/(?P<pk>[0-9]+)/(?P<action>accept|decline|leave)/$",
        own.own_step,
        name="own-membership",
    ),
]

unit = [
    path("profile/", own_unit.show_unit, name="unit"),
    path("people/", own_unit.show_people, name="unit-people"),
    path("<int:pk>/edit/", own_unit.edit_unit, name="unit-edit"),
    path("<int:pk>/qualifications/", qualifications.listed, name="unit-qualifications"),
    path(
        "<int:pk>/qualifications/<int:qualification>/remove/",
        qualifications.remove,
        name="unit-qualification-remove",
    ),
    path("<int:pk>/departments/", departments.listed, name="unit-departments"),
    path(
        "<int:pk>/departments/<int:department>/",
        departments.rename,
        name="unit-department-rename",
    ),
    path("<int:pk>/ask-again/", own_unit.ask_verification_again, name="unit-ask-again"),
    path("<int:pk>/invite/", own_unit.invite, name="unit-invite"),
    path("people/<int:pk>/", own_unit.edit_membership, name="unit-member"),
    re_path(
        r"^people/(?P<pk>[0-9]+)/(?P<action>confirm|turn_down|remove)/$",
        own_unit.decide,
        name="unit-decide",
    ),
]

office = [
    path("desk/", staff_desk.desk, name="desk"),
    path("organisations/", desk.list_organisations, name="office-organisations"),
    path("organisations/<int:pk>/", desk.show_organisation, name="office-organisation"),
    path("organisations/<int:pk>/verify/", desk.verify, name="office-verify"),
    path("organisations/<int:pk>/refuse/", desk.refuse, name="office-refuse"),
    path("organisations/<int:pk>/merge/", merging.merge, name="office-merge"),
    path("recommending/", recommending.listed, name="office-recommending"),
    path("recommending/add/", recommending.add, name="office-recommending-add"),
    path("recommending/<int:pk>/end/", recommending.end, name="office-recommending-end"),
    path("recommending/bodies/<int:pk>/", recommending.body, name="office-recommending-body"),
    path(
        "recommending/bodies/<int:pk>/people/<int:appointment>/end/",
        recommending.end_person,
        name="office-recommending-end-person",
    ),
    path("staff/", staff_desk.list_staff, name="office-staff"),
    path("staff/add/", staff_desk.add_staff, name="office-staff-add"),
    path("staff/<int:pk>/", staff_desk.edit_staff, name="office-staff-person"),
    path(
        "staff/<int:pk>/appointments/<int:appointment>/end/",
        staff_desk.end,
        name="office-staff-end",
    ),
    re_path(
        r"^staff/(?P<pk>[0-9]+)/(?P<action>deactivate|reactivate)/$",
        staff_desk.switch_staff,
        name="office-staff-switch",
    ),
]
