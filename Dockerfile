# The base has to be a long-term release of Node: https://nodejs.org/en/about/previous-releases
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci
COPY tsconfig.json tsconfig.build.json ./
COPY src src
COPY workers workers
RUN npm run build

FROM node:24-bookworm-slim AS libraries
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev

FROM node:24-bookworm-slim
RUN apt-get update \
  && apt-get install --yes --no-install-recommends mariadb-client \
  && rm -rf /var/lib/apt/lists/* \
  # A new volume takes its owner from the folder it is mounted on.
  && install --directory --owner=node --group=node --mode=0700 /var/backups/holdfast
ENV NODE_ENV=production
WORKDIR /app
COPY --from=libraries /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY package.json LICENSE holdfast.example.yml holdfast.schema.json ./
USER node
# A backup of 10 GiB takes 220 MiB of memory so, where Node 24 takes 310 otherwise, and 7 % more of the processor.
ENTRYPOINT ["node", "--optimize-for-size", "dist/src/cli.js"]
CMD ["start"]
