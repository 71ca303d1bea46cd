"""An officer's own pages. Of allauth's, those that are needed and no others: no sign-up, no reset by mail, no change of address."""

from __future__ import annotations

from allauth.account import views as allauth
from django.urls import URLPattern, URLResolver, include, path

from accounts import views
from accounts.views.signing_in import (
    ActivateApp,
    AddPasskey,
    ChangePassword,
    DeactivateApp,
    MakeRecoveryCodes,
    RemovePasskey,
    RenamePasskey,
)

app_name = "accounts"
urlpatterns: list[URLPattern | URLResolver] = [
    path("security/", views.security, name="security"),
    path("security/tokens/", views.make_token, name="make-token"),
    path("security/tokens/<uuid:token_id>/end/", views.end_token, name="end-token"),
    path("display/", views.display, name="display"),
    path("drafts/", views.keep_draft, name="keep-draft"),
    path("drafts/<uuid:draft_id>/throw-away/", views.throw_draft_away, name="throw-draft-away"),
    path("badges/", views.badges, name="badges"),
    path("live/", views.live, name="live"),
    path("notices/<uuid:notice_id>/done/", views.notice_done, name="notice-done"),
]
signing_in: list[URLPattern | URLResolver] = [
    path("login/", allauth.login, name="account_login"),
    path("logout/", allauth.logout, name="account_logout"),
    path("inactive/", allauth.account_inactive, name="account_inactive"),
    path("reauthenticate/", allauth.reauthenticate, name="account_reauthenticate"),
    path("password/change/", ChangePassword.as_view(), name="account_change_password"),
    path("2fa/totp/activate/", ActivateApp.as_view(), name="mfa_activate_totp"),
    path("2fa/totp/deactivate/", DeactivateApp.as_view(), name="mfa_deactivate_totp"),
    path("2fa/recovery-codes/generate/", MakeRecoveryCodes.as_view(), name="mfa_generate_recovery_codes"),
    path("2fa/webauthn/add/", AddPasskey.as_view(), name="mfa_add_webauthn"),
    path("2fa/webauthn/keys/<int:pk>/edit/", RenamePasskey.as_view(), name="mfa_edit_webauthn"),
    path("2fa/webauthn/keys/<int:pk>/remove/", RemovePasskey.as_view(), name="mfa_remove_webauthn"),
    path("2fa/", include("allauth.mfa.urls")),
]
"""allauth knows its own pages by names without a room: portal/urls.py includes these beside the room's. Of two by one address the
first answers: ours, whose change is written down with it."""
