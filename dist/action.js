import { createRequire } from "node:module";
createRequire(import.meta.url)("./action-I6_YLExI.cjs");
