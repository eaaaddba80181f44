FROM python:3.12.15-slim@sha256:05cda9777409a9c3ffddd94a4c476b79f0769a0b4857f0c7ed9226b6800b0d6f
RUN useradd --uid 10001 --no-create-home prodsim && install -d -o prodsim /cache
WORKDIR /app
ENV PIP_NO_CACHE_DIR=1
COPY requirements.txt requirements.lock ./
RUN pip install --require-hashes --only-binary :all: -r requirements.lock
COPY .streamlit/config.toml .streamlit/
COPY app.py LICENSE ./
COPY pages pages
COPY prodsim prodsim
USER prodsim
# The root file system may be read-only: what is written goes to the volume, and for a moment to /tmp.
ENV HOME=/tmp PRODSIM_CACHE_DIR=/cache PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
VOLUME /cache
EXPOSE 8501
HEALTHCHECK --start-period=60s --interval=30s --timeout=5s \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8501/_stcore/health', timeout=4)"]
CMD ["streamlit", "run", "app.py", "--server.headless=true", "--server.address=0.0.0.0"]
