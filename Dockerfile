# The GitHub App: docs/github-app.md. Everything that it needs is in dist/.
FROM node:24-bookworm-slim
# bubblewrap keeps the databases, in which SQL of pull requests runs, from everything else. What is left
# of one that was killed falls to process 1: without tini, which buries it, these would fill pids_limit.
RUN apt-get update \
  && apt-get install -y --no-install-recommends bubblewrap tini \
  && rm -rf /var/lib/apt/lists/*
COPY dist /app/dist
COPY LICENSE package.json /app/
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000
USER node
WORKDIR /home/node
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=3s --start-period=10s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/healthz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# tini passes SIGTERM on to the server, which finishes its jobs.
ENTRYPOINT ["tini", "--", "node", "/app/dist/cli.js"]
CMD ["serve"]
