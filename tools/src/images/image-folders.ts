import path from "node:path";

/** OCI layouts of all services, one a folder: what `createOciLayoutRegistry` reads. */
export function imagesFolder(workspace: string): string {
  return path.join(workspace, "dist/images");
}

/** What is remembered between builds; may be deleted at any time. */
export function imageCacheFolder(workspace: string): string {
  return path.join(workspace, "dist/image-cache");
}
