"""Every setting of Liaison, from the environment; without any, those of the embedded engines."""

from pathlib import Path
from typing import Any

from celery.schedules import crontab

from coordination.project import environment as env
from coordination.project import links, logs
from coordination.project.embedded import places

ROOT = Path(__file__).resolve().parents[2]
PLACES = places()

DEBUG = env.flag("DEBUG", default=False)
DEMO = env.flag("LIAISON_DEMO", default=False)
# Given by a variable or a file it names, else kept in `var/keys` by `liaison up`; what needs one refuses to go without.
SECRET_KEY = env.secret("SECRET_KEY", PLACES.keys / "session")
FIELD_KEY: bytes = env.secret("FIELD_KEY", PLACES.keys / "field").encode()
VAPID_KEY = env.secret("VAPID_KEY", PLACES.keys / "vapid.pem")

PUBLIC_URL = env.text("PUBLIC_URL", "http://localhost:8000").rstrip("/")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
if DEMO and not DEBUG:
    env.refuse_public_demo(PUBLIC_URL, ALLOWED_HOSTS)
CSRF_TRUSTED_ORIGINS = env.words("TRUSTED_ORIGINS", PUBLIC_URL)

DATABASE_URL = env.text("DATABASE_URL", PLACES.database_url)
REDIS_URL = env.text("REDIS_URL", PLACES.redis_url)
EMAIL_URL = env.text("EMAIL_URL", f"smtp+starttls://127.0.0.1:8025?ca={PLACES.keys / 'mail.pem'}")
CAUGHT_MAIL = PLACES.mail
MAIL_FROM = env.text("MAIL_FROM", "ne-pas-repondre@liaison.example")

# Under ASGI each request has a thread of its own: a connection kept by a thread would be lost with it, so they come
# from one pool per process. Long-lived threads give theirs back with `close_old_connections()`.
DATABASES: dict[str, Any] = {
    "default": env.database(DATABASE_URL, pool=env.number("DATABASE_POOL", 20)) | {"CONN_HEALTH_CHECKS": True}
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "daphne",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "channels",
    "django_celery_beat",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.headless",
    "coordination.base",
    "coordination.audit",
    "coordination.streams",
    "notifications",
    "coordination.accounts",
    "coordination.accounts.directory",
    "coordination.patients",
    "coordination.tasks",
    "coordination.agenda",
    "coordination.protocols",
    "messaging",
    "calendar_sync",
    "coordination.timeline",
    "coordination.privacy",
    "coordination.indicators",
    "coordination.interop",
    "coordination.project",
]
MIDDLEWARE = [
    # the headers of protection come first, so that refusals carry them too
    "coordination.project.middleware.content_policy",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "coordination.project.middleware.plain_refusals",
    "coordination.project.middleware.client_address",
    "coordination.project.middleware.audit_origin",
    "coordination.project.refused.audit_refusals",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "coordination.project.urls"
ASGI_APPLICATION = "coordination.project.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]

AUTH_USER_MODEL = "accounts.Person"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
# The centre's own directory, when there is one (docs/directory.md): it is asked about the people it brought in.
DIRECTORY = links.directory()
if DIRECTORY:
    AUTHENTICATION_BACKENDS.append("coordination.accounts.directory.backend.DirectoryBackend")

# Pro Santé Connect, when it is connected (docs/directory.md); its tokens are not kept.
SOCIALACCOUNT_PROVIDERS = links.pro_sante(may_be_here=DEBUG or DEMO)
SOCIALACCOUNT_ADAPTER = "coordination.accounts.pro_sante.SocialAdapter"
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_REQUESTS_TIMEOUT = 5

# Sign-in by django-allauth, as an API for our own pages (`accounts/headless.py`, ADR 0016).
HEADLESS_ONLY = True
HEADLESS_CLIENTS = ["browser"]
ACCOUNT_ADAPTER = "coordination.accounts.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "login"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
MFA_ADAPTER = "coordination.accounts.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1
# Failures only (`accounts/throttle.py`): of one account from one address, of one account, of one address, and of one
# account in a browser that knows it. A whole centre may come from one address: what is asked from it is counted wide.
ACCOUNT_RATE_LIMITS = {
    "login_failed": "8/5m/key",
    "login_failed_account": "60/1m/key",
    "login_failed_address": "120/1m/ip",
    "login_failed_device": "10/5m/key",
    "login": "300/1m/ip",
    "reauthenticate": "20/1m/user",
    "change_password": "10/1m/user",
}
MFA_RATE_LIMITS = {"webauthn_login": "120/1m/ip"}
# Nobody acts for so long: the session ends (Ségur: 2 h at most). A proof of who is there counts for so long.
IDLE_MINUTES = env.number("IDLE_MINUTES", 120, least=1)
REAUTHENTICATION_MINUTES = env.number("REAUTHENTICATION_MINUTES", 5, least=1)
BREAK_GLASS_MINUTES = env.number("BREAK_GLASS_MINUTES", 60, least=1)
ACCOUNT_REAUTHENTICATION_TIMEOUT = REAUTHENTICATION_MINUTES * 60

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PUBLIC_URL.startswith("https:")
SESSION_COOKIE_AGE = 12 * 3600
SECURE_HSTS_SECONDS = 31_536_000 if SESSION_COOKIE_SECURE else 0
SECURE_REFERRER_POLICY = "same-origin"
BEHIND_PROXY = env.flag("BEHIND_PROXY", default=False)
if BEHIND_PROXY:
    # The proxy of compose.yaml sets this header on every request, whatever the client sent.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français"), ("en", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Paris"

STATIC_URL = "/static/"
FRONTEND = ROOT / "frontend" / "dist"
WHITENOISE_ROOT = FRONTEND

# Redis may hang as well as be away: whoever asks it something gives up after these seconds.
REDIS_TIMEOUTS = {"socket_timeout": 2.0, "socket_connect_timeout": 2.0}
CACHES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "coordination.base.cache.EitherCache"},
    "redis": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "OPTIONS": REDIS_TIMEOUTS,
    },
    # while Redis gives no answer
    "table": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "base_cache"},
}

