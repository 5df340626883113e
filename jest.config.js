export default {
  // Much of the time is spent waiting for databases in processes of their own.
  maxWorkers: "100%",
  // A slow machine is no failure: databases start in hooks, and nothing asserts a time.
  testTimeout: 60_000,
  testEnvironment: "node",
  roots: ["<rootDir>/__tests__"],
  testMatch: ["**/*.test.ts"],
  extensionsToTreatAsEsm: [".ts"],
  transform: {
    "^.+\\.ts$": [
      "@swc/jest",
      { jsc: { target: "es2023", parser: { syntax: "typescript" } }, module: { type: "es6" } },
    ],
  },
};
