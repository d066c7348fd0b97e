import {
  isOurs,
  planClosure,
  type ClosurePackage,
  type Platform,
} from "../workspace/plan-closure.ts";
import { requireInstalled, type PackageLocks } from "../workspace/read-package-lock.ts";
import type { Service } from "../workspace/service-manifest.ts";
import { builderVersion } from "./format-image.ts";
import type { ImageBase } from "./image-base.ts";
import type { ImageInputs } from "./image-record.ts";
import { readFileInputs } from "./read-file-inputs.ts";
import { formatServiceLabel } from "./service-label.ts";

/** What all images of one run share. */
export interface ImageContext {
  /** Absolute. */
  workspace: string;
  locks: PackageLocks;
  platform: Platform;
  base: ImageBase;
  nodeMajor: number;
  /** Version of the bundler. */
  bundler: string;
  commit: string;
}

export interface ReadInputs {
  inputs: ImageInputs;
  /** Everything the service needs at run time. */
  closure: ClosurePackage[];
}

export async function readImageInputs(
  context: ImageContext,
  service: Service,
  known: ImageInputs | null,
): Promise<ReadInputs> {
  const { workspace, locks, platform } = context;
  const hasAssets = service.needs.assets !== undefined;
  const request = { lock: locks.wanted, from: [service.folder], platform };
  const closure = planClosure(request);
  const relevant = hasAssets ? planClosure({ ...request, withDev: true }) : closure;
  requireInstalled(relevant, locks.installed);
  const ours = relevant.filter(isOurs).map(({ folder }) => folder);
  const files = await readFileInputs({
    workspace,
    folders: [service.folder, ...ours],
    except: hasAssets ? [`${service.folder}/${service.needs.assets}`] : [],
    known: known?.files ?? {},
  });
  const packages = Object.fromEntries(
    relevant.filter((each) => !isOurs(each)).map((each) => [each.folder, identify(each)]),
  );
  return { inputs: { files, packages, settings: planSettings(context, service) }, closure };
}

function identify({ locked }: ClosurePackage): string {
  return `${locked.version ?? ""} ${locked.integrity ?? ""}`;
}

function planSettings(context: ImageContext, service: Service): Record<string, string> {
  return {
    base: context.base.digest ?? context.base.name,
    builder: String(builderVersion),
    bundler: context.bundler,
    description: service.description,
    manifest: formatServiceLabel(service),
    node: String(context.nodeMajor),
    platform: Object.values(context.platform).join("/"),
    version: service.version,
  };
}
