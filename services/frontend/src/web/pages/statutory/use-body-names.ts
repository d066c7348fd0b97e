import { core } from "../../api/core.ts";
import { useLoad } from "../../composables/use-load.ts";

/** Names of bodies by id, for tables whose rows know the id only; the id until they are here. */
export function useBodyNames(): (id: number) => string {
  const bodies = useLoad(async () => {
    const { data } = await core.listBodies({ limit: 500 });
    return new Map(data.map(({ id, name }) => [id, name]));
  });
  return (id) => bodies.data.value?.get(id) ?? `Body ${id}`;
}
