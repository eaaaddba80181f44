FROM python:3.12-slim
RUN useradd --uid 10001 --no-create-home prodsim && install -d -o prodsim /cache
WORKDIR /app
COPY requirements.txt requirements-auth.txt ./
RUN pip install --no-cache-dir -r requirements.txt -r requirements-auth.txt
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
