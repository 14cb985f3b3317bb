"""The API root: one handler for every refusal, one router per package."""

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI

from coordination.accounts.signin import Bearer, Cookie
from coordination.base.errors import AppError

api = NinjaAPI(title="Liaison", version="1", auth=[Bearer(), Cookie()], docs_url=None, urls_namespace="api")


@api.exception_handler(AppError)
def render_refusal(request: HttpRequest, refusal: AppError) -> HttpResponse:
    """`{code, detail, fields?}` with the refusal's status."""
    return api.create_response(request, refusal.body(), status=refusal.status)
