/** What the templates are filled with. Name and description went through `require-service-name.ts`. */
export interface NewService {
  name: string;
  description: string;
  /** Exact versions of `newServicePackages`, as the workspace has them. */
  versions: Readonly<Record<string, string>>;
}
