import { workerData } from "node:worker_threads";
import { serveDrift } from "../drift/serve.ts";

await serveDrift(workerData);
