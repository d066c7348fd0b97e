/** What an image would be made from, as far as git knows it: equal sources give equal images. */
export interface ImageSource {
  /** Hash of each file of the service and its libraries that may get into the image. */
  files: Readonly<Record<string, string>>;
  /** Packages from npm that it needs, by folder. */
  packages: Readonly<Record<string, string>>;
  /** What all images share, and what the service's package.json says. */
  settings: Readonly<Record<string, string>>;
  /** Folders of our libraries that it uses. */
  libraries: readonly string[];
}

/** The code alone, bundled without any package from npm. */
export interface BundledSource {
  hash: string;
  /** Files of ours that are in it. */
  files: readonly string[];
  /** The packages that it still imports, and all that these need, by folder. */
  packages: Readonly<Record<string, string>>;
}
