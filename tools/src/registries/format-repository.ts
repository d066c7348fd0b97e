/** Name of a service's repository: below the organisation's, where there is one. */
export function formatRepository(namespace: string, name: string): string {
  return namespace === "" ? name : `${namespace}/${name}`;
}
