"""Every address of Polku."""

from django.urls import include, path

urlpatterns = [
    path("", include("polku.web.public.urls")),
    path("m/", include("polku.web.guest.urls")),
    path("me/", include("polku.web.desk.person_urls")),
    path("api/", include("polku.api.urls")),
    path("accounts/", include("allauth.urls")),
    path("w/<slug:workspace>/", include("polku.web.desk.urls")),
]
handler400 = "polku.web.errors.bad_request"
handler403 = "polku.web.errors.forbidden"
handler404 = "polku.web.errors.not_found"
handler500 = "polku.web.errors.broken"
