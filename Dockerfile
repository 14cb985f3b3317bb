# One image for web, worker and beat.
FROM node:22-bookworm-slim AS frontend
WORKDIR /build/frontend
COPY frontend/package.json frontend/package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY frontend ./
RUN npm run build

FROM python:3.11-slim-bookworm
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1
WORKDIR /opt/liaison
COPY requirements/run.txt requirements/
RUN pip install --require-hashes -r requirements/run.txt
COPY pyproject.toml README.md LICENSE ./
COPY coordination coordination
COPY messaging messaging
COPY calendar_sync calendar_sync
COPY notifications notifications
RUN pip install --no-deps --no-build-isolation --no-index --editable .
COPY --from=frontend /build/frontend/dist frontend/dist
RUN useradd --system --no-create-home liaison
USER liaison
EXPOSE 8000
CMD ["python", "-m", "coordination.project.server", "--host", "0.0.0.0", "--port", "8000"]