CELERY_BROKER_URL = env.celery_broker(REDIS_URL)
CELERY_BROKER_TRANSPORT_OPTIONS = REDIS_TIMEOUTS
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_TASK_IGNORE_RESULT = True
CELERY_TIMEZONE = TIME_ZONE
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BEAT_SCHEDULER = "django_celery_beat.schedulers:DatabaseScheduler"
# The sweeps: each finds its work in a table; a message that no worker took before the next one is dropped.
CELERY_BEAT_SCHEDULE: dict[str, dict[str, Any]] = {
    "base.forget_answers": {"task": "base.forget_answers", "schedule": 3600.0, "options": {"expires": 3600.0}},
    "accounts.forget_sessions": {
        "task": "accounts.forget_sessions",
        "schedule": crontab(hour=3, minute=30),
        "options": {"expires": 3600.0},
    },
    "directory.synchronise": {
        "task": "directory.synchronise",
        "schedule": crontab(hour=4, minute=10),
        "options": {"expires": 3600.0},
    },
    "accounts.tell_absences": {"task": "accounts.tell_absences", "schedule": 15.0, "options": {"expires": 15.0}},
    "streams.prune": {"task": "streams.prune", "schedule": 3600.0, "options": {"expires": 3600.0}},
    "audit.seal": {"task": "audit.seal", "schedule": 1.0, "options": {"expires": 1.0}},
    "audit.anchor": {
        "task": "audit.anchor",
        "schedule": crontab(hour=0, minute=20),
        "options": {"expires": 3600.0},
    },
    "notifications.send_due": {"task": "notifications.send_due", "schedule": 2.0, "options": {"expires": 2.0}},
    "notifications.tell_ended": {"task": "notifications.tell_ended", "schedule": 30.0, "options": {"expires": 30.0}},
    "protocols.open_due_steps": {"task": "protocols.open_due_steps", "schedule": 60.0, "options": {"expires": 60.0}},
    "protocols.send_reminders": {"task": "protocols.send_reminders", "schedule": 10.0, "options": {"expires": 10.0}},
}

LOGGING = logs.configure(env.text("LOG_LEVEL", "INFO"))

# `liaison audit forget` lets go of what was recorded earlier; the database itself keeps everything for a year.
AUDIT_KEEP_DAYS = env.number("AUDIT_KEEP_DAYS", 3 * 365, least=366)

# The log of events remembers 14 days; a client that was away longer starts from a snapshot.
STREAM_MEMORY_DAYS = env.number("STREAM_MEMORY_DAYS", 14, least=1)
STREAM_SWEEP_SECONDS = env.number("STREAM_SWEEP_SECONDS", 2, least=1)
STREAM_CURRENT_SECONDS = env.number("STREAM_CURRENT_SECONDS", 4, least=1)
STREAM_THREADS = env.number("STREAM_THREADS", 4, least=1)
SOCKET_FRAMES_PER_SECOND = env.number("SOCKET_FRAMES_PER_SECOND", 100, least=1)
SOCKET_FRAMES_AT_ONCE = env.number("SOCKET_FRAMES_AT_ONCE", 300, least=1)
