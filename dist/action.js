import { createRequire } from "node:module";
createRequire(import.meta.url)("./action-DDF1w4c_.cjs");
