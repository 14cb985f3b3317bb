"""Every address of Liaison."""

from django.urls import URLPattern, URLResolver, include, path, re_path

from calendar_sync.remotes import ics
from coordination.accounts import pro_sante
from coordination.agenda.pages import answer as patient_answer
from coordination.interop.api import api as fhir
from coordination.project import caught_mail
from coordination.project.api import api
from coordination.project.health import healthz
from coordination.project.pages import application

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/", api.urls),
    path("_allauth/browser/v1/auth/provider/redirect", pro_sante.leave, name="pro_sante_leave"),
    path("_allauth/", include("coordination.accounts.headless")),
    path("pro-sante/retour", pro_sante.come_back, name="pro_sante_return"),
    path("fhir/", fhir.urls),
    path("healthz", healthz),
    path("r/<str:secret>", patient_answer, name="patient_answer"),
    path("ics/<str:secret>.ics", ics.serve, name="ics"),
    path("demo/mail", caught_mail.list_mails, name="caught_mails"),
    path("demo/mail/<uuid:name>", caught_mail.show_mail, name="caught_mail"),
    # last: every other address is a page of the application, except under the prefixes of programs and files
    re_path(r"^(?!(?:api|_allauth|assets|static|fhir|ics|r|ws|demo)/)(?P<path>.*)$", application, name="application"),
]
