import type { ObjectName } from "../name.ts";
import { sameName, type ObjectMap } from "../object-map.ts";

/** The list itself where nothing changes, so that what is computed from it stays known. */
export function changedList<Item>(
  list: readonly Item[],
  change: (item: Item) => Item,
): readonly Item[] {
  const changed = list.map(change);
  return changed.some((item, index) => item !== list[index]) ? changed : list;
}

/** The object in a list, where there is one. */
export function known<Item>(object: Item | undefined): readonly Item[] {
  return object === undefined ? [] : [object];
}

/** Puts in place of each of the objects what `change` makes of it, under its new name. */
export function replace<Item extends { readonly name: ObjectName }>(
  objects: Pick<ObjectMap<Item>, "set" | "delete">,
  affected: readonly Item[],
  change: (object: Item) => Item,
): void {
  for (const object of new Set(affected)) {
    const changed = change(object);
    if (changed === object) continue;
    if (!sameName(changed.name, object.name)) objects.delete(object.name);
    objects.set(changed);
  }
}
