/** A repository together with a temporary folder that takes every object written on top of it. */
export interface Scratch {
  workspace: string;
  folder: string;
  /** For every git command that reads or writes those objects. */
  env: Readonly<Record<string, string>>;
}
