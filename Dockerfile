# One image for every role; see compose.yaml.
FROM node:24-bookworm-slim
RUN apt-get update \
 && apt-get install -y --no-install-recommends ffmpeg tini \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY package.json package-lock.json ./
COPY packages/contract/package.json packages/contract/
COPY packages/server/package.json packages/server/
COPY packages/sdk/package.json packages/sdk/
# The image's own Node runs the service, so the pinned npm package `node` (a devDependency) stays out.
RUN npm ci --omit=dev --no-audit --no-fund
COPY packages packages
RUN useradd --system openvod && mkdir /data && chown openvod /data
USER openvod
ENV OPENVOD_HOST=0.0.0.0 OPENVOD_DATA_DIR=/data
VOLUME /data
EXPOSE 8620 8643
HEALTHCHECK CMD ["node", "-e", "fetch('http://127.0.0.1:8620/readyz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# The flags of packages/server/node-flags.json.
ENTRYPOINT ["tini", "--", "node", "--disable-warning=ExperimentalWarning", "packages/server/main.ts"]
