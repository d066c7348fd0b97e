import { core } from "../../api/core.ts";
import { useLoad } from "../../composables/use-load.ts";

/** Names of bodies by id, for tables whose rows know the id only; the id until they are here. */
export function useBodyNames(): (id: number) => string {
  const bodies = useLoad(async () => {
    const all = await core.listAllBodies();
    return new Map(all.map(({ id, name }) => [id, name]));
  });
  return (id) => bodies.data.value?.get(id) ?? `Body ${id}`;
}
