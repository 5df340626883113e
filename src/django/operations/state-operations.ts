import type { PythonValue } from "../python/value.ts";
import { Apps } from "../state/apps.ts";
import type { ProjectState } from "../state/project-state.ts";
import type { Arguments, DatabaseChange, Operation } from "./operation.ts";

/** Reads an operation that stands inside of another one. */
export type ReadOperation = (value: PythonValue) => Operation;

/** The change of the state by `state_operations`. */
export function stateChange(args: Arguments, read: ReadOperation): Operation["change"] {
  const operations = args.list("state_operations").map(read);
  return (state, app) => operations.reduce((next, one) => one.change(next, app), state);
}

/** SeparateDatabaseAndState: the database's operations see a chain of states of their own. */
export function separateDatabaseAndState(args: Arguments, read: ReadOperation): Operation {
  const operations = args.list("database_operations").map(read);
  const states = (first: ProjectState, app: string): Apps[] => {
    const chain = [new Apps(first)];
    for (const operation of operations) {
      const last = chain.at(-1)?.state ?? first;
      chain.push(new Apps(operation.change(last, app)));
    }
    return chain;
  };
  const irreversible = operations.find((one) => one.irreversible !== undefined)?.irreversible;
  return {
    change: stateChange(args, read),
    forwards: (change) => runForwards(operations, states(change.from.state, change.app), change),
    backwards: (change) => runBackwards(operations, states(change.to.state, change.app), change),
    ...(irreversible !== undefined && { irreversible }),
  };
}

function runForwards(
  operations: readonly Operation[],
  states: readonly Apps[],
  change: DatabaseChange,
): void {
  for (const [index, operation] of operations.entries()) {
    const [from, to] = [states[index], states[index + 1]];
    if (from !== undefined && to !== undefined) operation.forwards({ ...change, from, to });
  }
}

function runBackwards(
  operations: readonly Operation[],
  states: readonly Apps[],
  change: DatabaseChange,
): void {
  for (const [index, operation] of [...operations.entries()].toReversed()) {
    const [from, to] = [states[index + 1], states[index]];
    if (from !== undefined && to !== undefined) operation.backwards({ ...change, from, to });
  }
}
